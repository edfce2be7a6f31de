import { type Context, Hono } from 'hono'
import { answer, type Desk } from './answer'
import type { CallerCheck } from './caller'
import type { JsonObject } from './json'
import { readQuestion } from './question'
import { operationOutcome, type Refusal, refuse } from './refusal'

/** What the CDS Hooks routes need. `desk` is asked anew for each call, since the clock and the base URL are part of it. */
export interface CdsOffice {
  readonly services: readonly JsonObject[]
  readonly callers: CallerCheck
  readonly desk: () => Desk
  /** Base URL of this server, without a slash at the end. */
  readonly base: () => string
  readonly seen: Set<string>
}

const refused = (c: Context, { status, code, text }: Refusal) =>
  c.json(operationOutcome('error', code, text), status)

async function readJson(c: Context): Promise<{ readonly body: unknown } | Refusal> {
  if (!/^application\/([\w.]+\+)?json/.test(c.req.header('content-type') ?? ''))
    return refuse(415, 'structure', 'send application/json')
  try {
    return { body: await c.req.json() }
  } catch {
    return refuse(400, 'structure', 'the body is not JSON')
  }
}

/** `GET /cds-services` and `POST /cds-services/{id}` (CDS Hooks 2.0, CRD). */
export function cdsRoutes({ services, callers, desk, base, seen }: CdsOffice): Hono {
  const routes = new Hono()
  const caller = (c: Context, path: string) =>
    callers.verify(c.req.header('authorization'), base() + path, desk().now)

  routes.get('/cds-services', async (c) => {
    const stranger = await caller(c, '/cds-services')
    return stranger ? refused(c, stranger) : c.json({ services })
  })

  routes.post('/cds-services/:id', async (c) => {
    const service = services.find(({ id }) => id === c.req.param('id'))
    if (!service) return refused(c, refuse(404, 'not-found', `there is no service ${c.req.param('id')}`))
    const stranger = await caller(c, `/cds-services/${c.req.param('id')}`)
    if (stranger) return refused(c, stranger)
    const json = await readJson(c)
    if ('status' in json) return refused(c, json)
    const now = desk()
    const read = readQuestion(json.body, {
      payer: now.payer,
      service,
      seen,
      today: now.now.toISOString().slice(0, 10),
    })
    return 'refusal' in read ? refused(c, read.refusal) : c.json(answer(read.question, now))
  })
  return routes
}
