import { randomUUID } from 'node:crypto'
import { isResource } from '../../../src/domain/json'
import type { Payer } from '../../../src/domain/payer-directory'
import { type Answer, given, places, refusal } from '../answers'
import type { Entry, KeptLog } from '../kept-log'
import type { PayerCall } from '../payer-call'
import { NoAnswer } from '../payer-http'
import type { RelayConfig } from '../relay-config'
import type { RelaySession } from '../sessions'
import type { SiteKey } from '../site-key'
import { cardMemberPath, readCardMember } from './card-member'
import { answers, type Outcome, readJson } from './member-outcome'
import { type MemberRequest, memberRequest } from './member-request'
import type { Members } from './members'
import { pages } from './pages'

/** One request of a browser to a payer's FHIR API. */
export interface RecordsAsked {
  readonly payer: Payer
  readonly session: RelaySession
  readonly method: string
  /** Below the FHIR base, without the query. */
  readonly path: string
  readonly query: URLSearchParams
  readonly body?: string
  /** Id of the patient whose chart is open, as the browser says it: for the log. */
  readonly chartPatient?: string
}

interface World {
  readonly call: PayerCall
  readonly log: Pick<KeptLog, 'append'>
  readonly members: Members
  readonly key: SiteKey
  readonly limits: RelayConfig['limits']
  readonly now: () => number
  /** The relay's own address of a payer's FHIR API. */
  readonly baseOf: (payer: Payer) => string
}

type Keep = (entry: Pick<Entry, 'kind' | 'content'>) => Promise<boolean>

/**
 * A payer's records by way of the relay: `$member-match`, and reads about the member whom the payer matched in this session. What is
 * not about that member is not asked for; what comes of others all the same is not given. Each is kept first (HRex "log all exchanges").
 */
export function memberRecords({ call, log, members, key, limits, now, baseOf }: World) {
  const withPlace = places(limits.atOnce)
  const understood = answers({ members, key, limits, baseOf })

  /** Why it may not be asked, or nothing. */
  async function obstacle(
    { session, payer }: RecordsAsked,
    wanted: MemberRequest,
  ): Promise<Answer | undefined> {
    const isMatched = async (...patients: readonly string[]): Promise<boolean> => {
      const named = patients.map((patient) => ({ patient }))
      return (await members.among(session, payer, named)).length === patients.length
    }
    const isAllowed = async (): Promise<boolean> => {
      switch (wanted.kind) {
        case 'metadata':
        case 'match':
        case 'card':
        case 'page':
          return true
        case 'find':
          return (await members.among(session, payer, [{ identifier: wanted.identifier }])).length > 0
        case 'search':
          return isMatched(...new Set(wanted.patients))
        case 'read':
          if (wanted.type === 'Patient') return isMatched(wanted.id)
          return (await members.among(session, payer, [{ anybody: true }])).length > 0
        case 'names':
          return (await members.among(session, payer, [{ anybody: true }])).length > 0
        case 'refused':
          return false
      }
    }
    if (wanted.kind === 'refused') return refusal(wanted.status, wanted.words)
    if (await isAllowed()) return undefined
    return refusal(
      403,
      `${payer.name} has not matched this member in this session. Find the member first. Nothing was sent.`,
    )
  }

  function keeper({ session, payer, chartPatient }: RecordsAsked): Keep {
    const common = {
      invocation: randomUUID(),
      payer: payer.id,
      user: session.user,
      ...(session.fhirUser !== undefined && { fhirUser: session.fhirUser }),
      ...(chartPatient !== undefined && { patient: `${session.fhirBase}/Patient/${chartPatient}` }),
    }
    return async (entry) => {
      try {
        await log.append({ ...common, ...entry, at: now() })
        return true
      } catch {
        return false
      }
    }
  }

  async function kept(asked: RecordsAsked, wanted: MemberRequest, url: string): Promise<Answer> {
    const { payer } = asked
    const body = wanted.kind === 'match' ? asked.body : undefined
    const keep = keeper(asked)
    const sent = { method: body === undefined ? 'GET' : 'POST', url, ...(body !== undefined && { body }) }
    if (!(await keep({ kind: 'asked', content: JSON.stringify(sent) })))
      return refusal(
        503,
        `Nothing was sent to ${payer.name}: this site’s log could not be written. Try again later.`,
      )
    const answer = await call(
      payer,
      'records',
      {
        method: body === undefined ? 'GET' : 'POST',
        url,
        headers: {
          accept: 'application/fhir+json, application/json',
          ...(body !== undefined && { 'content-type': 'application/fhir+json' }),
        },
        ...(body !== undefined && { body }),
      },
      asked.session,
    )
    const outcome: Outcome =
      answer instanceof NoAnswer
        ? {
            answer: given(answer, payer, limits.payerMs),
            content: { why: answer.kind, detail: answer.detail },
          }
        : await understood(asked, wanted, answer)
    const kind = answer instanceof NoAnswer ? 'failed' : 'answered'
    if (await keep({ kind, content: JSON.stringify(outcome.content) })) return outcome.answer
    return refusal(
      503,
      `${payer.name} was asked, but this site’s log could not be written, so its answer is not shown. Try again later.`,
      {},
      'not-kept',
    )
  }

  return async (asked: RecordsAsked): Promise<Answer> => {
    const { payer, session, body } = asked
    const { fhirBase } = payer
    if (fhirBase === undefined)
      return refusal(404, `No records of ${payer.name} are set up here. Nothing was sent.`)
    const wanted = memberRequest(asked.method, asked.path, asked.query)
    const why = await obstacle(asked, wanted)
    if (why !== undefined) return why
    if (wanted.kind === 'match' && !isParameters(body))
      return refusal(400, 'The question for a member has to be Parameters. Nothing was sent.')
    const card = wanted.kind === 'card' ? readCardMember(readJson(body ?? '')) : undefined
    if (wanted.kind === 'card' && card === undefined)
      return refusal(400, 'The message names no member. Nothing was sent.')
    const query = asked.query.toString()
    const path = card ? cardMemberPath(card) : `${asked.path}${query === '' ? '' : `?${query}`}`
    const url =
      wanted.kind === 'page'
        ? pages(key, baseOf(payer)).open(session, payer, wanted.token)
        : `${fhirBase}/${path}`
    if (url === undefined)
      return refusal(
        502,
        `${payer.name} pointed to another address for further records, or this page is of another session. It was not followed.`,
        {},
        'unreadable',
      )
    return withPlace(payer, 'records', () => kept(asked, wanted, url))
  }
}

const isParameters = (body: string | undefined): boolean => {
  const json = readJson(body ?? '')
  return isResource(json) && json.resourceType === 'Parameters'
}
