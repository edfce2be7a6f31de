import { useDeferredValue, useMemo, useState } from 'react'
import type { HistorySnapshot } from '../../domain/pdex/history'
import { type HiddenGroup, mergeHidden } from './filter-hidden'
import type { FilterRule } from './filter-rule'
import { bySection, type SectionRecords, sectionGrouper } from './sections'

export interface ShownSections {
  readonly sections: readonly SectionRecords[]
  /** What the filter hides, and why. */
  readonly hidden: readonly HiddenGroup[]
}

/** What the list shows of what was read. Pages and typing stay quick while thousands of rows are sorted and filtered behind them. */
export function useSections({ records, running }: HistorySnapshot, rule: FilterRule): ShownSections {
  const shownRule = useDeferredValue(rule)
  const laterRecords = useDeferredValue(records)
  const shownRecords = running ? laterRecords : records
  const [group] = useState(sectionGrouper)
  const held = useMemo(() => group(shownRecords), [group, shownRecords])
  const sections = useMemo(() => bySection(held, shownRule), [held, shownRule])
  const hidden = useMemo(() => mergeHidden(sections.flatMap((section) => section.hidden)), [sections])
  return { sections, hidden }
}
