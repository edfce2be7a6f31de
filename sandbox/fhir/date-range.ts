import { asText, isJson, valuesAt } from './elements'

/** A stretch of time in milliseconds since 1970: `start` belongs to it, `end` does not. Open ends are ±Infinity. */
interface DateRange {
  readonly start: number
  readonly end: number
}

type DatePrefix = 'eq' | 'ne' | 'gt' | 'lt' | 'ge' | 'le' | 'sa' | 'eb' | 'ap'

const shape =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/

/** The range that a FHIR date, dateTime or instant stands for at its own precision; times without zone count as UTC. Undefined when it is no date. */
export const rangeOf = (text: string): DateRange | undefined => {
  const parts = shape.exec(text)
  if (!parts) return undefined
  const [, year = '', month, day, hour, minute, second, fraction, zone] = parts
  const start = Date.parse(
    `${year}-${month ?? '01'}-${day ?? '01'}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}.${(fraction ?? '').padEnd(3, '0').slice(0, 3)}${zone ?? 'Z'}`,
  )
  // Date.parse lets 30 February run over into March
  if (Number.isNaN(start) || (day && Number(day) > daysIn(Number(year), Number(month)))) return undefined
  if (fraction) return { start, end: start + 1 }
  if (second) return { start, end: start + 1000 }
  if (minute) return { start, end: start + 60_000 }
  if (day) return { start, end: start + 86_400_000 }
  if (month) return { start, end: Date.UTC(Number(year), Number(month), 1) }
  return { start, end: Date.UTC(Number(year) + 1, 0, 1) }
}

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

/** Splits `ge2020-01` into prefix and range; undefined when the value is no date. */
export const parseDateQuery = (value: string): { prefix: DatePrefix; range: DateRange } | undefined => {
  const found = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)?(\d.*)$/.exec(value)
  const range = found?.[2] === undefined ? undefined : rangeOf(found[2])
  return range && { prefix: (found?.[1] ?? 'eq') as DatePrefix, range }
}

/** The range of a date, dateTime, instant, Period or Timing element; undefined when there is nothing to read. */
export const rangeOfElement = (element: unknown): DateRange | undefined => {
  if (typeof element === 'string') return rangeOf(element)
  if (!isJson(element)) return undefined
  const start = asText(element.start)
  const end = asText(element.end)
  if (start !== undefined || end !== undefined) {
    return {
      start: (start === undefined ? undefined : rangeOf(start)?.start) ?? -Infinity,
      end: (end === undefined ? undefined : rangeOf(end)?.end) ?? Infinity,
    }
  }
  const timing = [...valuesAt(element, 'event'), ...valuesAt(element, 'repeat.boundsPeriod')].flatMap(
    (part) => rangeOfElement(part) ?? [],
  )
  if (timing.length === 0) return undefined
  return { start: Math.min(...timing.map((r) => r.start)), end: Math.max(...timing.map((r) => r.end)) }
}

/** Whether a resource's range satisfies `prefix` and the searched range (FHIR R4 search §3.1.1.5.7). */
export const dateMatches = (target: DateRange, prefix: DatePrefix, searched: DateRange): boolean => {
  const within = searched.start <= target.start && target.end <= searched.end
  switch (prefix) {
    case 'eq':
      return within
    case 'ne':
      return !within
    case 'gt':
      return target.end > searched.end
    case 'lt':
      return target.start < searched.start
    case 'ge':
      return target.end > searched.end || within
    case 'le':
      return target.start < searched.start || within
    case 'sa':
      return target.start >= searched.end
    case 'eb':
      return target.end <= searched.start
    case 'ap':
      return target.start < searched.end && searched.start < target.end
  }
}
