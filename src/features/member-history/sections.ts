import { SECTIONS, type Section } from '../../domain/fhir/section'
import type { HistoryRecord } from '../../domain/pdex/record'
import { type Filtered, filterRecords } from './filter-hidden'
import type { FilterRule } from './filter-rule'
import { newestFirst } from './record-filter'

/** One clinical section: how many records it has, and those that pass the filter, newest first. */
export interface SectionRecords extends Filtered {
  readonly section: Section
  readonly all: number
}

export const NO_RECORDS: readonly HistoryRecord[] = []

/** By section, newest first. */
export const groupBySection = (records: readonly HistoryRecord[]): SectionMap => sectionGrouper()(records)

type SectionMap = ReadonlyMap<Section, readonly HistoryRecord[]>

/** Groups anew after every page. A section in which nothing changed stays the very same list, so that its rows are not drawn again. */
export function sectionGrouper(): (records: readonly HistoryRecord[]) => SectionMap {
  let before: ReadonlyMap<Section, Grouped> = new Map()
  return (records) => {
    const arrived = new Map<Section, HistoryRecord[]>()
    for (const record of records) {
      const known = arrived.get(record.display.section)
      if (known) known.push(record)
      else arrived.set(record.display.section, [record])
    }
    before = new Map([...arrived].map(([section, own]) => [section, sorted(own, before.get(section))]))
    return new Map([...before].map(([section, own]) => [section, own.newestFirst]))
  }
}

interface Grouped {
  readonly arrived: readonly HistoryRecord[]
  readonly newestFirst: readonly HistoryRecord[]
}

const sorted = (arrived: readonly HistoryRecord[], before: Grouped | undefined): Grouped =>
  before !== undefined && isSameList(arrived, before.arrived)
    ? before
    : { arrived, newestFirst: newestFirst(arrived) }

const isSameList = (a: readonly HistoryRecord[], b: readonly HistoryRecord[]): boolean =>
  a.length === b.length && a.every((record, index) => record === b[index])

/** Every section; those without a record too, so that an empty one says why. */
export function bySection(held: SectionMap, rule: FilterRule): readonly SectionRecords[] {
  return SECTIONS.map((section) => {
    const own = held.get(section) ?? NO_RECORDS
    return { section, all: own.length, ...filterRecords(own, rule) }
  })
}
