import { type Context, Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import { CLIENTS } from './clients'
import { type Ehr, fhirBase } from './context'
import { loadBusyDay } from './front-desk/busy'
import { type LaunchLink, readLaunchLink } from './launch-link'
import { ErrorPage } from './pages/error-page'
import { FramePage } from './pages/frame'
import { LinkPage } from './pages/link'
import { oneOf } from './records'
import { STANDALONE_COOKIE } from './smart/authorize'
import type { Launch } from './smart/launches'

const FAULT_DOOR_MS = 3000

/** Hands faults on to every payer. Answers who did not take them. */
async function setPayerFaults(ehr: Ehr, link: LaunchLink): Promise<readonly string[]> {
  const calls = ehr.payers.flatMap((payer) => link.payerFaults.map((fault) => ({ payer, fault })))
  const refused = await Promise.all(
    calls.map(async ({ payer, fault }) => {
      const body = JSON.stringify({ fault, ...(link.patient ? { patient: link.patient } : {}) })
      const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body }
      const taken = await fetch(`${payer}/_faults`, {
        ...init,
        signal: AbortSignal.timeout(FAULT_DOOR_MS),
      }).then(
        (response) => response.ok,
        () => false,
      )
      return taken ? [] : [`${fault} at ${payer}`]
    }),
  )
  return refused.flat()
}

/** The app's address for this launch: SMART's `iss` and, in an EHR launch, `launch`. */
function appUrl(ehr: Ehr, launch: Launch, standalone: boolean): string {
  const path = CLIENTS[0]?.launchPath ?? '/'
  const url = new URL(`${ehr.app}${path}`)
  url.searchParams.set('iss', fhirBase(ehr, launch.personality))
  if (!standalone) url.searchParams.set('launch', launch.id)
  return url.href
}

/** `/launch`, which makes a launch and opens the app, and `/launch-link`, which shows the link to do so. */
export function launchRoutes(ehr: Ehr): Hono {
  const app = new Hono()
  const bad = (c: Context, message: string, status: 400 | 502) =>
    c.html(ErrorPage({ title: 'This launch link does not work', message }), status)

  const framed = (c: Context, launch: Launch, url: string, frame: NonNullable<LaunchLink['frame']>) => {
    const patient = launch.patient === undefined ? undefined : oneOf(ehr.store, 'Patient', launch.patient)
    return c.html(FramePage({ ehr, url, patient, launch, frame }))
  }

  app.get('/launch', async (c) => {
    const link = readLaunchLink(ehr, c.req.query())
    if ('problem' in link) return bad(c, link.problem, 400)
    const refused = await setPayerFaults(ehr, link)
    if (refused.length > 0) return bad(c, `Not taken by the payer: ${refused.join('; ')}.`, 502)
    if (link.busy) loadBusyDay(ehr.store, link.busy)
    const launch = ehr.launches.add(link.launch)
    // A standalone launch carries nothing of ours, so what was asked for waits here for the authorization request.
    if (link.standalone)
      setCookie(c, STANDALONE_COOKIE, launch.id, { httpOnly: true, sameSite: 'Lax', path: '/', maxAge: 600 })
    const url = appUrl(ehr, launch, link.standalone)
    if (link.frame === undefined) return c.redirect(url)
    return framed(c, launch, url, link.frame)
  })

  // A launch that a page of ours has made already: a card's smart link.
  app.get('/launches/:id', (c) => {
    const launch = ehr.launches.find(c.req.param('id'))
    if (launch === undefined)
      return bad(c, 'It is unknown or too old. Open the app again from the chart.', 400)
    return framed(c, launch, appUrl(ehr, launch, false), { strict: false })
  })

  app.get('/launch-link', (c) => {
    const given = Object.entries(c.req.query()).filter(([, value]) => value !== '')
    const url = `${ehr.url}/launch?${new URLSearchParams(given)}`
    return c.html(LinkPage({ url, patient: c.req.query('patient') }))
  })
  return app
}
