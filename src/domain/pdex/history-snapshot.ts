import type { References } from '../fhir/references'
import type { TypeProgress } from './history-lane'
import type { ReadPeriod } from './history-scope'
import type { HistoryRecord, RecordKey } from './record'

/** All that is known at one moment. Immutable, but that `references` goes on growing while reading. */
export interface HistorySnapshot {
  readonly running: boolean
  readonly types: readonly TypeProgress[]
  readonly records: readonly HistoryRecord[]
  /** The payer's own words on an answer that is only a part. */
  readonly warnings: readonly string[]
  /** Entries that could not be read. */
  readonly unreadable: number
  /** Records about somebody else, or about nobody: set aside, never shown as this patient's. */
  readonly setAside: number
  /** The same record sent more than once, counted once. */
  readonly duplicates: number
  readonly references: References
  /** The period that the requests were for, where not any time. */
  readonly period?: ReadPeriod
  /** What the user's own searches found, among it what was read before. */
  readonly searched?: ReadonlySet<RecordKey>
}
