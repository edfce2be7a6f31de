import type { Ref } from 'react'
import { renderText } from '../../domain/document/text'
import { fullName, readPerson } from '../../domain/fhir/person'
import { chartDocument } from '../../domain/pdex/chart-document'
import type { RecordState, WriteReport } from '../../domain/pdex/write'
import { type PlannedRecord, planCounts, type Tier, type WritePlan } from '../../domain/pdex/write-plan'
import {
  ActionBar,
  Button,
  Disclosure,
  Facts,
  formatDate,
  Notice,
  Panel,
  ProblemNotice,
  Skeleton,
} from '../../ui'
import { useWork } from '../work'
import { PlanRow } from './PlanRow'
import type { PlanState } from './use-plan'
import { planSentence, plural, writeLabel } from './words'

interface Props {
  readonly state: PlanState
  readonly headingRef: Ref<HTMLHeadingElement>
  readonly onBack: () => void
  readonly onAgain: () => void
  readonly onWrite: (plan: WritePlan) => void
}

/** Third step: exactly what will be stored, how, and for whom (U13). */
export function ReviewStep({ state, headingRef, onBack, onAgain, onWrite }: Props) {
  const { chart, session, site } = useWork()
  const person = readPerson(chart.patient)
  const name = person.name ?? 'Not known'
  const plan = state.kind === 'ready' ? state.plan : undefined
  const counts = plan && planCounts(plan)
  const takesNothing = counts !== undefined && counts.entry + counts.document === 0
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
      {plan !== undefined && counts !== undefined && (
        <>
          {state.kind === 'ready' && <EarlierRun before={state.before} />}
          <p>
            <strong>{planSentence(counts, session.ehrName, isRefused(plan))}</strong>
          </p>
          {plan.notices.map((notice) => (
            <p key={notice}>{notice}</p>
          ))}
          <TierPanel plan={plan} tier="entry" title={`${counts.entry} as chart entries`} />
          <TierPanel plan={plan} tier="document" title={`${counts.document} in one attached document`} />
          <TierPanel plan={plan} tier="download" title={`${counts.download} to download`} />
          <p className="small soft">
            {counts.entry > 0 &&
              (plan.fallback === 'document'
                ? 'If the chart refuses an entry, the record goes into the attached document, and the report says so. '
                : 'If the chart refuses an entry, the record is prepared for download, and the report says so. ')}
            {counts.entry > 0 &&
              (plan.provenance === 'stored'
                ? 'Source, payer and your name are stored beside each entry.'
                : 'This chart takes no record of the source beside an entry; the entry itself names the payer.')}
          </p>
        </>
      )}
      <ActionBar status={counts !== undefined && <span className="soft">{barStatus(counts)}</span>}>
        <Button onClick={onBack}>Back to choosing</Button>
        {plan !== undefined && counts !== undefined && (
          <Button variant="primary" onClick={() => onWrite(plan)}>
            {writeLabel(counts, name)}
          </Button>
        )}
      </ActionBar>
    </div>
  )
}

/** Whether it is the chart that takes none of the document's records as entries, and not a rule of ours. */
const isRefused = ({ records, capability }: WritePlan): boolean =>
  records
    .filter(({ tier }) => tier === 'document')
    .every(({ record }) => capability.canCreate(record.resource.resourceType) !== 'yes')

const barStatus = (counts: Readonly<Record<Tier, number>>): string =>
  [
    counts.entry > 0 && plural(counts.entry, 'entry', 'entries'),
    counts.document > 0 && '1 document',
    counts.download > 0 && `${plural(counts.download, 'record')} to download`,
  ]
    .filter(Boolean)
    .join(' · ')

/** After a break the journal knows what was done: it is told before anything is sent again (U14). */
function EarlierRun({ before }: { readonly before: WriteReport }) {
  const count = (...states: readonly RecordState[]): number =>
    before.records.filter(({ state }) => states.includes(state)).length
  const stored = count('written', 'existed', 'in-document')
  const unknown = count('unknown', 'sending')
  if (stored + unknown === 0) return null
  const parts = [stored > 0 && `${stored} written`, unknown > 0 && `${unknown} not certain`]
  return (
    <Notice tone="ask" title={`From an earlier run: ${parts.filter(Boolean).join(', ')}.`}>
      <p>
        Nothing is written twice.
        {unknown > 0 && ' What is not certain is looked up in the chart first.'}
      </p>
    </Notice>
  )
}

interface TierProps {
  readonly plan: WritePlan
  readonly tier: Tier
  readonly title: string
}

function TierPanel({ plan, tier, title }: TierProps) {
  const records = plan.records.filter((record) => record.tier === tier)
  if (records.length === 0) return null
  return (
    <div className="mh-section">
      <Panel title={title}>
        <ul className="mh-list">
          {records.map((planned) => (
            <PlanRow key={planned.record.key} planned={planned} />
          ))}
        </ul>
        {tier !== 'entry' && <DocumentPreview plan={plan} records={records} />}
      </Panel>
    </div>
  )
}

function DocumentPreview(props: { readonly plan: WritePlan; readonly records: readonly PlannedRecord[] }) {
  const content = chartDocument(
    props.records.map(({ record }) => record),
    props.plan.context,
  )
  return (
    <div className="mh-more small">
      <Disclosure summary="Preview the document">
        <p className="field-hint">A PDF and the records as a FHIR bundle, with this content.</p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by keyboard */}
        <pre className="code" tabIndex={0}>
          {renderText(content)}
        </pre>
      </Disclosure>
    </div>
  )
}
