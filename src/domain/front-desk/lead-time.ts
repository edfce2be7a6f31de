import type { DayUnit } from './phrases'

/** How long a payer takes to authorize at most, and the sentence in which it said so. */
export interface LeadTime {
  readonly days: number
  readonly unit: DayUnit
  readonly quote: string
}

const LENGTH =
  /\b(?:(\d{1,3})|(one|two|three|four|five|six|seven|eight|nine|ten|fourteen))[\s-]+(?:(working|business|week)[\s-]*|calendar[\s-]+)?(day|week)s?\b/gi
const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
const ABOUT_AUTHORIZATION = /authori[sz]|approv|\bpre-?cert/i
/** "is valid for 60 days" and "within 30 days after" say nothing of how long the payer takes. */
const OTHER_LENGTH = /\b(valid|good for|expires?|appeal|after the|lasts?|covers?)\b/i

/**
 * The longest time that the payer itself names for an authorization; undefined where it names none. A length that a sentence does
 * not tie to authorizing is left alone: nothing is guessed.
 */
export function leadTime(said: readonly string[]): LeadTime | undefined {
  const found = said
    .flatMap((text) => text.split(/(?<=[.!?;])\s+|\n+/))
    .filter((sentence) => ABOUT_AUTHORIZATION.test(sentence) && !OTHER_LENGTH.test(sentence))
    .flatMap(lengths)
  return found.reduce<LeadTime | undefined>(
    (longest, each) => (longest === undefined || inDays(each) > inDays(longest) ? each : longest),
    undefined,
  )
}

const lengths = (sentence: string): readonly LeadTime[] =>
  [...sentence.matchAll(LENGTH)].flatMap(([, digits, word, working, unit]) => {
    const count = digits === undefined ? NUMBERS.indexOf(word?.toLowerCase() ?? '') + 1 || 14 : Number(digits)
    const isWeeks = unit?.toLowerCase() === 'week'
    return count === 0
      ? []
      : [
          {
            days: isWeeks ? count * 7 : count,
            unit: working !== undefined && !isWeeks ? ('working' as const) : ('calendar' as const),
            quote: sentence.trim(),
          },
        ]
  })

const inDays = ({ days, unit }: LeadTime): number => (unit === 'working' ? days * 1.4 : days)

const DAY_MS = 86_400_000
const parts = (day: string): number => Date.parse(`${day}T00:00:00Z`)
const written = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** Saturday and Sunday; public holidays are not known. */
const isFree = (ms: number): boolean => [0, 6].includes(new Date(ms).getUTCDay())

/** The last day on which it can be asked for, so that it is there on `date`. Days `YYYY-MM-DD`. */
export function lastDayToAsk(date: string, { days, unit }: Pick<LeadTime, 'days' | 'unit'>): string {
  let at = parts(date)
  for (let left = days; left > 0; ) {
    at -= DAY_MS
    if (unit === 'calendar' || !isFree(at)) left -= 1
  }
  while (unit === 'working' && isFree(at)) at -= DAY_MS
  return written(at)
}

/** How many days there are from `today` to `date`; 0 where it is there or over. */
export function daysLeft(today: string, date: string, unit: DayUnit): number {
  let count = 0
  for (let at = parts(today) + DAY_MS; at <= parts(date); at += DAY_MS)
    if (unit === 'calendar' || !isFree(at)) count += 1
  return count
}
