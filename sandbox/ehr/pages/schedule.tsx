/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { AgendaRow } from '../agenda'
import { dateText, timeText } from '../display'
import { Layout, type Page } from './layout'

function shifted(day: string, days: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

function launchLink(row: AgendaRow): string {
  const query = new URLSearchParams({
    patient: row.patientId ?? '',
    appointment: row.id,
    intent: 'front-desk',
    user: 'bell',
    frame: '1',
  })
  return `/launch?${query}`
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
        {rows.length === 0 ? (
          <p class="empty">Nobody is booked on this day.</p>
        ) : (
          <table class="stacking">
            <caption>{rows.length === 1 ? '1 appointment' : `${rows.length} appointments`}</caption>
            <thead>
              <tr>
                <th scope="col">Time</th>
                <th scope="col">Patient</th>
                <th scope="col">Service</th>
                <th scope="col">With</th>
                <th scope="col">Place</th>
                <th scope="col">Coverage</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <td data-label="Time">{timeText(row.start) ?? 'All day'}</td>
                  <th scope="row">{row.patient}</th>
                  <td data-label="Service">{row.service}</td>
                  <td data-label="With">{row.practitioner}</td>
                  <td data-label="Place">{row.place}</td>
                  <td data-label="Coverage">
                    {row.patientId ? (
                      <a href={launchLink(row)}>
                        Is it covered?
                        <span class="visually-hidden">
                          {' '}
                          {row.service} for {row.patient}
                        </span>
                      </a>
                    ) : null}
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
