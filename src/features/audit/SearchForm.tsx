import { type FormEvent, useState } from 'react'
import { Button, Field } from '../../ui'
import { ANY, type Criteria, problemOf } from './criteria'

interface Props {
  /** The patient whose chart is open. */
  readonly patientId: string
  readonly isBusy: boolean
  readonly onSearch: (criteria: Criteria) => void
}

/** What is looked for; it begins with the patient whose chart is open. */
export function SearchForm({ patientId, isBusy, onSearch }: Props) {
  const [criteria, setCriteria] = useState<Criteria>({ ...ANY, patient: patientId })
  const problem = problemOf(criteria)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (problem === undefined && !isBusy) onSearch(criteria)
  }
  const field = (
    name: keyof Criteria,
    label: string,
    more: { readonly type?: 'date'; readonly hint?: string; readonly error?: string | undefined } = {},
  ) => (
    <Field id={`log-${name}`} label={label} hint={more.hint} error={more.error}>
      {(control) => (
        <input
          {...control}
          type={more.type ?? 'text'}
          autoComplete="off"
          spellCheck={false}
          value={criteria[name]}
          onChange={(event) => setCriteria({ ...criteria, [name]: event.target.value })}
        />
      )}
    </Field>
  )
  return (
    <form className="stack" onSubmit={submit} aria-label="Search the site’s log">
      {field('patient', 'Patient', { hint: 'The id in this chart. Leave it empty for all patients.' })}
      <div className="pair">
        {field('from', 'From', { type: 'date' })}
        {field('to', 'To', { type: 'date', error: problem })}
      </div>
      <div className="pair">
        {field('assertionId', 'Payer’s reference')}
        {field('hookInstance', 'Reference of the question')}
      </div>
      <div className="cluster">
        <Button type="submit" variant="primary" busy={isBusy}>
          {isBusy ? 'Searching…' : 'Search'}
        </Button>
        <span className="field-hint">Each search is recorded in the log, with your name.</span>
      </div>
    </form>
  )
}
