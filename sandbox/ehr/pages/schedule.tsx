/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { AgendaRow } from '../agenda'
import { dateText, timeText } from '../display'
import { Layout, type Page } from './layout'

function shifted(day: string, days: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** The app as the front desk opens it: for one appointment, or without a patient for the day. */
function launchLink(row?: AgendaRow): string {
  const about = row ? { patient: row.patientId ?? '', appointment: row.id } : {}
  return `/launch?${new URLSearchParams({ ...about, intent: 'front-desk', user: 'bell', frame: '1' })}`
}

function DayForm({ day }: { readonly day: string }) {
  return (
    <form method="get" action="/schedule" class="row day">
      <a href={`/schedule?date=${shifted(day, -1)}`}>Day before</a>
      <p class="field">
        <label for="date">Day</label>
        <input id="date" name="date" type="date" value={day} />
      </p>
      <button type="submit" class="secondary">
        Show
      </button>
      <a href={`/schedule?date=${shifted(day, 1)}`}>Day after</a>
    </form>
  )
}

function Row({ row }: { readonly row: AgendaRow }) {
  return (
    <tr id={row.id}>
      <td data-label="Time">{timeText(row.start) ?? 'All day'}</td>
      <th scope="row">{row.patient}</th>
      <td data-label="Service">{row.service}</td>
      <td data-label="With">{row.practitioner}</td>
      <td data-label="Place">{row.place}</td>
      <td data-label="Status">{row.status}</td>
      <td data-label="Coverage">
        {row.patientId ? (
          <a href={launchLink(row)}>
            Is it covered?
            <span class="visually-hidden">
              {' '}
              Open Beforehand: {row.service} for {row.patient}
            </span>
          </a>
        ) : null}
      </td>
    </tr>
  )
}

/** One day at the front desk: who comes when, and the question that is asked most. */
export function SchedulePage({
  rows,
  day,
}: {
  readonly rows: readonly AgendaRow[]
  readonly day: string
}): Page {
  return Layout({
    title: 'Schedule',
    place: 'schedule',
    children: (
      <>
        <h1>Schedule, {dateText(day)}</h1>
        <DayForm day={day} />
        <p>
          <a href={launchLink()}>Open Beforehand for the day</a>
        </p>
        {rows.length === 0 ? (
          <p class="empty">Nobody is booked on this day.</p>
        ) : (
          <table class="stacking">
            <caption>{rows.length === 1 ? '1 appointment' : `${rows.length} appointments`}</caption>
            <thead>
              <tr>
                {['Time', 'Patient', 'Service', 'With', 'Place', 'Status', 'Coverage'].map((heading) => (
                  <th key={heading} scope="col">
                    {heading}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row key={row.id} row={row} />
              ))}
            </tbody>
          </table>
        )}
      </>
    ),
  })
}
