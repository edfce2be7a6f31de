import type { PresetPeriod } from '../../domain/pdex/preset'
import { Field, formatDate } from '../../ui'
import type { RecordFilter } from './record-filter'

/** Days back, in words; 183 and 730 as people count. */
const SPANS: readonly (readonly [days: number, words: string])[] = [
  [30, 'Last 30 days'],
  [183, 'Last 6 months'],
  [365, 'Last year'],
  [730, 'Last 2 years'],
  [1826, 'Last 5 years'],
]

export const periodWords = (period: PresetPeriod): string =>
  period === 'last-visit'
    ? 'since the last visit'
    : lowered(SPANS.find(([days]) => days === period.days)?.[1] ?? `Last ${period.days} days`)

const lowered = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1)

interface Props {
  readonly id: string
  readonly period: RecordFilter['period']
  /** ISO date; absent where the chart names no earlier visit. */
  readonly lastVisit: string | undefined
  readonly onPeriod: (period: PresetPeriod | undefined) => void
}

/** A period in relation to today. Dates that were typed read so, and are typed elsewhere. */
export function PeriodField({ id, period, lastVisit, onPeriod }: Props) {
  const days = typeof period === 'object' && 'days' in period ? period.days : undefined
  const value =
    period === undefined ? 'any' : period === 'last-visit' ? period : (days?.toString() ?? 'dates')
  return (
    <Field id={id} label="Period">
      {(control) => (
        <select
          {...control}
          value={value}
          onChange={({ currentTarget: { value: next } }) =>
            onPeriod(next === 'any' ? undefined : next === 'last-visit' ? next : { days: Number(next) })
          }
        >
          <option value="any">Any time</option>
          <option value="last-visit" disabled={lastVisit === undefined}>
            {lastVisit === undefined
              ? 'Since the last visit here (none found in the chart)'
              : `Since the last visit here, ${formatDate(lastVisit)}`}
          </option>
          {SPANS.map(([each, words]) => (
            <option key={each} value={each}>
              {words}
            </option>
          ))}
          {days !== undefined && !SPANS.some(([each]) => each === days) && (
            <option value={days}>Last {days} days</option>
          )}
          {value === 'dates' && (
            <option value="dates" disabled>
              The dates above
            </option>
          )}
        </select>
      )}
    </Field>
  )
}
