import { useEffect, useState } from 'react'
import { isCalendarDate } from '../../../domain/crd/scenario'
import type { Clock } from '../../../domain/ports'
import { Button, Field } from '../../../ui'
import type { DayFilter } from './day-filter'
import { dayAfter } from './words'

interface Props {
  readonly clock: Clock
  readonly date: string
  readonly today: string
  readonly onDate: (date: string) => void
  readonly filter: DayFilter
  readonly onFilter: (filter: DayFilter) => void
  readonly names: Readonly<Record<'where' | 'who', readonly string[]>>
  readonly isReading: boolean
  readonly onReadAgain: () => void
}

/** Which day, and which of its rows. */
export function DayControls(props: Props) {
  const { clock, date, today, onDate, filter, onFilter, names, isReading, onReadAgain } = props
  const [typed, setTyped] = useTyped(date, onDate, clock)
  return (
    <div className="fd-day-controls">
      <div className="cluster fd-day-pick">
        <Button aria-label="The day before" onClick={() => onDate(dayAfter(date, -1))}>
          ‹
        </Button>
        <label htmlFor="fd-day-date" className="visually-hidden">
          Day
        </label>
        <input id="fd-day-date" type="date" value={typed} onChange={({ target }) => setTyped(target.value)} />
        <Button aria-label="The day after" onClick={() => onDate(dayAfter(date))}>
          ›
        </Button>
        <Button aria-pressed={date === today} onClick={() => onDate(today)}>
          Today
        </Button>
        <Button aria-pressed={date === dayAfter(today)} onClick={() => onDate(dayAfter(today))}>
          Tomorrow
        </Button>
        <Button variant="quiet" busy={isReading} onClick={onReadAgain}>
          Read again
        </Button>
      </div>
      <div className="fd-day-filter">
        <Choice
          id="fd-day-where"
          label="Place"
          all="All places"
          names={names.where}
          value={filter.where}
          onChange={(where) => onFilter({ ...filter, where })}
        />
        <Choice
          id="fd-day-who"
          label="With"
          all="Everybody"
          names={names.who}
          value={filter.who}
          onChange={(who) => onFilter({ ...filter, who })}
        />
        <Field id="fd-day-order" label="Order">
          {(control) => (
            <select
              {...control}
              value={filter.order}
              onChange={({ target }) =>
                onFilter({ ...filter, order: target.value === 'time' ? 'time' : 'need' })
              }
            >
              <option value="need">Urgent first</option>
              <option value="time">By time</option>
            </select>
          )}
        </Field>
      </div>
    </div>
  )
}

/** A date that is being typed is another one with each digit: it is taken once the hand rests, so that no other day is read. */
function useTyped(date: string, onDate: (date: string) => void, clock: Clock) {
  const [{ typed, of }, set] = useState({ typed: date, of: date })
  if (of !== date) set({ typed: date, of: date })
  useEffect(() => {
    const isDay = isCalendarDate(typed) && typed >= '2000'
    return isDay && typed !== of ? clock.after(PAUSE, () => onDate(typed)) : undefined
  }, [typed, of, onDate, clock])
  return [typed, (next: string) => set({ typed: next, of: date })] as const
}

/** Milliseconds. */
const PAUSE = 500

interface ChoiceProps {
  readonly id: string
  readonly label: string
  readonly all: string
  readonly names: readonly string[]
  readonly value: string
  readonly onChange: (name: string) => void
}

const Choice = ({ id, label, all, names, value, onChange }: ChoiceProps) => (
  <Field id={id} label={label}>
    {(control) => (
      <select {...control} value={value} onChange={({ target }) => onChange(target.value)}>
        <option value="">{all}</option>
        {names.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    )}
  </Field>
)
