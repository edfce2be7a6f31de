import type { Section } from '../../domain/fhir/section'
import type { PresetPeriod } from '../../domain/pdex/preset'
import type { Origin } from '../../domain/pdex/provenance'
import type { Party } from '../../domain/pdex/reconcile-parties'
import type { HistoryRecord, RecordKey } from '../../domain/pdex/record'
import type { KnownParty, RecordParties } from '../../domain/pdex/record-parties'

/** ISO dates, both included; empty = open. */
export interface Dates {
  readonly from: string
  readonly to: string
}

/** What is shown of what was read. It changes nothing of what was asked for or selected (U12). */
export interface RecordFilter {
  readonly words: string
  /** Absent: any time. */
  readonly period?: PresetPeriod | Dates
  /** Only these; empty: all. */
  readonly sections: readonly Section[]
  /** Only these; empty: all. */
  readonly origins: readonly Origin[]
  readonly excludeOwnOrganization: boolean
  /** Who the user says is the own organization, where the chart does not. */
  readonly own?: KnownParty
  /** Whom the user ticked, and whether their records are hidden or shown alone. */
  readonly parties: readonly KnownParty[]
  readonly partyMode: 'hide' | 'only'
  /** Only what the user's own searches found. */
  readonly searchedOnly: boolean
}

export const noFilter: RecordFilter = {
  words: '',
  sections: [],
  origins: [],
  excludeOwnOrganization: false,
  parties: [],
  partyMode: 'hide',
  searchedOnly: false,
}

/** What a filter needs to know beside the record. */
export interface FilterWorld {
  /** ISO date. */
  readonly today: string
  /** Day of the patient's last visit here. */
  readonly lastVisit?: string
  /** The user's organization; empty where it is not known. */
  readonly own: readonly Party[]
  readonly partiesOf: (record: HistoryRecord) => RecordParties
  readonly searched: ReadonlySet<RecordKey>
}

/** The dates that a period means today. A last visit that is not known leaves it open. */
export function datesOf(
  period: RecordFilter['period'],
  { today, lastVisit }: Pick<FilterWorld, 'today' | 'lastVisit'>,
): Dates {
  if (period === undefined) return { from: '', to: '' }
  if (period === 'last-visit') return { from: lastVisit ?? '', to: '' }
  if ('from' in period) return period
  return { from: new Date(Date.parse(today) - period.days * 86_400_000).toISOString().slice(0, 10), to: '' }
}

export const isFiltering = (filter: RecordFilter): boolean =>
  filter.words.trim() !== '' ||
  isPeriod(filter.period) ||
  filter.sections.length > 0 ||
  filter.origins.length > 0 ||
  filter.excludeOwnOrganization ||
  filter.parties.length > 0 ||
  filter.searchedOnly

const isPeriod = (period: RecordFilter['period']): boolean =>
  period !== undefined &&
  (typeof period === 'string' || 'days' in period || period.from !== '' || period.to !== '')

/** Newest first; without a date last. Compared as written: ten thousand are sorted after every page. */
export const newestFirst = (records: readonly HistoryRecord[]): readonly HistoryRecord[] =>
  records.toSorted((a, b) => order(b.display.when ?? '', a.display.when ?? '') || order(a.key, b.key))

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
