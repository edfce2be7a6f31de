import type { Ref } from 'react'
import { fullName, readPerson } from '../../domain/fhir/person'
import type { DiagnosisSay } from '../../domain/pdex/diagnosis'
import { planCounts } from '../../domain/pdex/plan-counts'
import type { RecordKey } from '../../domain/pdex/record'
import type { Tier, WritePlan } from '../../domain/pdex/write-plan'
import { ActionBar, Button, Facts, formatDate, ProblemNotice, Skeleton } from '../../ui'
import { useWork } from '../work'
import { latePart } from './late-part'
import type { PlanState } from './use-plan'
import { plural, writeLabel } from './words'

const ReviewPlan = latePart(() => import('./ReviewPlan'), { name: 'The review', lines: 6 })

interface Props {
  readonly state: PlanState
  readonly headingRef: Ref<HTMLHeadingElement>
  readonly onBack: () => void
  readonly onAgain: () => void
  readonly onWrite: (plan: WritePlan) => void
  readonly onSay: (key: RecordKey, say: DiagnosisSay) => void
}

/** Third step: exactly what will be stored, how, and for whom (U13). */
export function ReviewStep({ state, headingRef, onBack, onAgain, onWrite, onSay }: Props) {
  const { chart, session, site } = useWork()
  const person = readPerson(chart.patient)
  const name = person.name ?? 'Not known'
  const plan = state.kind === 'ready' ? state.plan : undefined
  const counts = plan && planCounts(plan)
  const takesNothing = counts !== undefined && counts.download > 0 && counts.entry + counts.document === 0
  return (
    <div className="stack mh-narrow">
      <div>
        <h1 ref={headingRef} tabIndex={-1}>
          {takesNothing
            ? `Review: what will be prepared for ${name}`
            : `Review: what will be stored in ${name}'s chart`}
        </h1>
        <p className="soft">Nothing is stored until you press the button.</p>
      </div>
      <Facts
        items={[
          { term: 'Patient', value: fullName(chart.patient) },
          { term: 'Born', value: formatDate(person.birthDate) },
          { term: person.identifier?.label ?? 'Identifier', value: person.identifier?.value ?? 'Not known' },
          { term: 'Chart', value: session.ehrName },
        ]}
      />
      {(state.kind === 'asking' || state.kind === 'none') && (
        <Skeleton lines={6} label={`Asking ${session.ehrName} what it accepts`} />
      )}
      {state.kind === 'failed' && (
        <ProblemNotice
          problem={state.problem}
          notDone={`${session.ehrName} could not say what it accepts, so nothing was planned or written. Your selection is kept.`}
          onRetry={onAgain}
          technicalDetails={site.policy.technicalDetails}
          role="alert"
        />
      )}
      {state.kind === 'ready' && <ReviewPlan plan={state.plan} before={state.before} onSay={onSay} />}
      <ActionBar status={counts !== undefined && <span className="soft">{barStatus(counts)}</span>}>
        <Button onClick={onBack}>Back to choosing</Button>
        {plan !== undefined && counts !== undefined && toDo(counts) > 0 && (
          <Button variant="primary" onClick={() => onWrite(plan)}>
            {writeLabel(counts, name)}
          </Button>
        )}
      </ActionBar>
    </div>
  )
}

/** Records that are not in the chart yet. */
const toDo = ({ entry, document, download }: Readonly<Record<Tier, number>>): number =>
  entry + document + download

const barStatus = (counts: Readonly<Record<Tier, number>>): string =>
  [
    counts.entry > 0 && plural(counts.entry, 'entry', 'entries'),
    counts.document > 0 && '1 document',
    counts.download > 0 && `${plural(counts.download, 'record')} to download`,
    counts.there > 0 && `${counts.there} in the chart already`,
  ]
    .filter(Boolean)
    .join(' · ')
