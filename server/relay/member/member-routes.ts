import { Hono } from 'hono'
import type { Site } from '../../../src/domain/site'
import { type Answer, refusal } from '../answers'
import { give, notSignedIn, sessionOf } from '../session-routes'
import type { sessions } from '../sessions'
import type { RecordsAsked } from './member-records'

interface Parts {
  readonly site: Site
  readonly sessions: ReturnType<typeof sessions>
  /** Payers whose records are read through the relay. */
  readonly relayed: ReadonlySet<string>
  readonly records: (asked: RecordsAsked) => Promise<Answer>
  readonly allow: (label: string) => boolean
}

/** Says whose chart is open, for the log. */
const PATIENT_HEADER = 'x-relay-patient'
const ID = /^[A-Za-z0-9\-.]{1,64}$/

/** Payers' FHIR APIs, as the app sees them: below `/payers/{id}/fhir`. */
export function memberRoutes({ site, sessions: all, relayed, records, allow }: Parts): Hono {
  const routes = new Hono()
  routes.all('/payers/:id/fhir/*', async (c) => {
    const session = await sessionOf(all, c)
    if (session === undefined) return notSignedIn(c)
    const payer = site.payers.find(({ id }) => id === c.req.param('id') && relayed.has(id))
    if (payer === undefined)
      return give(
        c,
        refusal(404, 'The records of this payer are not read through this relay. Nothing was sent.'),
      )
    if (!allow(`${session.label} records`))
      return give(
        c,
        refusal(429, 'Too many reads within a minute. Nothing was sent.', { 'Retry-After': '60' }),
      )
    const url = new URL(c.req.url)
    const [, path = ''] = /\/fhir\/(.*)$/.exec(url.pathname) ?? []
    const chartPatient = c.req.header(PATIENT_HEADER)
    const { method } = c.req
    return give(
      c,
      await records({
        payer,
        session,
        method,
        path,
        query: url.searchParams,
        ...(method === 'POST' && { body: await c.req.text() }),
        ...(chartPatient !== undefined && ID.test(chartPatient) && { chartPatient }),
      }),
    )
  })
  return routes
}
