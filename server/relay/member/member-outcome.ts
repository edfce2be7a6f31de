import { isResource } from '../../../src/domain/json'
import type { Payer } from '../../../src/domain/payer-directory'
import { type Answer, given, refusal } from '../answers'
import type { Received } from '../payer-http'
import type { RelayConfig } from '../relay-config'
import type { RelaySession } from '../sessions'
import type { SiteKey } from '../site-key'
import { openedByCard, readCardMember } from './card-member'
import { foundMember, matched } from './match-answer'
import { ownRecords, patientResources, patientsIn } from './member-answer'
import type { MemberRequest } from './member-request'
import type { Members } from './members'
import { pages } from './pages'

interface Asked {
  readonly payer: Payer
  readonly session: RelaySession
  readonly body?: string
}

export interface Outcome {
  readonly answer: Answer
  /** For the log. */
  readonly content: object
}

interface World {
  readonly members: Members
  readonly key: SiteKey
  readonly limits: RelayConfig['limits']
  readonly baseOf: (payer: Payer) => string
}

/** Reads payers' answers: whom a match opens, and which records are the member's. */
export function answers({ members, key, limits, baseOf }: World) {
  /** What of the payer's answer is given, and what the log has of it. */
  async function understood(asked: Asked, wanted: MemberRequest, answer: Received): Promise<Outcome> {
    const { session, payer } = asked
    const json = readJson(answer.body)
    const plain = given(answer, payer, limits.payerMs)
    const { status } = answer
    if (isResource(json) && json.resourceType === 'OperationOutcome')
      return { answer: plain, content: { status, body: answer.body } }
    // Words of another form are no FHIR, and might be about anybody.
    if (status >= 300) return { answer: { ...plain, body: '{}' }, content: { status } }
    if (wanted.kind === 'metadata') return { answer: plain, content: { status } }
    if (wanted.kind === 'match') {
      await members.add(session, payer, matched(json))
      return { answer: plain, content: { status, body: answer.body } }
    }
    if (wanted.kind === 'card') {
      const card = readCardMember(readJson(asked.body ?? ''))
      const opened = card === undefined ? [] : openedByCard(card, json)
      await members.add(session, payer, opened)
      const { status: refused, body } = refusal(
        422,
        `${payer.name} knows the member of its message by another name or birth date, or not at all. Find the member by the member card.`,
      )
      const said =
        opened.length > 0
          ? { ...plain, body: JSON.stringify({ resourceType: 'Parameters' }) }
          : { ...plain, status: refused, body }
      return { answer: said, content: { status, opened: opened.length > 0 } }
    }
    const own =
      wanted.kind === 'find' ? await found(asked, wanted.identifier, json) : await known(asked, json)
    const kept = ownRecords(json, (id) => own.has(id), pages(key, baseOf(payer)).urlFor(session, payer))
    if (kept !== undefined)
      return {
        answer: { ...plain, body: JSON.stringify(kept.json) },
        content: { status, resources: kept.names, left: kept.left },
      }
    const words = isResource(json)
      ? refusal(403, 'This record is not about the matched member. It is not shown.', {}, 'unreadable')
      : refusal(502, `The answer of ${payer.name} is no FHIR JSON.`, {}, 'unreadable')
    return { answer: words, content: { status } }
  }

  /** Of several nobody is the member; the app says that there are several. */
  async function found({ session, payer }: Asked, identifier: string, json: unknown) {
    const patients = foundMember(patientResources(json), identifier)
    if (patients.length === 1) await members.add(session, payer, [{ patient: patients[0] ?? '' }])
    return new Set(patients)
  }

  async function known({ session, payer }: Asked, json: unknown) {
    const named = patientsIn(json).map((patient) => ({ patient }))
    return new Set((await members.among(session, payer, named)).map(({ patient }) => patient))
  }

  return understood
}

export function readJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
