import { type Context, Hono } from 'hono'
import { agenda, defaultDay } from './agenda'
import { appointmentOf, readBooking } from './booking'
import type { Ehr } from './context'
import { ArmedFaults } from './fault/faults'
import { AppointmentsPage } from './pages/appointments'
import { PayerReplyPage } from './pages/payer-reply'
import { SchedulePage } from './pages/schedule'
import { askPayer } from './payer-call'

/** Front-desk work is done by the person who sits there. */
const BOOKING_USER = 'bell'

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** Appointments: list, form, the payer's reply to a proposal, confirmation; and the day's schedule. */
export function appointmentRoutes(ehr: Ehr): Hono {
  const app = new Hono()
  const form = async (c: Context) => Object.fromEntries(new URLSearchParams(await c.req.text()))
  const today = () => new Date(ehr.now()).toISOString().slice(0, 10)

  app.get('/appointments', (c) =>
    c.html(AppointmentsPage({ ehr, rows: agenda(ehr), today: today(), given: c.req.query() })),
  )

  // The hook is fired by a POST: asking a payer is a disclosure, and a reload must not repeat it unasked.
  app.post('/appointments/proposal', async (c) => {
    const given = await form(c)
    const booking = readBooking(ehr, given)
    if ('problem' in booking) {
      const page = AppointmentsPage({
        ehr,
        rows: agenda(ehr),
        today: today(),
        given,
        problem: booking.problem,
      })
      return c.html(page, 422)
    }
    const reply = await askPayer(ehr, BOOKING_USER, booking.patient, appointmentOf(booking, 'proposed'))
    const openApp = (appContext: string | undefined) =>
      ehr.launches.add({
        personality: 'full',
        user: given.user || 'moreno',
        patient: booking.patient.id,
        fhirContext: [],
        ...(appContext === undefined ? {} : { appContext }),
        appContextAs: 'string',
        needPatientBanner: false,
        faults: new ArmedFaults([]),
      })
    return c.html(PayerReplyPage({ ehr, booking, reply, given, openApp }))
  })

  // A POST, so that who is to be booked stands in no URL.
  app.post('/appointments/change', async (c) =>
    c.html(AppointmentsPage({ ehr, rows: agenda(ehr), today: today(), given: await form(c) })),
  )

  app.post('/appointments', async (c) => {
    const booking = readBooking(ehr, await form(c))
    if ('problem' in booking) return c.redirect('/appointments', 303)
    const appointment = appointmentOf(booking, 'booked')
    ehr.store.create(appointment, appointment.id)
    return c.redirect(`/appointments#${appointment.id}`, 303)
  })

  app.get('/schedule', (c) => {
    const rows = agenda(ehr)
    const asked = c.req.query('date') ?? ''
    const day = DAY.test(asked) ? asked : defaultDay(rows, today())
    return c.html(SchedulePage({ rows: rows.filter((row) => row.start.startsWith(day)), day }))
  })
  return app
}
