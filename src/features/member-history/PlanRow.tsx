import { useState } from 'react'
import type { PlannedRecord } from '../../domain/pdex/write-plan'
import { Disclosure, formatDate } from '../../ui'
import { JsonView } from './RecordRow'

/** One record of the plan: in which form, why, and the exact resource. */
export function PlanRow({ planned }: { readonly planned: PlannedRecord }) {
  const [open, setOpen] = useState(false)
  const { record, reason, told, entry } = planned
  return (
    <li className="mh-plan">
      <div>
        <span className="mh-what">{record.display.what}</span>{' '}
        <span className="soft small">{record.display.codes[0]?.code}</span>
        <p className="soft small">{[reason, ...told].join(' ')}</p>
      </div>
      <div className="num">{formatDate(record.display.when)}</div>
      <div className="small">
        <Disclosure summary={entry ? 'What exactly is sent' : "The payer's record"} onToggle={setOpen}>
          {open && <JsonView value={entry?.resource ?? record.resource} />}
        </Disclosure>
      </div>
    </li>
  )
}
