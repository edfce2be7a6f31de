import { useState } from 'react'
import type { HistoryRecord } from '../../domain/pdex/record'
import { formatDate } from '../../ui'

const AT_MOST = 200

/** What the chart has and the payer did not send: to be seen, never to be chosen. Folded with its count (U11). */
export function ChartOnly({
  name,
  records,
}: {
  readonly name: string
  readonly records: readonly HistoryRecord[]
}) {
  const [open, setOpen] = useState(false)
  const left = records.length - AT_MOST
  return (
    <details className="mh-fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        Only in chart <span className="soft">{records.length}</span>
      </summary>
      {open && (
        <ul className="mh-list" aria-label={`${name}, only in chart`}>
          {records.slice(0, AT_MOST).map(({ key, display }) => (
            <li key={key} className="mh-chart-row">
              <div>
                <span className="mh-what">{display.what}</span>{' '}
                <span className="soft small">{display.detail}</span>
              </div>
              <div className="num">{formatDate(display.when)}</div>
              <div className="soft">{display.status ?? 'status not stated'}</div>
            </li>
          ))}
          {left > 0 && <li className="mh-more soft small">{left} more are in the chart.</li>}
        </ul>
      )}
    </details>
  )
}
