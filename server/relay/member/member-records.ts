import { randomUUID } from 'node:crypto'
import { isResource } from '../../../src/domain/json'
import type { Payer } from '../../../src/domain/payer-directory'
import { type Answer, given, places, refusal } from '../answers'
import type { Entry, KeptLog } from '../kept-log'
import type { PayerCall } from '../payer-call'
import { NoAnswer, type Received } from '../payer-http'
import type { RelayConfig } from '../relay-config'
import type { RelaySession } from '../sessions'
import type { SiteKey } from '../site-key'
import { foundMember, matched } from './match-answer'
import { ownRecords, patientResources, patientsIn } from './member-answer'
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

interface Outcome {
  readonly answer: Answer
  /** For the log. */
  readonly content: object
}

type Keep = (entry: Pick<Entry, 'kind' | 'content'>) => Promise<boolean>

/**
 * A payer's records by way of the relay: `$member-match`, and reads about the member whom the payer matched in this session. What is
 * not about that member is not asked for; what comes of others all the same is not given. Each is kept first (HRex "log all exchanges").
 */
export function memberRecords({ call, log, members, key, limits, now, baseOf }: World) {
  const withPlace = places(limits.atOnce)

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

  /** What of the payer's answer is given, and what the log has of it. */
  async function understood(asked: RecordsAsked, wanted: MemberRequest, answer: Received): Promise<Outcome> {
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
  async function found({ session, payer }: RecordsAsked, identifier: string, json: unknown) {
    const patients = foundMember(patientResources(json), identifier)
    if (patients.length === 1) await members.add(session, payer, [{ patient: patients[0] ?? '' }])
    return new Set(patients)
  }

  async function known({ session, payer }: RecordsAsked, json: unknown) {
    const named = patientsIn(json).map((patient) => ({ patient }))
    return new Set((await members.among(session, payer, named)).map(({ patient }) => patient))
  }

  async function kept(asked: RecordsAsked, wanted: MemberRequest, url: string): Promise<Answer> {
    const { payer, body } = asked
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
    const query = asked.query.toString()
    const url =
      wanted.kind === 'page'
        ? pages(key, baseOf(payer)).open(session, payer, wanted.token)
        : `${fhirBase}/${asked.path}${query === '' ? '' : `?${query}`}`
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

function readJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
