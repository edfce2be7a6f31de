/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Ehr } from '../context'
import { dateText, familyFirst, medicalRecordNumber, otherNames } from '../display'
import { activeCoverages, payerName, searchPatients } from '../patients'
import { Layout, type Page } from './layout'

/** The first page: everybody, or those whose name or number fits. */
export function PatientsPage({ ehr, words }: { readonly ehr: Ehr; readonly words: string }): Page {
  const found = searchPatients(ehr.store, words)
  return Layout({
    title: 'Patients',
    place: 'patients',
    children: (
      <>
        <h1>Patients</h1>
        <search>
          <form method="get" action="/" class="search">
            <label for="q">Name or record number</label>
            <div class="with-button">
              <input id="q" name="q" type="search" value={words} autocomplete="off" />
              <button type="submit" class="secondary">
                Search
              </button>
            </div>
          </form>
        </search>
        {found.length === 0 ? (
          <p class="empty">
            No patient is called that. <a href="/">Show all patients</a>
          </p>
        ) : (
          <table class="stacking">
            <caption>{found.length === 1 ? '1 patient' : `${found.length} patients`}</caption>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Born</th>
                <th scope="col">MRN</th>
                <th scope="col">Coverage</th>
              </tr>
            </thead>
            <tbody>
              {found.map((patient) => (
                <tr key={patient.id}>
                  <th scope="row">
                    <a href={`/patients/${patient.id}`}>{familyFirst(patient)}</a>
                    {otherNames(patient).map((name) => (
                      <span key={name} class="also">
                        {' '}
                        {name}
                      </span>
                    ))}
                  </th>
                  <td data-label="Born">{dateText(patient.birthDate) ?? 'Not known'}</td>
                  <td data-label="MRN">{medicalRecordNumber(patient)}</td>
                  <td data-label="Coverage">
                    {activeCoverages(ehr, patient.id)
                      .map((c) => payerName(ehr.store, c))
                      .join(', ') || 'None active'}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </>
    ),
  })
}
