import { Disclosure, Field, Notice, ProblemNotice, Skeleton } from '../../ui'
import type { CoverageView } from '../asking/coverage-view'
import { withDates } from '../asking/with-dates'

interface Props {
  readonly view: CoverageView
  /** Coverage id; empty = the likely primary. */
  readonly value: string
  readonly onChange: (coverageId: string) => void
  /** Shown beside it: who orders, where the launch says it. */
  readonly orderedBy: string | undefined
}

/** Who orders and which coverage is asked about, with the reason; changeable among the active ones (U9, CRD dev-28). */
export default function CoveragePicker({ view, value, onChange, orderedBy }: Props) {
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
  const name = choice.kind === 'none' ? 'none that can be asked about' : choice.coverage.name
  return (
    <>
      {choice.kind === 'none' && (
        <Notice
          tone="ask"
          title={`No payer can be asked: no ${choice.others.length === 0 ? 'coverage on file' : 'active coverage'}.`}
        >
          <p>{withDates(choice.message)}</p>
          <p>Have the insurance card checked and entered in the chart, then open this app again.</p>
        </Notice>
      )}
      {choice.kind === 'not-in-directory' && (
        <Notice tone="ask" title={`${choice.coverage.name} is not set up here`}>
          <p>{choice.message}</p>
          <p>Ask the person who looks after this app to add it, or call the number on the member card.</p>
        </Notice>
      )}
      <Disclosure
        summary={
          orderedBy === undefined ? `Coverage: ${name}` : `Ordered by ${orderedBy} · coverage: ${name}`
        }
      >
        <div className="stack">
          {choice.kind === 'chosen' && <p className="field-hint">{choice.because}</p>}
          {active.length > 0 && (
            <Field
              id="wi-coverage"
              label="Coverage to ask about"
              hint={active.length === 1 ? 'The chart has no other active coverage.' : undefined}
            >
              {(control) => (
                <select {...control} value={value} onChange={(event) => onChange(event.target.value)}>
                  <option value="">The likely primary one</option>
                  {active.map((coverage) => (
                    <option key={coverage.id} value={coverage.id}>
                      {coverage.name}
                      {coverage.memberId !== undefined && `, member ${coverage.memberId}`}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          )}
        </div>
      </Disclosure>
    </>
  )
}
