import type { HistoryRecord } from '../../domain/pdex/record'

export interface RecordFilter {
  readonly words: string
  /** ISO dates, both included; empty = open. */
  readonly from: string
  readonly to: string
}

export const noFilter: RecordFilter = { words: '', from: '', to: '' }

export const isFiltering = (filter: RecordFilter): boolean =>
  filter.words.trim() !== '' || filter.from !== '' || filter.to !== ''

/** Records that have every word and lie in the period; one without a date is kept unless a period is set. */
export function filterRecords(
  records: readonly HistoryRecord[],
  filter: RecordFilter,
): readonly HistoryRecord[] {
  if (!isFiltering(filter)) return records
  const words = filter.words.toLowerCase().split(/\s+/).filter(Boolean)
  return records.filter(({ display, provenance }) => {
    const parts = [
      display.what,
      display.detail,
      display.who,
      display.status,
      provenance.author,
      ...display.codes.map((c) => c.code),
    ]
    const haystack = parts.join(' ').toLowerCase()
    return words.every((word) => haystack.includes(word)) && isInPeriod(display.when, filter)
  })
}

/** Compared at the precision that is known: a record of 2019 lies in a period that begins in March 2019. */
function isInPeriod(when: string | undefined, { from, to }: RecordFilter): boolean {
  if (from === '' && to === '') return true
  if (when === undefined) return false
  const day = when.slice(0, 10)
  return (from === '' || day >= from.slice(0, day.length)) && (to === '' || day <= to.slice(0, day.length))
}

/** Newest first; without a date last. Compared as written: ten thousand are sorted after every page. */
export const newestFirst = (records: readonly HistoryRecord[]): readonly HistoryRecord[] =>
  records.toSorted((a, b) => order(b.display.when ?? '', a.display.when ?? '') || order(a.key, b.key))

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
