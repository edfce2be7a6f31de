import { memo } from 'react'
import type { HistoryRecord } from '../../domain/pdex/record'
import { formatDate, StateTag } from '../../ui'
import { RecordSource } from './RecordSource'
import { cautionWords, holdWords, originWords } from './reading-words'

export { JsonView } from './JsonView'

interface Props {
  readonly record: HistoryRecord
  readonly chosen: boolean
  readonly onToggle: (record: HistoryRecord) => void
}

/** One record: what, when, who, source, status, and behind "Details" exactly what the payer sent. */
export const RecordRow = memo(function RecordRow({ record, chosen, onToggle }: Props) {
  const { display, provenance, hold, caution } = record
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
        {caution !== undefined && <p className="small">{cautionWords[caution]}</p>}
        <RecordSource record={record} />
      </div>
      <div className="num">{when}</div>
      <div>
        {display.who ?? provenance.author ?? 'Who: not stated'}
        <p className="soft small">{originWords[provenance.origin]}</p>
      </div>
      <div>
        <StateTag tone={hold === undefined && caution === undefined ? 'mute' : 'ask'}>
          {display.status ?? 'status not stated'}
        </StateTag>
      </div>
    </li>
  )
})
