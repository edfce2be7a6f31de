import type { FhirJson } from '../json'
import { never, type Problem } from '../result'
import type { DocumentForm } from './document-form'
import { isThere, type Journal, type Step } from './journal'
import type { RecordKey } from './record'
import type { PlannedRecord, WritePlan } from './write-plan'
import { DOCUMENT, documentStep, ENTRY, isTooLarge, PROVENANCE, refusalsIn, TYPE } from './write-refusals'
import { stepWords } from './write-words'

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

/** `in-note`: the chart takes no Provenance, and the entry says it in words. */
export type ProvenanceState = 'stored' | 'in-note' | 'not-stored' | 'left'

/** Sent, and only the user can find out whether it is there. */
export interface UserQuestion {
  /** Names the step to `settleByUser`; a document asks once for all its records. */
  readonly step: string
  /** When it was sent, epoch milliseconds. */
  readonly at?: number
  readonly isDocument: boolean
  /** The chart said that it took it and will file it. */
  readonly isAccepted: boolean
}

export interface RecordOutcome {
  readonly key: RecordKey
  readonly state: RecordState
  /** `Type/id` in the chart, of the entry or of the document. */
  readonly reference?: string
  /** Why not as an entry, or not at all, in words. */
  readonly reason?: string
  /** Of an entry. `left`: not tried yet. */
  readonly provenance?: ProvenanceState
  /** Of a document that was written in this session. */
  readonly form?: DocumentForm
  /** Forms that the chart refused for this record before. */
  readonly refusedForms?: readonly DocumentForm[]
  /** Only with `unknown`. */
  readonly question?: UserQuestion
  /** The user said that it is there. */
  readonly byUser?: boolean
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
  /** The chart took documents of this session only without the list of the records in them: a later session does not find these. */
  readonly isUnlisted?: true
}

/** The last that happened to a record's document, and what was refused before. */
interface DocumentTrail {
  readonly id: string
  readonly step: Step
  readonly refused: readonly DocumentForm[]
}

interface World {
  readonly plan: WritePlan
  readonly journal: Journal
  readonly running: boolean
  readonly trails: ReadonlyMap<RecordKey, DocumentTrail>
  /** A form of document is left that was not refused. */
  readonly formsLeft: (trail: DocumentTrail | undefined) => boolean
}

/** What the journal says of each record of a plan. */
export function recordOutcomes(
  plan: WritePlan,
  journal: Journal,
  running: boolean,
): readonly RecordOutcome[] {
  const refusals = refusalsIn(journal)
  const forms = plan.document.kind === 'attach' && !refusals.documents ? plan.document.forms : []
  const world: World = {
    plan,
    journal,
    running,
    trails: documentTrails(journal),
    formsLeft: (trail) => forms.some((form) => !refusals.forms.has(form) && !trail?.refused.includes(form)),
  }
  return plan.records.map((planned) => outcome(planned, world))
}

function documentTrails(journal: Journal): ReadonlyMap<RecordKey, DocumentTrail> {
  const trails = new Map<RecordKey, DocumentTrail>()
  for (const [id, step] of journal.steps(DOCUMENT)) {
    const { form } = documentStep(id)
    // Refused for its size alone it is sent again in parts, in the same form.
    const isSplit = isTooLarge(step) && (step.keys?.length ?? 0) > 1
    for (const key of step.keys ?? []) {
      const before = trails.get(key)
      const refused = before?.refused ?? []
      const more = step.state === 'refused' && !isSplit ? [...refused, form] : refused
      if (before !== undefined && isThere(before.step)) trails.set(key, { ...before, refused: more })
      else trails.set(key, { id, step: isSplit ? { ...step, state: 'planned' } : step, refused: more })
    }
  }
  return trails
}

function outcome(planned: PlannedRecord, world: World): RecordOutcome {
  const { plan, journal, trails } = world
  const { key } = planned.record
  const entry = journal.step(ENTRY + key)
  const own = planned.entry !== undefined && entry?.state !== 'refused' ? entry : undefined
  if (own !== undefined && (planned.copy === undefined || isThere(own)))
    return entryOutcome(planned, own, world)
  if (planned.copy !== undefined) {
    const { kind, reference } = planned.copy
    return { key, state: kind === 'entry' ? 'existed' : 'in-document', reference }
  }
  const type = planned.entry?.resource.resourceType
  const refusal = entry?.state === 'refused' ? entry : type && journal.step(TYPE + type)
  const trail = trails.get(key)
  const reason = refusal ? stepWords(refusal, plan.context.ehrName) : planned.reason
  if (trail !== undefined || planned.tier !== 'entry' || refusal)
    return documentOutcome(planned, trail, reason, world)
  return { key, state: 'left' }
}

function entryOutcome({ record: { key } }: PlannedRecord, step: Step, world: World): RecordOutcome {
  const { plan, journal, running } = world
  const reference = step.reference !== undefined && { reference: step.reference }
  switch (step.state) {
    case 'planned':
      return { key, state: 'left' }
    case 'sending':
      return { key, state: running ? 'sending' : 'unknown' }
    case 'written':
    case 'existed':
      return {
        key,
        state: step.state,
        ...reference,
        provenance: provenanceState(key, plan, journal),
        ...(step.byUser && { byUser: true }),
      }
    case 'unknown':
      return {
        key,
        state: 'unknown',
        reason: stepWords(step, plan.context.ehrName),
        ...question(ENTRY + key, step, false),
      }
    case 'failed':
    case 'refused':
      return { key, state: 'failed', reason: stepWords(step, plan.context.ehrName) }
    default:
      return never(step.state)
  }
}

const question = (id: string, step: Step, isDocument: boolean): { readonly question?: UserQuestion } =>
  step.blind === true
    ? {
        question: {
          step: id,
          isDocument,
          isAccepted: step.why?.status === 202,
          ...(step.at !== undefined && { at: step.at }),
        },
      }
    : {}

function provenanceState(key: RecordKey, plan: WritePlan, journal: Journal): ProvenanceState {
  if (plan.provenance === 'in-note') return 'in-note'
  // Without a reference there is nothing that a Provenance could point to.
  if (journal.step(ENTRY + key)?.reference === undefined) return 'not-stored'
  const step = journal.step(PROVENANCE + key)
  if (step === undefined || step.state === 'planned' || step.state === 'sending') return 'left'
  return isThere(step) ? 'stored' : 'not-stored'
}

function documentOutcome(
  { record: { key } }: PlannedRecord,
  trail: DocumentTrail | undefined,
  reason: string,
  { plan, running, formsLeft }: World,
): RecordOutcome {
  const refused = trail === undefined || trail.refused.length === 0 ? {} : { refusedForms: trail.refused }
  const common = { key, reason, ...refused }
  const { ehrName } = plan.context
  if (trail === undefined) return { ...common, state: formsLeft(undefined) ? 'left' : 'download' }
  const { step, id } = trail
  switch (step.state) {
    case 'planned':
      return { ...common, state: formsLeft(trail) ? 'left' : 'download' }
    case 'sending':
      return { ...common, state: running ? 'sending' : 'unknown' }
    case 'written':
    case 'existed':
      return {
        ...common,
        state: 'in-document',
        ...(step.reference !== undefined && { reference: step.reference }),
        ...(step.state === 'written' && { form: documentStep(id).form }),
        ...(step.byUser && { byUser: true }),
      }
    case 'refused':
      if (formsLeft(trail)) return { ...common, state: 'left' }
      return {
        ...common,
        state: 'download',
        reason: `${reason} The document was not taken either: ${stepWords(step, ehrName)}`,
      }
    case 'unknown':
      return { ...common, state: 'unknown', reason: stepWords(step, ehrName), ...question(id, step, true) }
    case 'failed':
      return { ...common, state: 'failed', reason: stepWords(step, ehrName) }
    default:
      return never(step.state)
  }
}
