import type { HistoryRecord, RecordKey } from './record'

/** Chosen keys. Immutable; keys of records that are not loaded at the moment stay chosen (U12). */
export type Selection = ReadonlySet<RecordKey>

export type TriState = 'none' | 'some' | 'all'

/** Nothing is chosen for the user. */
export const nothingSelected: Selection = new Set()

/** Chooses one record or takes it away; one that groups leave out too, as the user's own act. */
export function toggle(selection: Selection, record: HistoryRecord): Selection {
  const next = new Set(selection)
  if (!next.delete(record.key)) next.add(record.key)
  return next
}

/** Chooses all of a group but those that are left out (`isSelectable`); where all of those are chosen, takes the whole group away. */
export function toggleGroup(selection: Selection, group: readonly HistoryRecord[]): Selection {
  const next = new Set(selection)
  if (groupState(selection, group) === 'all') for (const record of group) next.delete(record.key)
  else for (const record of group.filter(isSelectable)) next.add(record.key)
  return next
}

/** `all` where every record that a group action would choose is chosen. */
export function groupState(selection: Selection, group: readonly HistoryRecord[]): TriState {
  const chosen = group.filter((record) => selection.has(record.key))
  if (chosen.length === 0) return 'none'
  const open = group.filter(isSelectable)
  return open.length > 0 && open.every((record) => selection.has(record.key)) ? 'all' : 'some'
}

/** How many records a group action chooses. */
export const selectableCount = (group: readonly HistoryRecord[]): number => group.filter(isSelectable).length

/** The chosen records, in the order of the list. */
export const selectedRecords = (
  selection: Selection,
  records: readonly HistoryRecord[],
): readonly HistoryRecord[] => records.filter((record) => selection.has(record.key))

/** What a group action chooses: nothing that is held back or that says "not done", "ruled out", "cancelled". */
const isSelectable = (record: HistoryRecord): boolean =>
  record.hold === undefined && record.caution === undefined
