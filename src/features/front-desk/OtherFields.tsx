import { type FormEvent, useEffect, useState } from 'react'
import { isCalendarDate } from '../../domain/crd/scenario'
import { Button, Field, Panel } from '../../ui'
import { NOBODY } from '../asking/entries'
import { PartySearch } from '../asking/PartySearch'
import type { DeskValues } from './desk-values'

interface Props {
  readonly about: 'day' | 'where'
  readonly values: DeskValues
  readonly isAsking: boolean
  /** All who would be asked. */
  readonly payerNames: string
  readonly onAsk: (changed: DeskValues) => void
  readonly onClose: () => void
}

const FIELDS = { day: 'fd-other-day', where: 'fd-other-where' } as const

/** The same question for another date or another place: asked again, and both answers stand side by side. */
export function OtherFields({ about, values, isAsking, payerNames, onAsk, onClose }: Props) {
  const [day, setDay] = useState(values.day)
  const [where, setWhere] = useState(NOBODY)
  const [error, setError] = useState<string>()
  useEffect(() => document.getElementById(FIELDS[about])?.focus(), [about])
  const ask = (event: FormEvent) => {
    event.preventDefault()
    const problem =
      about === 'day'
        ? !isCalendarDate(day)
          ? 'Enter a date that exists.'
          : day === values.day && 'Enter another date than that of the question.'
        : where.text.trim() === '' && 'Choose the other place from the list.'
    setError(problem === false ? undefined : problem)
    if (problem === false && !isAsking) onAsk(about === 'day' ? { ...values, day } : { ...values, where })
  }
  return (
    <form noValidate onSubmit={ask}>
      <Panel title={about === 'day' ? 'The same on another date' : 'The same at another place'}>
        {about === 'day' ? (
          <Field id={FIELDS.day} label="on this day instead" error={error}>
            {(control) => (
              <input {...control} type="date" value={day} onChange={(event) => setDay(event.target.value)} />
            )}
          </Field>
        ) : (
          <PartySearch
            id={FIELDS.where}
            label="at this place instead"
            types={['Location']}
            chosenHint=""
            value={where}
            onChange={setWhere}
            error={error}
          />
        )}
        <div className="cluster">
          <Button type="submit" variant="primary" busy={isAsking}>
            Ask {payerNames} about this too
          </Button>
          <Button variant="quiet" onClick={onClose}>
            Close
          </Button>
        </div>
      </Panel>
    </form>
  )
}
