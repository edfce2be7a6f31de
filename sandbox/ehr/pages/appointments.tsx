/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { AgendaRow } from '../agenda'
import type { Ehr } from '../context'
import { dateText, displayName, familyFirst, timeText } from '../display'
import { searchPatients } from '../patients'
import { allOf, oneOf } from '../records'
import { SERVICES } from '../services'
import { treatsNobody, USERS } from '../users'
import { Layout, type Page } from './layout'

type Given = Readonly<{ [name: string]: string | undefined }>

interface AppointmentsProps {
  readonly ehr: Ehr
  readonly rows: readonly AgendaRow[]
  /** YYYY-MM-DD */
  readonly today: string
  /** What was typed before. */
  readonly given: Given
  readonly problem?: string
}

function Select(props: {
  readonly name: string
  readonly label: string
  readonly given: Given
  readonly options: readonly (readonly [value: string, text: string])[]
}) {
  return (
    <p class="field">
      <label for={`book-${props.name}`}>{props.label}</label>
      <select id={`book-${props.name}`} name={props.name} required>
        {props.options.map(([value, text]) => (
          <option key={value} value={value} selected={props.given[props.name] === value}>
            {text}
          </option>
        ))}
      </select>
    </p>
  )
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}

function BookForm({ ehr, today, given }: AppointmentsProps) {
  const providers = USERS.filter((u) => !treatsNobody(u))
  const places = allOf(ehr.store, 'Location').map((l) => [l.id, displayName(l)] as const)
  return (
    <form method="post" action="/appointments/proposal" class="grid">
      <Select
        name="patient"
        label="Patient"
        given={given}
        options={[
          ['', 'Choose a patient'] as const,
          ...searchPatients(ehr.store, '').map((p) => [p.id, familyFirst(p)] as const),
        ]}
      />
      <Select name="service" label="Service" given={given} options={SERVICES.map((s) => [s.id, s.label])} />
      <Select
        name="practitioner"
        label="With"
        given={given}
        options={providers.map((u) => [u.id, displayName(oneOf(ehr.store, 'Practitioner', u.id))])}
      />
      <p class="field">
        <label for="book-date">Date</label>
        <input id="book-date" name="date" type="date" required value={given.date ?? dayAfter(today)} />
      </p>
      <p class="field">
        <label for="book-time">Time</label>
        <input id="book-time" name="time" type="time" required value={given.time ?? '09:30'} />
      </p>
      <Select name="location" label="Place" given={given} options={places} />
      <p class="buttons">
        <button type="submit">Book</button>
        <span class="hint">The payer is told of the proposed appointment and may answer.</span>
      </p>
    </form>
  )
}

export function AppointmentsPage(props: AppointmentsProps): Page {
  const { rows, problem } = props
  return Layout({
    title: 'Appointments',
    place: 'appointments',
    children: (
      <>
        <h1>Appointments</h1>
        {problem ? (
          <div class="notice problem" role="alert">
            <h2>There is a problem</h2>
            <p>{problem} Nothing was booked and nobody was asked.</p>
          </div>
        ) : null}
        <section class="card" aria-labelledby="book">
          <h2 id="book">Book an appointment</h2>
          <BookForm {...props} />
        </section>
        {rows.length === 0 ? (
          <p class="empty">No appointments.</p>
        ) : (
          <table class="stacking">
            <caption>All appointments</caption>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Patient</th>
                <th scope="col">Service</th>
                <th scope="col">With</th>
                <th scope="col">Place</th>
                <th scope="col">Status</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id} id={row.id}>
                  <td data-label="When">
                    {dateText(row.start)}, {timeText(row.start)}
                  </td>
                  <th scope="row">
                    {row.patientId ? <a href={`/patients/${row.patientId}`}>{row.patient}</a> : row.patient}
                  </th>
                  <td data-label="Service">{row.service}</td>
                  <td data-label="With">{row.practitioner}</td>
                  <td data-label="Place">{row.place}</td>
                  <td data-label="Status">
                    {row.status} {row.isNew ? <span class="new">New</span> : null}
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
