/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { SECTIONS, type Section, sectionRows } from '../chart'
import type { Ehr } from '../context'
import type { Record } from '../records'
import { LaunchForm } from './launch-form'
import { Layout, type Page } from './layout'
import { PatientHeader } from './patient-header'
import { RecordRow } from './record-row'

interface ChartProps {
  readonly ehr: Ehr
  readonly patient: Record<'Patient'>
  /** Id of a section to be shown whole. */
  readonly whole?: string | undefined
}

const SHOWN = 25

function ChartSection({
  ehr,
  patient,
  section,
  limit,
}: ChartProps & { readonly section: Section; readonly limit: number }) {
  const { rows, total } = sectionRows(ehr, patient.id, section, limit)
  return (
    <section class="card" aria-labelledby={section.id}>
      <h2 id={section.id}>
        {section.title} <span class="count">{total}</span>
      </h2>
      {total === 0 ? (
        <p class="empty">{section.empty}</p>
      ) : (
        <ul class="records">
          {rows.map((row) => (
            <RecordRow key={row.reference} row={row} patient={patient.id} />
          ))}
        </ul>
      )}
      {total > rows.length ? (
        <p>
          <a href={`/patients/${patient.id}?whole=${section.id}#${section.id}`}>
            Show all {total} <span class="visually-hidden">{section.title.toLowerCase()}</span>
          </a>
        </p>
      ) : null}
    </section>
  )
}

/** A patient's chart: who, the app menu, and what is on file by section. */
export function ChartPage({ ehr, patient, whole }: ChartProps): Page {
  return Layout({
    title: 'Chart',
    place: 'patients',
    children: (
      <>
        <PatientHeader ehr={ehr} patient={patient} />
        <LaunchForm ehr={ehr} patient={patient.id} />
        <nav class="jump" aria-label="Sections of the chart">
          {SECTIONS.map((s) => (
            <a key={s.id} href={`#${s.id}`}>
              {s.title}
            </a>
          ))}
        </nav>
        <div class="sections">
          {SECTIONS.map((section) => (
            <ChartSection
              key={section.id}
              ehr={ehr}
              patient={patient}
              section={section}
              limit={section.id === whole ? Number.POSITIVE_INFINITY : SHOWN}
            />
          ))}
        </div>
      </>
    ),
  })
}
