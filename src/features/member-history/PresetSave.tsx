import { useEffect, useRef, useState } from 'react'
import { nameProblem } from '../../domain/pdex/own-presets'
import type { HistoryPreset } from '../../domain/pdex/preset'
import { Button, Field } from '../../ui'
import { useWork } from '../work'
import { canKeep, notKept, presetOf } from './filter-presets'
import { presetWords } from './preset-words'
import type { RecordFilter } from './record-filter'

interface Props {
  readonly filter: RecordFilter
  readonly others: readonly HistoryPreset[]
  readonly isKept: boolean
  readonly onSave: (preset: HistoryPreset) => void
  readonly onCancel: () => void
}

/** A name for a filter, and what of it is kept. Nothing of the patient or the records is. */
export function PresetSave({ filter, others, isKept, onSave, onCancel }: Props) {
  const { chart } = useWork()
  const [name, setName] = useState('')
  const [problem, setProblem] = useState<string>()
  const field = useRef<HTMLInputElement>(null)
  const cancel = useRef<HTMLButtonElement>(null)
  useEffect(() => (field.current ?? cancel.current)?.focus(), [])
  const lost = notKept(filter)
  const keeps = canKeep(filter)
  return (
    <form
      className="stack mh-preset-form"
      aria-label="Save this filter"
      onSubmit={(event) => {
        event.preventDefault()
        const wrong = nameProblem(name, others, chart.patient)
        setProblem(wrong)
        if (wrong === undefined) onSave(presetOf(name, filter))
        else field.current?.focus()
      }}
    >
      {keeps ? (
        <Field id="mh-preset-name" label="Name of the filter" error={problem}>
          {(control) => (
            <input
              {...control}
              ref={field}
              value={name}
              autoComplete="off"
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
        </Field>
      ) : (
        <p>
          Nothing of this filter can be kept. Choose a period in relation to today, sections, sources or your
          organization.
        </p>
      )}
      {keeps && (
        <p className="small">
          Kept{isKept ? ' in this browser' : ' until this page is closed'}:{' '}
          {presetWords(presetOf(name, filter))}.
        </p>
      )}
      {lost.length > 0 && (
        <p className="small">Not kept, because it could tell of a patient: {lost.join(', ')}.</p>
      )}
      <div className="cluster">
        {keeps && <Button type="submit">Save filter</Button>}
        <button type="button" className="button" data-variant="quiet" ref={cancel} onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  )
}
