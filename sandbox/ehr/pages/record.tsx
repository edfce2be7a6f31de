/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { ChartRow } from '../chart'
import type { Ehr } from '../context'
import { dateText, timeText } from '../display'
import { provenanceOf } from '../provenance'
import type { Record } from '../records'
import { DocumentContents } from './document-contents'
import { Layout, type Page } from './layout'
import { PatientHeader } from './patient-header'
import { NewMark } from './record-row'

interface RecordPageProps {
  readonly ehr: Ehr
  readonly patient: Record<'Patient'>
  readonly row: ChartRow
}

function Origins({ ehr, patient, row }: RecordPageProps) {
  const recorded = provenanceOf(ehr.store, patient.id, row.reference)
  return (
    <section class="card" aria-labelledby="provenance">
      <h2 id="provenance">Where it came from</h2>
      {row.origins.length === 0 ? (
        <p class="empty">Recorded here. No provenance is on file.</p>
      ) : (
        <ul class="records">
          {row.origins.map((origin, index) => (
            <li key={origin.recorded}>
              <p>
                <strong>{origin.source}</strong>
                {origin.via ? `, via ${origin.via}` : ''}
                {origin.by ? `, accepted by ${origin.by}` : ''}
              </p>
              <p class="facts">
                recorded {dateText(origin.recorded)} {timeText(origin.recorded)} · Provenance/
                {recorded[index]?.id}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** One record: in words, its contents, where it came from, and as stored. */
export function RecordPage({ ehr, patient, row }: RecordPageProps): Page {
  const { record, summary } = row
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Type', record.resourceType],
    ['When', dateText(summary.when)],
    ['Status', summary.status],
    ['Who', summary.who],
    ['Detail', summary.detail],
    [
      'Version',
      `${record.meta.versionId}, ${dateText(record.meta.lastUpdated)} ${timeText(record.meta.lastUpdated)} UTC`,
    ],
  ]
  return Layout({
    title: 'Record',
    place: 'patients',
    children: (
      <>
        <PatientHeader ehr={ehr} patient={patient} />
        <p>
          <a href={`/patients/${patient.id}`}>Back to the chart</a>
        </p>
        <section class="card" aria-labelledby="record">
          <h2 id="record">
            {summary.what} {row.writtenAt ? <NewMark writtenAt={row.writtenAt} /> : null}
          </h2>
          <dl class="facts-list">
            {facts
              .filter(([, text]) => text !== undefined)
              .map(([term, text]) => (
                <div key={term}>
                  <dt>{term}</dt>
                  <dd>{text}</dd>
                </div>
              ))}
          </dl>
        </section>
        {record.resourceType === 'DocumentReference' ? (
          <section class="card" aria-labelledby="contents">
            <h2 id="contents">Contents</h2>
            <DocumentContents document={record} id={record.id} />
          </section>
        ) : null}
        <Origins ehr={ehr} patient={patient} row={row} />
        <details class="card">
          <summary>As stored</summary>
          {/* A document's bytes are behind its link; here they would bury the rest. */}
          <pre tabindex={0}>
            {JSON.stringify(
              record,
              (key, value) => (key === 'data' && String(value).length > 200 ? '…' : value),
              2,
            )}
          </pre>
        </details>
      </>
    ),
  })
}
