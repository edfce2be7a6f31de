import { words } from '../../domain/fhir/display'
import { formatDate } from '../../domain/fhir/format-date'
import { UNDATED } from '../../domain/pdex/events-timeline'
import type { HistoryEvent } from '../../domain/pdex/events-types'
import type { Whose } from '../../domain/pdex/events-whose'
import { nouns } from '../../domain/pdex/reconcile-types'

/** What an event is, in a word or two. */
export function kindWords({ kind, lead }: HistoryEvent): string {
  switch (kind) {
    case 'stay':
      return 'Hospital stay'
    case 'visit':
      return 'Visit'
    case 'fill':
      return 'Fill'
    case 'claim':
      return 'Claim'
    case 'authorization':
      return 'Prior authorization'
    case 'result':
    case 'procedure':
    case 'other':
      return typeWords(lead.resource.resourceType)
  }
}

/** "Problem"; of what has no counterpart in a chart, the type in words. */
function typeWords(type: string): string {
  const noun = new Map<string, string>(Object.entries(nouns)).get(type)
  return noun === undefined ? words(type) : `${noun.charAt(0).toUpperCase()}${noun.slice(1)}`
}

export const whoseWords: Readonly<Record<Whose, string>> = {
  own: 'Own organization',
  outside: 'Outside',
}

/** "10-Feb-2025 to 14-Feb-2025". */
export function eventDates({ from, to }: HistoryEvent): string {
  const [first, last] = [formatDate(from), formatDate(to)]
  if (from === undefined) return 'No date'
  return to === undefined || first === last ? first : `${first} to ${last}`
}

const AT_MOST = 3

/** Who took part and where, by the names that the records give. */
export function eventPeople({ members }: HistoryEvent): string | undefined {
  const named = [
    ...new Set(members.flatMap(({ record }) => record.display.who ?? record.provenance.author ?? [])),
  ]
  if (named.length === 0) return undefined
  const more = named.length - AT_MOST
  return `${named.slice(0, AT_MOST).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

export const yearWords = (year: string, undated: number): string =>
  year === UNDATED ? `Without a date: ${undated}` : year

const MONTHS = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' })

/** "May 2026"; "2026, month not stated". */
export function monthWords(month: string): string {
  const at = Date.parse(`${month}-01T00:00:00Z`)
  return month.length < 7 || Number.isNaN(at)
    ? `${month}, month not stated`
    : `${MONTHS.format(at)} ${month.slice(0, 4)}`
}

/** "14 months", "2 years", "2 years and 3 months". */
export function monthsWords(months: number): string {
  const [years, rest] = [Math.floor(months / 12), months % 12]
  if (months < 24) return `${months} months`
  return `${years} years${rest === 0 ? '' : ` and ${rest} ${rest === 1 ? 'month' : 'months'}`}`
}
