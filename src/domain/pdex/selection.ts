import type { HistoryRecord, RecordKey } from './record'

/** Chosen keys. Immutable; keys of records that are not loaded at the moment stay chosen (U12). */
export type Selection = ReadonlySet<RecordKey>

export type TriState = 'none' | 'some' | 'all'

export declare const nothingSelected: Selection
export declare function toggle(selection: Selection, record: HistoryRecord): Selection
/** Chooses all of a group but the held ones, or takes all of it away where all that can be chosen is chosen. */
export declare function toggleGroup(selection: Selection, group: readonly HistoryRecord[]): Selection
export declare function groupState(selection: Selection, group: readonly HistoryRecord[]): TriState
/** How many records a group action chooses: held ones are not among them. */
export declare function selectableCount(group: readonly HistoryRecord[]): number
/** The chosen records, in the order of the list. */
export declare function selectedRecords(
  selection: Selection,
  records: readonly HistoryRecord[],
): readonly HistoryRecord[]
