import { text } from '../json'

/** From when to when, as written; both may be partial dates. */
export interface Span {
  readonly from?: string
  readonly to?: string
}

const isDate = (value: string | undefined): value is string =>
  value !== undefined && /^\d{4}(-\d{2}){0,2}(T.+)?$/.test(value)

/** The first of these elements that has a date: a dateTime or a Period. */
export function spanOf(resource: unknown, elements: readonly string[]): Span | undefined {
  for (const element of elements) {
    const [lone, from, to] = [
      text(resource, element),
      text(resource, element, 'start'),
      text(resource, element, 'end'),
    ]
    if (isDate(lone)) return { from: lone, to: lone }
    if (isDate(from) || isDate(to)) return { ...(isDate(from) && { from }), ...(isDate(to) && { to }) }
  }
  return undefined
}

const isTimed = (date: string): boolean => date.includes('T')
const day = (date: string): string => date.slice(0, 10)

/** The same moment, or the same day as written, at the precision that both have. */
export function sameDate(a: string, b: string): boolean {
  if (isTimed(a) && isTimed(b) && Date.parse(a) === Date.parse(b)) return true
  const length = Math.min(day(a).length, day(b).length)
  return day(a).slice(0, length) === day(b).slice(0, length)
}

/** Both have a time of day, and it is not the same moment. */
export const otherMoment = (a: string, b: string): boolean =>
  isTimed(a) && isTimed(b) && Date.parse(a) !== Date.parse(b)

/** Days between two dates; the part that is not known counts as its first. */
export function daysApart(a: string, b: string): number {
  const [first, second] = [Date.parse(day(a)), Date.parse(day(b))]
  return Math.abs(first - second) / 86_400_000
}

/** Whether two spans have a day in common. A span that only ends is taken for that day. */
export function overlap(a: Span, b: Span): boolean {
  const [aFrom, bFrom] = [a.from ?? a.to, b.from ?? b.to]
  if (aFrom === undefined || bFrom === undefined) return false
  if (sameDate(aFrom, bFrom)) return true
  return notAfter(aFrom, b.to) && notAfter(bFrom, a.to)
}

/** An open end reaches no further than its beginning here: what never ended would meet everything later. */
const notAfter = (from: string, to: string | undefined): boolean =>
  to !== undefined && (day(from) <= day(to) || sameDate(from, to))
