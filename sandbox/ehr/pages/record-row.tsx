/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { ChartRow } from '../chart'
import { dateText, timeText } from '../display'
import type { Origin } from '../provenance'
import { DocumentContents } from './document-contents'

/** "Source: Acme Health, via Beforehand". */
function OriginLine({ origin }: { readonly origin: Origin }) {
  return (
    <p class="origin">
      Source: {origin.source}
      {origin.via ? `, via ${origin.via}` : ''}
    </p>
  )
}

/** When a record arrived here: "New, 14:05". */
export function NewMark({ writtenAt }: { readonly writtenAt: string }) {
  return (
    <span class="new">
      New, <time datetime={writtenAt}>{timeText(writtenAt)} UTC</time>
    </span>
  )
}

export function RecordRow({ row, patient }: { readonly row: ChartRow; readonly patient: string }) {
  const { record, summary } = row
  const facts = [dateText(summary.when), summary.status, summary.who].filter(Boolean)
  return (
    <li>
      <div class="what">
        <a href={`/patients/${patient}/records/${row.reference}`}>{summary.what}</a>
        {row.writtenAt ? <NewMark writtenAt={row.writtenAt} /> : null}
      </div>
      {summary.detail ? <p class="detail">{summary.detail}</p> : null}
      {facts.length > 0 ? <p class="facts">{facts.join(' · ')}</p> : null}
      {record.resourceType === 'DocumentReference' ? (
        <DocumentContents document={record} id={record.id} />
      ) : null}
      {row.origins.map((origin) => (
        <OriginLine key={origin.recorded} origin={origin} />
      ))}
    </li>
  )
}
