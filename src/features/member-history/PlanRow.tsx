import { useState } from 'react'
import type { DiagnosisSay } from '../../domain/pdex/diagnosis'
import type { RecordKey } from '../../domain/pdex/record'
import type { PlannedRecord, Tier, WritePlan } from '../../domain/pdex/write-plan'
import { Disclosure, formatDate } from '../../ui'
import { DiagnosisSays } from './DiagnosisSays'
import { JsonView } from './JsonView'
import { placeAttributes, type RowPlace } from './virtual-place'

interface Props {
  readonly place: RowPlace
  readonly planned: PlannedRecord
  readonly plan: WritePlan
  readonly onSay: (key: RecordKey, say: DiagnosisSay) => void
}

/** One record of the plan: in which form, why, the exact request, and where it goes if that is refused. */
export function PlanRow({ place, planned, plan, onSay }: Props) {
  const [open, setOpen] = useState(false)
  const { record, tier, reason, told, otherwise, diagnosis } = planned
  const entry = planned.copy === undefined ? planned.entry : undefined
  const type = entry?.resource.resourceType
  return (
    <li className="mh-plan" {...placeAttributes(place)}>
      <div>
        <span className="mh-what">{record.display.what}</span>{' '}
        <span className="soft small">{record.display.codes[0]?.code}</span>
        <p className="soft small">{[...(tier === 'entry' ? [] : [reason]), ...told].join(' ')}</p>
      </div>
      <div className="num">{formatDate(record.display.when)}</div>
      {diagnosis !== undefined && (
        <DiagnosisSays what={record.display.what} say={diagnosis} onSay={(say) => onSay(record.key, say)} />
      )}
      <div className="small">
        <Disclosure summary={entry ? 'What exactly is sent' : "The payer's record"} onToggle={setOpen}>
          {open && (
            <>
              {entry !== undefined && type !== undefined && (
                <p className="field-hint">
                  POST {plan.context.ehrBase}/{type}
                  {plan.capability.conditionalCreate(type) && ', only if it is not there yet'}
                </p>
              )}
              {otherwise.length > 0 && <p className="field-hint">{otherwiseWords(otherwise)}</p>}
              <JsonView value={entry?.resource ?? record.resource} />
            </>
          )}
        </Disclosure>
      </div>
    </li>
  )
}

const TIER_WORDS: Readonly<Record<Tier, string>> = {
  entry: 'an entry',
  document: 'in the attached document',
  download: 'as a file for you to save',
  there: 'in the chart already',
}

const otherwiseWords = (tiers: readonly Tier[]): string =>
  `If the chart refuses it: ${tiers.map((tier) => TIER_WORDS[tier]).join(', else ')}.`
