import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { cors } from 'hono/cors'
import { expansionOf, outcome, Refusal, type ShippedValueSet } from '../fhir'
import { doors } from '../payer/doors'
import { Faults } from '../payer/fault'
import { faultMiddleware, withoutCors } from '../payer/fault-middleware'
import { RequestLog } from '../request-log'

/** CORS for whoever asks, and no token: what is asked says nothing of a patient, and what is answered is public. */
const FHIR = { 'content-type': 'application/fhir+json; charset=utf-8' }

function refused(c: Context, { status, complaints }: Refusal): Response {
  return c.body(JSON.stringify(outcome(complaints)), status as 400, FHIR)
}

/** A terminology service: `GET /fhir/ValueSet/$expand`, `GET /fhir/metadata`, and the doors `/_log`, `/_reset` and `/_faults`. */
export function terminologyApp(
  valueSets: readonly ShippedValueSet[],
  now: () => Date,
): Hono<{ Bindings: HttpBindings }> {
  const [log, faults] = [new RequestLog(), new Faults()]
  const web = new Hono<{ Bindings: HttpBindings }>()
  web.use(log.middleware)
  web.use(withoutCors(faults))
  web.use(cors({ origin: '*', allowMethods: ['GET', 'OPTIONS'] }))
  web.use(faultMiddleware(faults))
  web.get('/fhir/metadata', (c) =>
    c.body(
      JSON.stringify({
        resourceType: 'CapabilityStatement',
        status: 'active',
        date: now().toISOString(),
        kind: 'instance',
        fhirVersion: '4.0.1',
        format: ['json'],
        implementation: { description: 'Lakeside terminology' },
        rest: [
          {
            mode: 'server',
            resource: [
              {
                type: 'ValueSet',
                operation: [
                  {
                    name: 'expand',
                    definition: 'http://hl7.org/fhir/OperationDefinition/ValueSet-expand',
                  },
                ],
              },
            ],
          },
        ],
      }),
      200,
      FHIR,
    ),
  )
  web.get('/fhir/ValueSet/$expand', (c) => {
    const expansion = expansionOf(valueSets, new URL(c.req.url).searchParams, now())
    return c.body(JSON.stringify(expansion), 200, FHIR)
  })
  web.route(
    '/',
    doors(log, faults, () => undefined),
  )
  web.notFound((c) => refused(c, new Refusal(404, `There is nothing at ${c.req.path} here`)))
  web.onError((error, c) => {
    if (error instanceof Refusal) return refused(c, error)
    console.error('request failed', c.req.method, error)
    return refused(c, new Refusal(500, 'The server failed'))
  })
  return web
}
