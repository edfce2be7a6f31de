import type { FhirJson } from '../json'
import type { Payer } from '../payer-directory'
import type { CdsPort, Clock, EhrPort, FhirPathPort, NewId } from '../ports'
import type { Redacted } from '../redact'
import { never, type Problem } from '../result'
import type { Session } from '../session'
import type { Policy } from '../site'
import type { Adapter } from './adapter'
import { type CallOutcome, callOnce } from './call'
import { type Action, type Card, readResponse, type Unreadable } from './cds-response'
import type { HookConfiguration } from './configuration'
import type { CoverageChoice } from './coverage'
import { type CoverageAnswer, carriesCoverage, coverageAnswers } from './coverage-answer'
import type { Disclosure } from './disclosure'
import type { CdsService } from './discovery'
import type { ApprovedRequest } from './guard'
import type { PrefetchProvenance } from './prefetch'
import type { PrefetchCache } from './prefetch-cache'
import type { Scenario } from './scenario'

/** What asking needs of the world. `ehr` has no way to write. */
export interface AskWorld {
  readonly ehr: EhrPort
  readonly cds: CdsPort
  readonly clock: Clock
  readonly newId: NewId
  readonly fhirPath: FhirPathPort
  readonly session: Pick<Session, 'fhirBase' | 'patientId' | 'encounterId' | 'fhirUser'>
  /** The patient as read at launch: not read again. */
  readonly patient?: FhirJson
  readonly payers: readonly Payer[]
  readonly policy: Pick<Policy, 'slowAfterMs' | 'stopAfterMs' | 'maxRequestBytes'>
  /** Reads of the chart, kept while the user composes. */
  readonly cache: PrefetchCache
  /** What the user chose of this service's options; absent: the payer's own defaults. */
  readonly configurationOf?: (
    payer: Payer,
    service: CdsService,
  ) => HookConfiguration | Promise<HookConfiguration>
  /** Payers that the site calls without what identifies the patient (CRD 1.1); a scenario can ask for it besides. */
  readonly isDeIdentified?: (payer: Payer) => boolean
}

/** Only the likely primary payer is asked for coverage information (CRD dev-28, dev-30). */
export type PayerRole = 'primary' | 'secondary'

export interface AskOptions {
  /** Skip and stop. */
  readonly signal?: AbortSignal
}

/** What every outcome carries. Times in epoch milliseconds. */
export interface AnswerFrame {
  /** For React keys and for joining answers to questions. */
  readonly scenarioVersion: number
  /** Absent where no payer was found. */
  readonly payer?: Payer
  /** Absent where nothing was sent. */
  readonly hookInstance?: string
  /** Absent where one payer alone was asked for. */
  readonly payerRole?: PayerRole
  readonly askedAt: number
  readonly endedAt: number
  /** The payer's service; absent where nothing was sent. */
  readonly serviceId?: string
  /** The payer's JSON as it came, readable or not; absent where none came. */
  readonly response?: unknown
}

/** What a payer said. */
export interface AnswerContent {
  readonly coverage: readonly CoverageAnswer[]
  /** Sorted critical, warning, info. */
  readonly cards: readonly Card[]
  /** System actions that carry no coverage-information: shown, never applied. */
  readonly otherActions: readonly Action[]
  readonly unreadable: readonly Unreadable[]
}

/** The outcome for one payer: six that never look alike (U4). */
export type PayerAnswer =
  | (AnswerFrame & AnswerContent & { readonly kind: 'answered' })
  /** Nothing at all was said. This does not mean "covered". */
  | (AnswerFrame & { readonly kind: 'silent' })
  /** The payer said that it cannot decide. */
  | (AnswerFrame & AnswerContent & { readonly kind: 'undecided' })
  /** Not asked: a rule forbids it. Nothing was sent. */
  | (AnswerFrame & { readonly kind: 'refused'; readonly rule: string; readonly message: string })
  /** `serviceChanged`: asked anew, the payer's discovery now differs: asking again may help (CRD found-17). */
  | (AnswerFrame & { readonly kind: 'failed'; readonly problem: Problem; readonly serviceChanged: boolean })
  /** The user skipped or stopped it. */
  | (AnswerFrame & { readonly kind: 'skipped' })

/** Where asking stands. `since` in epoch milliseconds. */
export type AskState =
  | {
      readonly kind: 'asking'
      readonly payer: Payer
      readonly since: number
      readonly scenarioVersion: number
    }
  /** Slower than usual: can be skipped (CRD found-6). */
  | { readonly kind: 'slow'; readonly payer: Payer; readonly since: number; readonly scenarioVersion: number }
  | { readonly kind: 'done'; readonly answer: PayerAnswer; readonly scenarioVersion: number }

/** A question that the guard has let through, with all that is shown before it is sent. Good for one `ask`. */
export interface PreparedQuestion {
  readonly kind: 'ready'
  readonly scenario: Scenario
  readonly choice: CoverageChoice & { readonly kind: 'chosen' }
  readonly service: CdsService
  /** Which version of CRD is spoken, and why. */
  readonly adapter: Adapter
  readonly payerRole: PayerRole
  /** As it is sent. */
  readonly configuration: HookConfiguration
  readonly request: ApprovedRequest
  readonly hookInstance: string
  /** What is asked about as it stands in the request: drafts, appointments, the visit, orders of the chart that are dispatched. */
  readonly orders: readonly FhirJson[]
  /** Where each prefetch key came from. */
  readonly provenance: readonly PrefetchProvenance[]
  /** What was taken out where the question is de-identified. */
  readonly removed?: readonly Redacted[]
  readonly disclosure: Disclosure
}

/** `answer` is refused, failed or skipped: nothing was sent. `choice` where coverages could be read. */
interface NotPrepared {
  readonly kind: 'not-ready'
  readonly answer: PayerAnswer
  readonly choice?: CoverageChoice
}

export type Preparation = PreparedQuestion | NotPrepared

export { type PrepareOptions, prepare, warm } from './prepare'

/** Questions that were sent: a hookInstance is good for one call. */
const sent = new WeakSet<PreparedQuestion>()

/**
 * Sends a prepared question once and tells each state, the last one `done`. Aborting the signal skips it; it stops by itself at
 * `stopAfterMs` with a `timeout`. It is never repeated by itself: to ask again, `prepare` again. Never rejects.
 */
export async function ask(
  question: PreparedQuestion,
  world: Pick<AskWorld, 'cds' | 'clock' | 'policy'>,
  onState: (state: AskState) => void,
  options: AskOptions = {},
): Promise<PayerAnswer> {
  const { clock } = world
  const { payer } = question.choice
  const scenarioVersion = question.scenario.version
  const since = clock.now()
  const finish = (outcome: CallOutcome): PayerAnswer => {
    const frame = {
      scenarioVersion,
      payer,
      hookInstance: question.hookInstance,
      payerRole: question.payerRole,
      askedAt: since,
      endedAt: clock.now(),
      serviceId: question.service.id,
      ...(outcome.kind === 'answered' && { response: outcome.json }),
    }
    const answer = answerOf(frame, outcome, question)
    if (isUnlooked(answer)) void world.cds.discover(payer, { fresh: true })
    onState({ kind: 'done', answer, scenarioVersion })
    return answer
  }
  if (sent.has(question)) return finish({ kind: 'failed', problem: askedTwice, serviceChanged: false })
  if (options.signal?.aborted === true) return finish({ kind: 'skipped' })
  sent.add(question)
  onState({ kind: 'asking', payer, since, scenarioVersion })
  const onSlow = () => onState({ kind: 'slow', payer, since, scenarioVersion })
  return finish(await callOnce(question, world, onSlow, options.signal))
}

/**
 * A failure after which discovery has not been asked anew yet (CRD found-17): after a time-out nobody waits for it, and what could
 * not be read is known only here. The next question finds what has changed.
 */
const isUnlooked = (answer: PayerAnswer): boolean =>
  answer.kind === 'failed' && ['timeout', 'malformed'].includes(answer.problem.kind)

const askedTwice: Problem = {
  kind: 'refused',
  rule: 'once',
  message: 'This question was asked already. Ask again to send a new one.',
}

function answerOf(frame: AnswerFrame, outcome: CallOutcome, question: PreparedQuestion): PayerAnswer {
  switch (outcome.kind) {
    case 'skipped':
      return { ...frame, kind: 'skipped' }
    case 'failed':
      if (outcome.problem.kind === 'refused')
        return { ...frame, kind: 'refused', rule: outcome.problem.rule, message: outcome.problem.message }
      return { ...frame, kind: 'failed', problem: outcome.problem, serviceChanged: outcome.serviceChanged }
    case 'answered':
      return understand(frame, outcome.json, {
        server: question.choice.payer.name,
        orders: question.orders,
        coverage: `Coverage/${question.choice.coverage.id}`,
      })
    default:
      return never(outcome)
  }
}

/** What was asked about, as it stood in the request; `coverage`: `Coverage/1`. */
interface AskedAbout {
  readonly server: string
  readonly orders: readonly FhirJson[]
  readonly coverage: string
}

/** From JSON to one of the outcomes of U4. What cannot be read never looks like silence. */
export function understand(frame: AnswerFrame, json: unknown, { server, ...asked }: AskedAbout): PayerAnswer {
  const response = readResponse(json, server)
  if (!response.ok) return { ...frame, kind: 'failed', problem: response.problem, serviceChanged: false }
  const { cards, systemActions, unreadable } = response.value
  const coverage = coverageAnswers(systemActions, asked)
  const otherActions = systemActions.filter((action) => !carriesCoverage(action))
  const content = { coverage, cards, otherActions, unreadable }
  if (coverage.length + cards.length + otherActions.length === 0) {
    const first = unreadable[0]
    if (first === undefined) return { ...frame, kind: 'silent' }
    const problem: Problem = { kind: 'malformed', server, path: first.path, message: first.reason }
    return { ...frame, kind: 'failed', problem, serviceChanged: false }
  }
  const isUndecided = coverage.length > 0 && coverage.every((answer) => answer.verdict.kind === 'undecided')
  return { ...frame, ...content, kind: isUndecided ? 'undecided' : 'answered' }
}
