import { SECTIONS, type Section } from '../../domain/fhir/section'
import type { HistoryRecord } from '../../domain/pdex/record'
import { filterRecords, newestFirst, type RecordFilter } from './record-filter'

/** One clinical section: how many records it has, and those that pass the filter, newest first. */
export interface SectionRecords {
  readonly section: Section
  readonly all: number
  readonly shown: readonly HistoryRecord[]
}

export const NO_RECORDS: readonly HistoryRecord[] = []

/** By section, newest first. */
export function groupBySection(
  records: readonly HistoryRecord[],
): ReadonlyMap<Section, readonly HistoryRecord[]> {
  const held = new Map<Section, HistoryRecord[]>()
  for (const record of newestFirst(records)) {
    const known = held.get(record.display.section)
    if (known) known.push(record)
    else held.set(record.display.section, [record])
  }
  return held
}

/** Every section; those without a record too, so that an empty one says why. */
export function bySection(
  held: ReadonlyMap<Section, readonly HistoryRecord[]>,
  filter: RecordFilter,
): readonly SectionRecords[] {
  return SECTIONS.map((section) => {
    const own = held.get(section) ?? NO_RECORDS
    return { section, all: own.length, shown: filterRecords(own, filter) }
  })
}
