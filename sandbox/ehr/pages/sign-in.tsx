/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Patient } from 'fhir/r4'
import type { Client } from '../clients'
import type { Ehr } from '../context'
import { dateText, displayName, familyFirst, medicalRecordNumber, otherNames } from '../display'
import { searchPatients } from '../patients'
import { oneOf } from '../records'
import { USERS, type User } from '../users'
import { EHR_NAME, Layout, type Page } from './layout'

type Parameters = Readonly<Record<string, string>>

interface SignInProps {
  readonly ehr: Ehr
  readonly client: Client
  /** The authorization request as it came, to be handed on. */
  readonly parameters: Parameters
}

/** The authorization request again, as hidden fields, without what this step asks. */
function Carried({
  parameters,
  without,
}: {
  readonly parameters: Parameters
  readonly without: readonly string[]
}) {
  return (
    <>
      {Object.entries(parameters)
        .filter(([name]) => !without.includes(name))
        .map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
    </>
  )
}

function Cancel() {
  return (
    <button type="submit" class="quiet" name="cancel" value="1">
      Cancel
    </button>
  )
}

/** Standalone launch, first step: who is it? */
export function SignInPage({ ehr, client, parameters }: SignInProps): Page {
  return Layout({
    title: 'Sign in',
    children: (
      <section class="card narrow">
        <h1>Sign in to {EHR_NAME}</h1>
        <p>{client.name} wants to open with your rights. This is a sandbox: choose who you are.</p>
        <form method="post">
          <Carried parameters={parameters} without={['sandbox_user', 'cancel']} />
          <ul class="choices">
            {USERS.map((user) => (
              <li key={user.id}>
                <button type="submit" name="sandbox_user" value={user.id}>
                  <strong>{displayName(oneOf(ehr.store, 'Practitioner', user.id))}</strong>
                  <span>{user.role}</span>
                </button>
              </li>
            ))}
          </ul>
          <Cancel />
        </form>
      </section>
    ),
  })
}

function PatientChoice({ patient }: { readonly patient: Patient & { readonly id: string } }) {
  return (
    <li>
      <button type="submit" name="sandbox_patient" value={patient.id}>
        <strong>{[familyFirst(patient), ...otherNames(patient)].join(' · ')}</strong>
        <span>
          born {dateText(patient.birthDate) ?? 'not known'} · MRN {medicalRecordNumber(patient)}
        </span>
      </button>
    </li>
  )
}

/** Standalone launch, second step: whose chart? (SMART scope launch/patient.) */
export function PatientPickerPage({
  ehr,
  client,
  user,
  parameters,
}: SignInProps & { readonly user: User }): Page {
  const words = parameters.sandbox_search ?? ''
  const found = searchPatients(ehr.store, words)
  const own = ['sandbox_patient', 'sandbox_search', 'cancel']
  return Layout({
    title: 'Choose a patient',
    children: (
      <section class="card narrow">
        <h1>Choose a patient</h1>
        <p>
          {client.name} opens for one patient. Signed in as{' '}
          {displayName(oneOf(ehr.store, 'Practitioner', user.id))}.
        </p>
        <search>
          <form method="post" class="search">
            <Carried parameters={parameters} without={own} />
            <label for="patient-search">Name or record number</label>
            <div class="with-button">
              <input
                id="patient-search"
                name="sandbox_search"
                type="search"
                value={words}
                autocomplete="off"
              />
              <button type="submit" class="secondary">
                Search
              </button>
            </div>
          </form>
        </search>
        <form method="post">
          <Carried parameters={parameters} without={own} />
          {found.length === 0 ? (
            <p>No patient is called that. Try fewer letters.</p>
          ) : (
            <ul class="choices">
              {found.map((patient) => (
                <PatientChoice key={patient.id} patient={patient} />
              ))}
            </ul>
          )}
          <Cancel />
        </form>
      </section>
    ),
  })
}
