import { useDeferredValue, useMemo, useState } from 'react'
import type { HistorySnapshot } from '../../domain/pdex/history'
import type { RecordFilter } from './record-filter'
import { bySection, type SectionRecords, sectionGrouper } from './sections'

export interface ShownSections {
  readonly sections: readonly SectionRecords[]
  /** How many records pass the filter, and how many it hides. */
  readonly shown: number
  readonly hidden: number
}

/** What the list shows of what was read. Pages and typing stay quick while thousands of rows are sorted and filtered behind them. */
export function useSections({ records, running }: HistorySnapshot, filter: RecordFilter): ShownSections {
  const shownFilter = useDeferredValue(filter)
  const laterRecords = useDeferredValue(records)
  const shownRecords = running ? laterRecords : records
  const [group] = useState(sectionGrouper)
  const held = useMemo(() => group(shownRecords), [group, shownRecords])
  const sections = useMemo(() => bySection(held, shownFilter), [held, shownFilter])
  const shown = sections.reduce((sum, section) => sum + section.shown.length, 0)
  return { sections, shown, hidden: shownRecords.length - shown }
}
