import { memo, useState } from 'react'
import type { HistoryRecord } from '../../domain/pdex/record'
import { Disclosure, formatDate, StateTag } from '../../ui'
import { holdWords, originWords } from './words'

interface Props {
  readonly record: HistoryRecord
  readonly chosen: boolean
  readonly onToggle: (record: HistoryRecord) => void
}

/** One record: what, when, who, source, status, and behind "Details" exactly what the payer sent. */
export const RecordRow = memo(function RecordRow({ record, chosen, onToggle }: Props) {
  const { display, provenance, hold } = record
  const when = formatDate(display.when)
  return (
    <li className="mh-row" data-chosen={chosen}>
      <label className="mh-pick">
        <input
          type="checkbox"
          checked={chosen}
          onChange={() => onToggle(record)}
          aria-label={`${display.what}, ${when}`}
        />
      </label>
      <div>
        <span className="mh-what">{display.what}</span>{' '}
        <span className="soft small">{display.codes[0]?.code}</span>
        {display.detail !== undefined && <p className="soft small">{display.detail}</p>}
        {hold !== undefined && <p className="small">{holdWords[hold]}</p>}
        <RecordSource record={record} />
      </div>
      <div className="num">{when}</div>
      <div>
        {display.who ?? provenance.author ?? 'Who: not stated'}
        <p className="soft small">{originWords[provenance.origin]}</p>
      </div>
      <div>
        <StateTag tone={hold === undefined ? 'mute' : 'ask'}>
          {display.status ?? 'status not stated'}
        </StateTag>
      </div>
    </li>
  )
})

/** The JSON is made when it is first looked at: a thousand of them would be slow. */
function RecordSource({ record }: { readonly record: HistoryRecord }) {
  const [open, setOpen] = useState(false)
  return (
    <div className="small">
      <Disclosure summary="Details" onToggle={setOpen}>
        {open && <JsonView value={record.resource} />}
      </Disclosure>
    </div>
  )
}

export function JsonView({ value }: { readonly value: unknown }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by keyboard
    <pre className="code" tabIndex={0}>
      {JSON.stringify(value, null, 2)}
    </pre>
  )
}
