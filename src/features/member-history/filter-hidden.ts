import type { HistoryRecord } from '../../domain/pdex/record'
import { never } from '../../domain/result'
import type { FilterRule, HiddenReason } from './filter-rule'

/** How many records are hidden for one reason, in words: "9 by Lakeside Clinic (same NPI)". */
export interface HiddenGroup {
  readonly words: string
  readonly count: number
}

export interface Filtered {
  readonly shown: readonly HistoryRecord[]
  readonly hidden: readonly HiddenGroup[]
}

/**
 * Sorts records into what is shown and, by reason, what is not: nothing is left out in silence (PDex facts 5). Where nothing is, the
 * list stays the very same.
 */
export function filterRecords(records: readonly HistoryRecord[], rule: FilterRule): Filtered {
  const counts = new Map<string, number>()
  const shown = records.filter((record) => {
    const reason = rule(record)
    if (reason === undefined) return true
    const words = reasonWords(reason)
    counts.set(words, (counts.get(words) ?? 0) + 1)
    return false
  })
  return {
    shown: counts.size === 0 ? records : shown,
    hidden: [...counts].map(([words, count]) => ({ words, count })),
  }
}

/** The same reason in several sections is one; most records first. */
export function mergeHidden(groups: readonly HiddenGroup[]): readonly HiddenGroup[] {
  const counts = new Map<string, number>()
  for (const { words, count } of groups) counts.set(words, (counts.get(words) ?? 0) + count)
  return [...counts].map(([words, count]) => ({ words, count })).toSorted((a, b) => b.count - a.count)
}

const matchWords = { npi: 'same NPI', identifier: 'same identifier', name: 'same name' } as const

function reasonWords(reason: HiddenReason): string {
  switch (reason.kind) {
    case 'words':
      return 'without the words'
    case 'period':
      return 'outside the period'
    case 'undated':
      return 'without a date'
    case 'section':
      return 'of other sections'
    case 'origin':
      return 'of another source'
    case 'not-chosen':
      return 'by nobody whom you ticked'
    case 'not-searched':
      return 'not from your search'
    case 'party':
      return `${reason.at ? 'at' : 'by'} ${reason.name} (${matchWords[reason.by]})`
    default:
      return never(reason)
  }
}
