import type { References } from '../fhir/references'
import type { FhirReader } from '../ports'
import type { Problem } from '../result'
import type { Member } from './member-match'
import type { HistoryRecord } from './record'

export type HistoryType = 'Condition' | 'MedicationRequest' | 'MedicationDispense' | 'Procedure' | 'Encounter'

/** `records`: how many of this type so far. */
export type TypeState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'reading'; readonly page: number; readonly records: number }
  | { readonly kind: 'done'; readonly records: number }
  | { readonly kind: 'stopped'; readonly records: number; readonly why: 'user' | 'page-limit' }
  /** The payer does not share it with us (403): not the same as none. */
  | { readonly kind: 'not-shared' }
  /** The payer's API has no such type. */
  | { readonly kind: 'not-offered' }
  | { readonly kind: 'failed'; readonly problem: Problem; readonly records: number }

export interface TypeProgress {
  readonly type: HistoryType
  readonly state: TypeState
  /** What the payer claims there is; often wrong. */
  readonly claimed?: number
  /** Pages that make up `claimed`, by the size of the first page. */
  readonly pages?: number
}

/** All that is known at one moment. Immutable. */
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
}

export interface HistoryOptions {
  readonly reader: FhirReader
  readonly member: Member
  /** Called after every page and every change of state. */
  readonly onChange: (snapshot: HistorySnapshot) => void
  readonly pageSize?: number
  /** Pages of one type until it stops by itself; `read` goes on from there. */
  readonly pageLimit?: number
}

export interface HistoryReading {
  snapshot(): HistorySnapshot
  /** Reads, or goes on where it was stopped or failed. Resolves when nothing more is under way. */
  read(): Promise<HistorySnapshot>
  /** Stops what is under way; what was read stays. */
  stop(): void
}

export declare function historyReading(options: HistoryOptions): HistoryReading
