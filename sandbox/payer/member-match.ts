import { type Context, Hono } from 'hono'
import { checkConsent } from './consent'
import { readMatchInput } from './match-input'
import { claimedBy, type Member, memberReference, membersMatching } from './members'
import type { Payer } from './payer'
import { operationOutcome, type Refusal, refuse } from './refusal'

/** What the operation needs. */
export interface MatchDesk {
  readonly payer: Payer
  readonly members: () => readonly Member[]
  readonly now: () => Date
  /** A Response when the caller may not call. */
  readonly authorize: (c: Context) => unknown
}

function found({ memberMatch, memberSystem }: Payer, member: Member) {
  const type = { coding: [memberMatch.identifierType] }
  const valueIdentifier = { type, system: memberSystem, value: member.memberId }
  const memberId = { name: 'MemberId', valueReference: { reference: memberReference(member) } }
  return {
    resourceType: 'Parameters',
    parameter: [{ name: 'MemberIdentifier', valueIdentifier }, ...(memberMatch.memberId ? [memberId] : [])],
  }
}

/** The answer to a call: Parameters, or the refusal; no match, several matches and a consent that cannot be honoured are all 422 (HRex mm-8 to mm-12). */
function matched(body: unknown, { payer, members, now }: MatchDesk): ReturnType<typeof found> | Refusal {
  const input = readMatchInput(body, payer)
  if ('status' in input) return input
  const unhonoured =
    input.consent && checkConsent(input.consent, now().toISOString().slice(0, 10), payer.memberMatch.policies)
  if (unhonoured) return unhonoured
  const [member, ...others] = membersMatching(members(), claimedBy(input.patient, input.coverage))
  if (!member) return refuse(422, 'not-found', 'No member matches')
  if (others.length > 0) return refuse(422, 'multiple-matches', 'More than one member matches')
  return found(payer, member)
}

/** `POST /fhir/Patient/$member-match`. */
export function memberMatchRoutes(desk: MatchDesk): Hono {
  const routes = new Hono()
  routes.post('/fhir/Patient/$member-match', async (c) => {
    const denied = desk.authorize(c)
    if (denied instanceof Response) return denied
    const body: unknown = await c.req.json().catch(() => undefined)
    const answer = matched(body, desk)
    const refused = 'status' in answer
    const json = refused ? operationOutcome('error', answer.code, answer.text) : answer
    return c.body(JSON.stringify(json), refused ? answer.status : 200, {
      'content-type': 'application/fhir+json; charset=utf-8',
    })
  })
  return routes
}
