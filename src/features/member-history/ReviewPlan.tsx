import { useMemo } from 'react'
import type { DiagnosisSay } from '../../domain/pdex/diagnosis'
import { planCounts } from '../../domain/pdex/plan-counts'
import type { RecordKey } from '../../domain/pdex/record'
import type { RecordState, WriteReport } from '../../domain/pdex/write'
import type { PlannedRecord, Tier, WritePlan } from '../../domain/pdex/write-plan'
import { Notice, Panel } from '../../ui'
import { DocumentPreview } from './DocumentPreview'
import { PlanRow } from './PlanRow'
import { formSentences } from './plan-words'
import { RowList } from './virtual-list'
import { planSentence, plural } from './words'

interface Props {
  readonly plan: WritePlan
  /** What an earlier run of this launch did with these records. */
  readonly before: WriteReport
  readonly onSay: (key: RecordKey, say: DiagnosisSay) => void
}

/** The plan in words: what goes in which form, why, what exactly is sent, and what happens if it is refused (U13). */
export default function ReviewPlan({ plan, before, onSay }: Props) {
  const counts = planCounts(plan)
  const { ehrName } = plan.context
  const documents = plural(counts.document, 'record')
  return (
    <>
      <EarlierRun plan={plan} before={before} />
      <p>
        <strong>{planSentence(counts, ehrName, isRefused(plan))}</strong>
      </p>
      {plan.notices.map((notice) => (
        <p key={notice}>{notice}</p>
      ))}
      <TierPanel plan={plan} tier="entry" title={`${counts.entry} as chart entries`} onSay={onSay} />
      <TierPanel plan={plan} tier="document" title={`${documents} in an attached document`} onSay={onSay} />
      <TierPanel plan={plan} tier="download" title={`${counts.download} to download`} onSay={onSay} />
      <TierPanel plan={plan} tier="there" title={`${counts.there} in the chart already`} onSay={onSay} />
      <p className="small soft">
        {counts.entry > 0 &&
          (plan.fallback === 'document'
            ? 'If the chart refuses an entry, the record goes into the attached document, and the report says so. '
            : 'If the chart refuses an entry, the record is prepared for download, and the report says so. ')}
        {counts.entry > 0 &&
          plan.provenance === 'stored' &&
          'Source, payer and your name are stored beside each entry. '}
        {counts.document > 0 &&
          'The document says of each record who recorded it, who passed it on and when.'}
      </p>
    </>
  )
}

/** Whether it is the chart that takes none of the document's records as entries, and not a rule of ours, or a permission that is missing. */
const isRefused = ({ records, capability }: WritePlan): boolean =>
  records
    .filter(({ tier }) => tier === 'document')
    .every(({ record }) => capability.canCreate(record.resource.resourceType) === 'no-capability')

/** After a break the journal knows what was done: it is told before anything is sent again (U14). */
function EarlierRun({ plan, before }: Pick<Props, 'plan' | 'before'>) {
  // What was found in the chart stands in its own list.
  const there = new Set(plan.records.filter(({ tier }) => tier === 'there').map(({ record }) => record.key))
  const count = (...states: readonly RecordState[]): number =>
    before.records.filter(({ key, state }) => !there.has(key) && states.includes(state)).length
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
  readonly onSay: Props['onSay']
}

const keyOf = ({ record }: PlannedRecord): RecordKey => record.key

function TierPanel({ plan, tier, title, onSay }: TierProps) {
  const records = useMemo(() => plan.records.filter((record) => record.tier === tier), [plan, tier])
  if (records.length === 0) return null
  return (
    <div className="mh-section">
      <Panel title={title}>
        {tier === 'document' && formSentences(plan).map((sentence) => <p key={sentence}>{sentence}</p>)}
        {tier === 'download' && <p>You save them as a PDF, web page, rich text, plain text or FHIR data.</p>}
        {tier === 'there' && <p>Nothing of these is written again.</p>}
        <RowList
          label={title}
          hint="The browser's own search finds only rows near the screen. Arrow keys, Home and End lead from record to record."
          items={records}
          keyOf={keyOf}
          row={(planned, place) => (
            <PlanRow key={planned.record.key} place={place} planned={planned} plan={plan} onSay={onSay} />
          )}
        />
        {(tier === 'document' || tier === 'download') && <DocumentPreview plan={plan} planned={records} />}
      </Panel>
    </div>
  )
}
