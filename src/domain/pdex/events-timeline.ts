import type { EventRecord, HistoryEvent } from './events-types'
import type { RecordKey } from './record'

/** One event on the timeline, and what stands above it. */
export interface TimelineEntry {
  readonly event: HistoryEvent
  /** The records that are shown, in the event's order; never empty. */
  readonly members: readonly EventRecord[]
  /** How many of its records are not shown. */
  readonly hidden: number
  /** `2026`, `2026-05`, or `undated`: where a year, a month, or what has no date begins. */
  readonly year?: string
  readonly month?: string
  /** Whole months without anything between this and what is newer. */
  readonly gap?: number
  /** It began after the last visit here. */
  readonly isSince: boolean
}

export interface Timeline {
  /** Newest first; those without a date last. */
  readonly entries: readonly TimelineEntry[]
  /** Before which entry the last visit lies; absent where it is not known. */
  readonly visitAt?: number
  readonly undated: number
}

/** A gap is told from half a year on. */
const GAP_MONTHS = 6

export const UNDATED = 'undated'

/** The order of a timeline; what has no date comes last. */
export const newestFirst = (events: readonly HistoryEvent[]): readonly HistoryEvent[] =>
  events.toSorted((a, b) => {
    const [first, second] = [a.from ?? '', b.from ?? '']
    return first === second ? (a.key < b.key ? -1 : 1) : first < second ? 1 : -1
  })

/** Events, newest first, each with its headings. `lastVisit`: day of the last visit here (PDex §391). */
export function timeline(
  events: readonly HistoryEvent[],
  shown: ReadonlySet<RecordKey>,
  lastVisit: string | undefined,
): Timeline {
  const visible = events
    .map((event) => ({ event, members: event.members.filter(({ record }) => shown.has(record.key)) }))
    .filter(({ members }) => members.length > 0)
  const gaps = gapsAbove(visible.map(({ event }) => event))
  let [lastYear, lastMonth]: (string | undefined)[] = []
  const entries = visible.map(({ event, members }, index): TimelineEntry => {
    const year = event.from?.slice(0, 4) ?? UNDATED
    const month = event.from?.slice(0, 7)
    const gap = gaps[index]
    const entry = {
      event,
      members,
      hidden: event.members.length - members.length,
      isSince: lastVisit !== undefined && event.from !== undefined && event.from.slice(0, 10) > lastVisit,
      ...(year !== lastYear && { year }),
      ...(month !== undefined && month !== lastMonth && { month }),
      ...(gap !== undefined && { gap }),
    }
    lastYear = year
    lastMonth = month
    return entry
  })
  const before = entries.findIndex(({ isSince }) => !isSince)
  return {
    entries,
    undated: visible.filter(({ event }) => event.from === undefined).length,
    ...(lastVisit !== undefined && { visitAt: before < 0 ? entries.length : before }),
  }
}

/** Of each event: the months from the end of all that is older to the beginning of what is newer, told above the older one. */
function gapsAbove(events: readonly HistoryEvent[]): readonly (number | undefined)[] {
  const gaps: (number | undefined)[] = events.map(() => undefined)
  let end: string | undefined
  for (let index = events.length - 1; index > 0; index -= 1) {
    const last = events[index]?.to ?? events[index]?.from
    if (last !== undefined && (end === undefined || last > end)) end = last
    const next = events[index - 1]?.from
    const months = end === undefined || next === undefined ? 0 : wholeMonths(end, next)
    if (months >= GAP_MONTHS) gaps[index] = months
  }
  return gaps
}

/** Of a year alone it is not known how many. */
function wholeMonths(from: string, to: string): number {
  const [a, b] = [from, to].map((date) => /^(\d{4})-(\d{2})(?:-(\d{2}))?/.exec(date))
  if (!a || !b) return 0
  const months = (Number(b[1]) - Number(a[1])) * 12 + Number(b[2]) - Number(a[2])
  return a[3] !== undefined && b[3] !== undefined && b[3] < a[3] ? months - 1 : months
}
