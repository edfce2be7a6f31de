import { type Context, Hono } from 'hono'
import { answer, type Desk } from './answer'
import type { CallerCheck } from './caller'
import { checkFeedback, type GivenCards } from './feedback'
import { isObject, type JsonObject } from './json'
import { readQuestion } from './question'
import { readBack } from './read-back'
import { operationOutcome, type Refusal, refuse } from './refusal'

/** What the CDS Hooks routes need. `desk` is asked anew for each call, since the clock and the base URL are part of it. */
export interface CdsOffice {
  readonly services: readonly JsonObject[]
  readonly callers: CallerCheck
  readonly desk: () => Desk
  /** Base URL of this server, without a slash at the end. */
  readonly base: () => string
  readonly seen: Set<string>
  /** Origins of sites that it knows, where it may read. */
  readonly sites: readonly string[]
  /** The cards given so far, where the payer takes feedback. */
  readonly given: GivenCards | undefined
}

const refused = (c: Context, { status, code, text }: Refusal) =>
  c.json(operationOutcome('error', code, text), status)

/** No element of FHIR or CDS Hooks has such a name; an object that has could not even be turned into text. */
const METHODS: ReadonlySet<string> = new Set(['toString', 'valueOf', 'toJSON'])

function withoutMethods(key: string, value: unknown): unknown {
  if (METHODS.has(key)) throw new SyntaxError(`an element is called ${key}`)
  return value
}

async function readJson(c: Context): Promise<{ readonly body: unknown } | Refusal> {
  if (!/^application\/([\w.]+\+)?json/.test(c.req.header('content-type') ?? ''))
    return refuse(415, 'structure', 'send application/json')
  try {
    return { body: JSON.parse(await c.req.text(), withoutMethods) }
  } catch {
    return refuse(400, 'structure', 'the body is not JSON')
  }
}

/** `GET /cds-services`, `POST /cds-services/{id}` and `POST /cds-services/{id}/feedback` (CDS Hooks 2.0, CRD). */
export function cdsRoutes({ services, callers, desk, base, seen, sites, given }: CdsOffice): Hono {
  const routes = new Hono()
  const caller = (c: Context, path: string) =>
    callers.verify(c.req.header('authorization'), base() + path, desk().now, c.req.header('origin'))

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
    if ('refusal' in read) return refused(c, read.refusal)
    if (isObject(json.body)) await readBack(json.body, sites)
    const response = answer(read.question, now)
    given?.remember(c.req.param('id'), response.cards)
    return c.json(response)
  })

  routes.post('/cds-services/:id/feedback', async (c) => {
    const { id } = c.req.param()
    if (!given || !services.some((service) => service.id === id))
      return refused(c, refuse(404, 'not-found', `no feedback is taken at ${c.req.path}`))
    const stranger = await caller(c, `/cds-services/${id}/feedback`)
    if (stranger) return refused(c, stranger)
    const json = await readJson(c)
    if ('status' in json) return refused(c, json)
    const refusal = checkFeedback(json.body, id, given)
    return refusal ? refused(c, refusal) : c.body(null, 200)
  })
  return routes
}
