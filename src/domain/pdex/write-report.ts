import type { FhirJson } from '../json'
import { problemText } from '../problem-text'
import { never, type Problem } from '../result'
import { isThere, type Journal, type Step } from './journal'
import type { RecordKey } from './record'
import type { PlannedRecord, WritePlan } from './write-plan'
import { DOCUMENT, ENTRY, PROVENANCE } from './write-requests'

/**
 * How far one record is. `left`: not tried yet. `unknown`: sent, no answer, and the chart cannot be asked; never sent again blindly.
 * `failed`: not written, `reason` says why; a further run tries again.
 */
export type RecordState =
  | 'left'
  | 'sending'
  | 'written'
  | 'existed'
  | 'in-document'
  | 'download'
  | 'unknown'
  | 'failed'

export interface RecordOutcome {
  readonly key: RecordKey
  readonly state: RecordState
  /** `Type/id` in the chart, of the entry or of the document. */
  readonly reference?: string
  /** Why not as an entry, or not at all, in words. */
  readonly reason?: string
  /** Of an entry. `left`: not tried yet. */
  readonly provenance?: 'stored' | 'not-stored' | 'left'
}

/** To be saved by the user, where the chart cannot take it. */
export interface Download {
  readonly keys: readonly RecordKey[]
  readonly bundle: FhirJson
  /** Absent where it could not be made; `problem` says why. */
  readonly pdf?: Uint8Array
  readonly problem?: Problem
}

export interface WriteReport {
  /** `stopped` by the user · `paused`: the session ended or the chart asks to wait; the same plan can go on. */
  readonly ended: 'running' | 'complete' | 'stopped' | 'paused'
  readonly problem?: Problem
  /** In the order of the plan. */
  readonly records: readonly RecordOutcome[]
  readonly download?: Download
}

/** What the journal says of each record of a plan. */
export function recordOutcomes(
  plan: WritePlan,
  journal: Journal,
  running: boolean,
): readonly RecordOutcome[] {
  const documents = new Map<RecordKey, Step>()
  for (const [, step] of journal.steps(DOCUMENT))
    for (const key of step.keys ?? []) if (!isThere(documents.get(key))) documents.set(key, step)
  return plan.records.map((planned) => {
    const { key } = planned.record
    const entry = journal.step(ENTRY + key)
    const own = planned.tier === 'entry' && entry?.state !== 'refused' ? entry : undefined
    if (own !== undefined) return entryOutcome(planned, own, plan, journal, running)
    const document = documents.get(key)
    const reason = entry?.state === 'refused' ? words(entry, plan) : planned.reason
    if (isThere(document) || planned.tier !== 'entry' || entry?.state === 'refused')
      return documentOutcome(planned, document, reason, plan, running)
    return { key, state: 'left' }
  })
}

function entryOutcome(
  { record: { key } }: PlannedRecord,
  step: Step,
  plan: WritePlan,
  journal: Journal,
  running: boolean,
): RecordOutcome {
  const reference = step.reference !== undefined && { reference: step.reference }
  switch (step.state) {
    case 'planned':
      return { key, state: 'left' }
    case 'sending':
      return { key, state: running ? 'sending' : 'unknown' }
    case 'written':
    case 'existed':
      return { key, state: step.state, ...reference, provenance: provenanceState(key, plan, journal) }
    case 'unknown':
    case 'failed':
    case 'refused':
      return { key, state: step.state === 'unknown' ? 'unknown' : 'failed', reason: words(step, plan) }
    default:
      return never(step.state)
  }
}

function provenanceState(
  key: RecordKey,
  plan: WritePlan,
  journal: Journal,
): 'stored' | 'not-stored' | 'left' {
  // Without a reference there is nothing that a Provenance could point to.
  if (plan.provenance === 'not-accepted' || journal.step(ENTRY + key)?.reference === undefined)
    return 'not-stored'
  const step = journal.step(PROVENANCE + key)
  if (step === undefined || step.state === 'planned' || step.state === 'sending') return 'left'
  return isThere(step) ? 'stored' : 'not-stored'
}

function documentOutcome(
  { record: { key }, tier }: PlannedRecord,
  document: Step | undefined,
  reason: string,
  plan: WritePlan,
  running: boolean,
): RecordOutcome {
  const download: RecordOutcome = { key, state: 'download', reason }
  if (document === undefined) {
    const goesDown = tier === 'download' || (tier === 'entry' && plan.fallback === 'download')
    return goesDown ? download : { key, state: 'left', reason }
  }
  switch (document.state) {
    case 'planned':
      return { key, state: 'left', reason }
    case 'sending':
      return { key, state: running ? 'sending' : 'unknown', reason }
    case 'written':
    case 'existed':
      return {
        key,
        state: 'in-document',
        reason,
        ...(document.reference !== undefined && { reference: document.reference }),
      }
    case 'refused':
      return { ...download, reason: `${reason} The document was not taken either: ${words(document, plan)}` }
    case 'unknown':
    case 'failed':
      return { key, state: document.state, reason: words(document, plan) }
    default:
      return never(document.state)
  }
}

/** The journal keeps no more of a failure than its kind and status; these are made into words here. */
function words({ why }: Step, { context: { ehrName: server } }: WritePlan): string {
  const kind = why?.kind
  switch (kind) {
    case undefined:
      return 'It could not be written.'
    case 'http':
      return problemText({ kind: 'http', server, status: why?.status ?? 0 }).happened
    case 'network':
      return `The connection to ${server} was lost.`
    case 'timeout':
      return `${server} did not answer in time.`
    case 'malformed':
      return 'An answer could not be read.'
    case 'refused':
      return 'This app may not send it.'
    case 'cancelled':
      return 'It was stopped.'
    case 'expired':
      return `The session with ${server} has ended.`
    default:
      return never(kind)
  }
}
