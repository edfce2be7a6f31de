import { Button, Field, Notice, ProblemNotice, Skeleton } from '../../ui'
import type { CoverageView } from '../asking/coverage-view'
import { withDates } from '../asking/with-dates'
import { coverageLine } from './coverage-line'
import { type DeskValues, enteredId } from './desk-values'

interface Props {
  readonly values: DeskValues
  readonly onChange: (values: DeskValues) => void
  readonly view: CoverageView
}

/** Which coverage is asked about, and its member id: what is wrong or missing there can be entered for this question (U9, U20). */
export function CoverageFields({ values, onChange, view }: Props) {
  if (view.kind === 'reading') return <Skeleton lines={2} label="Reading the coverages in the chart" />
  if (view.kind === 'failed')
    return (
      <ProblemNotice
        problem={view.problem}
        notDone="The coverages of this patient were not read, so no payer can be asked."
        onRetry={view.retry}
      />
    )
  const { choice, active } = view
  if (choice.kind === 'none')
    return (
      <Notice tone="ask" title="No payer can be asked: no coverage that is in force.">
        <p>{withDates(choice.message)}</p>
        <p>Ask for the insurance card and have it entered in the chart.</p>
      </Notice>
    )
  const { coverage } = choice
  const known = coverage.memberId ?? ''
  const isEntered = enteredId(values) !== ''
  const line = coverageLine(coverage.resource, coverage.name)
  const because = choice.kind === 'chosen' && active.length > 1 ? choice.because : ''
  return (
    <div className="stack">
      <div className="pair">
        {active.length > 1 ? (
          <Field
            id="fd-coverage"
            label="Coverage"
            hint={[line, because].filter((each) => each !== '').join('. ')}
          >
            {(control) => (
              <select
                {...control}
                value={coverage.id}
                onChange={({ target }) => onChange({ ...values, coverageId: target.value, memberId: null })}
              >
                {active.map((each) => (
                  <option key={each.id} value={each.id}>
                    {each.name}
                  </option>
                ))}
              </select>
            )}
          </Field>
        ) : (
          <div className="field">
            <span className="label">Coverage</span>
            <span>{coverage.name}</span>
            {line !== '' && <span className="field-hint">{line}</span>}
          </div>
        )}
        <Field
          id="fd-member"
          label="Member id"
          hint={
            isEntered
              ? `For this question only. The chart has ${known === '' ? 'none' : known} and is not changed.`
              : known === ''
                ? 'The chart has none. Enter it from the card, for this question only.'
                : 'Correct it here if the card says otherwise.'
          }
        >
          {(control) => (
            <input
              {...control}
              className="num"
              value={values.memberId ?? known}
              autoComplete="off"
              spellCheck={false}
              maxLength={40}
              onChange={({ target }) =>
                onChange({ ...values, memberId: target.value === known ? null : target.value })
              }
            />
          )}
        </Field>
      </div>
      {choice.kind === 'not-in-directory' && (
        <Notice tone="ask" title={`${coverage.name} cannot be asked from here`}>
          <p>{withDates(choice.message)}</p>
          <p>Call the number on the member card.</p>
        </Notice>
      )}
      {isEntered && (
        <div className="cluster">
          <Button variant="quiet" onClick={() => onChange({ ...values, memberId: null })}>
            {known === '' ? 'Take it out again' : 'Use the chart’s member id'}
          </Button>
        </div>
      )}
    </div>
  )
}
