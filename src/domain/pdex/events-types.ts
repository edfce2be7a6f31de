import type { HistoryRecord, RecordKey } from './record'

/** What an event is, as far as its records say; `claim` where a bill alone tells of it. */
export type EventKind =
  | 'stay'
  | 'visit'
  | 'fill'
  | 'result'
  | 'procedure'
  | 'claim'
  | 'authorization'
  | 'other'

/** One record of an event. */
export interface EventRecord {
  readonly record: HistoryRecord
  /** Why it belongs to the event, in words; absent of the record that leads it. */
  readonly reason?: string
}

/** Records that tell of one thing that happened: a claim, and the visit, procedure, condition and fill that it describes. */
export interface HistoryEvent {
  /** Key of the record that leads it. */
  readonly key: RecordKey
  readonly kind: EventKind
  /** The record that names it. */
  readonly lead: HistoryRecord
  /** All of them, the lead first; never empty. */
  readonly members: readonly EventRecord[]
  /** First and last day or time, as written; may be partial, may be absent. */
  readonly from?: string
  readonly to?: string
}

/**
 * Who may belong to whom: a record belongs to one of a smaller number only, so that no circle of references has an end without a
 * beginning. What happened stands before what was found, what was found before why.
 */
const RANKS: Readonly<Record<string, number>> = {
  Encounter: 0,
  ExplanationOfBenefit: 0,
  Procedure: 1,
  MedicationDispense: 2,
  Immunization: 2,
  DiagnosticReport: 2,
  Observation: 3,
  DocumentReference: 3,
  QuestionnaireResponse: 3,
  MedicationRequest: 4,
  MedicationStatement: 4,
  ServiceRequest: 4,
}

const LAST_RANK = 5

export const rankOf = (type: string): number =>
  Object.hasOwn(RANKS, type) ? (RANKS[type] ?? LAST_RANK) : LAST_RANK
