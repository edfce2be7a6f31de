import { memo } from 'react'
import type { Judgement } from '../../domain/pdex/reconcile'
import type { HistoryRecord } from '../../domain/pdex/record'
import { Diff, formatDate, StateTag } from '../../ui'
import './record-detail.css'
import { RecordSource } from './RecordSource'
import { cautionWords, holdWords, originWords } from './reading-words'
import { SearchMark } from './SearchMark'
import { placeAttributes, type RowPlace } from './virtual-place'

interface Props extends CellsProps {
  readonly place?: RowPlace
}

interface CellsProps {
  readonly record: HistoryRecord
  /** Absent where it was not compared with the chart. */
  readonly judgement: Judgement | undefined
  readonly payerName: string
  readonly chosen: boolean
  readonly onToggle: (record: HistoryRecord) => void
}

/** One record: what, when, who, source, status, and behind "Details" exactly what the payer sent. */
export function RecordRow({ place, ...cells }: Props) {
  return (
    <li className="mh-row" data-chosen={cells.chosen} {...(place && placeAttributes(place))}>
      <Cells {...cells} />
    </li>
  )
}

const Cells = memo(function Cells({ record, judgement, payerName, chosen, onToggle }: CellsProps) {
  const { display, provenance, hold, caution } = record
  const when = formatDate(display.when)
  return (
    <>
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
        {display.detail !== undefined && <p className="soft small mh-detail">{display.detail}</p>}
        <SearchMark recordKey={record.key} />
        {hold !== undefined && <p className="small">{holdWords[hold]}</p>}
        {caution !== undefined && <p className="small">{cautionWords[caution]}</p>}
        {judgement !== undefined && <Verdict judgement={judgement} payerName={payerName} />}
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
    </>
  )
})

/** Why it stands where it stands, and both sides field by field. */
function Verdict({ judgement, payerName }: { readonly judgement: Judgement; readonly payerName: string }) {
  const { reason, differences } = judgement
  const rows = differences.map(({ label, payer, chart }) => ({ label, before: chart, after: payer }))
  return (
    <>
      <p className="soft small">{reason}</p>
      {rows.length > 0 && <Diff rows={rows} beforeName="Chart" afterName={payerName} />}
    </>
  )
}
