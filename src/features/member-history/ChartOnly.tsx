import { useState } from 'react'
import type { HistoryRecord, RecordKey } from '../../domain/pdex/record'
import { formatDate } from '../../ui'
import { RowList } from './virtual-list'
import { placeAttributes } from './virtual-place'

const keyOf = ({ key }: HistoryRecord): RecordKey => key

/** What the chart has and the payer did not send: to be seen, never to be chosen. Folded with its count (U11). */
export function ChartOnly({
  name,
  records,
}: {
  readonly name: string
  readonly records: readonly HistoryRecord[]
}) {
  const [open, setOpen] = useState(false)
  return (
    <details className="mh-fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        Only in chart <span className="soft">{records.length}</span>
      </summary>
      {open && (
        <RowList
          label={`${name}, only in chart`}
          items={records}
          keyOf={keyOf}
          row={({ key, display }, place) => (
            <li key={key} className="mh-chart-row" {...placeAttributes(place)}>
              <div>
                <span className="mh-what">{display.what}</span>{' '}
                <span className="soft small">{display.detail}</span>
              </div>
              <div className="num">{formatDate(display.when)}</div>
              <div className="soft">{display.status ?? 'status not stated'}</div>
            </li>
          )}
        />
      )}
    </details>
  )
}
