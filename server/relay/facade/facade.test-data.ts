import { afterEach, beforeEach } from 'vitest'
import type { JsonObject } from '../../../src/domain/json'
import type { Database } from '../database'
import { browser, testEhr, testPayer, testRelay } from '../world.test-data'

interface FhirAuthorization {
  readonly access_token: string
  readonly expires_in: number
  readonly scope: string
}
export interface Invocation {
  readonly fhirServer: string
  readonly fhirAuthorization: FhirAuthorization
  readonly hookInstance: string
}

export const order = {
  resourceType: 'ServiceRequest',
  id: 'draft-1',
  status: 'draft',
  intent: 'order',
  subject: { reference: 'Patient/jane' },
  requester: { reference: 'PractitionerRole/role-1' },
}
const role = {
  resourceType: 'PractitionerRole',
  id: 'role-1',
  practitioner: { reference: 'Practitioner/dora' },
  organization: { reference: 'Organization/clinic' },
}
export const question = (hookInstance: string, ehr: string, more: JsonObject = {}) => ({
  hook: 'order-sign',
  hookInstance,
  fhirServer: ehr,
  context: {
    userId: 'Practitioner/dora',
    patientId: 'jane',
    draftOrders: { resourceType: 'Bundle', type: 'collection', entry: [{ resource: order }] },
  },
  prefetch: {
    patient: { resourceType: 'Patient', id: 'jane', identifier: [{ system: 'urn:mrn', value: '7' }] },
    coverage: {
      resourceType: 'Bundle',
      type: 'searchset',
      entry: [
        {
          resource: {
            resourceType: 'Coverage',
            id: 'cov-1',
            status: 'active',
            beneficiary: { reference: `${ehr}/Patient/jane` },
          },
        },
        { resource: { resourceType: 'Coverage', id: 'cov-0', status: 'cancelled' } },
      ],
    },
    roles: {
      resourceType: 'Bundle',
      type: 'searchset',
      entry: [{ resource: role }, { resource: { resourceType: 'Practitioner', id: 'dora' } }],
    },
    nothing: null,
  },
  ...more,
})

/** One read as the payer makes it. */
export async function read(
  { fhirServer, fhirAuthorization }: Pick<Invocation, 'fhirServer'> & Partial<Invocation>,
  path: string,
  init: RequestInit = {},
) {
  const token = fhirAuthorization?.access_token
  const answer = await fetch(`${fhirServer}/${path}`, {
    ...init,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  })
  return { status: answer.status, headers: answer.headers, json: (await answer.json()) as JsonObject }
}
export const ids = (json: JsonObject | undefined): readonly string[] =>
  ((json?.entry ?? []) as { resource: { resourceType: string; id: string } }[]).map(
    ({ resource }) => `${resource.resourceType}/${resource.id}`,
  )

/** An EHR, a payer's service that reads, and a relay, for each test. */
export function facadeWorlds(fresh: () => Promise<Database>) {
  const closing: (() => Promise<unknown>)[] = []
  let ehr: Awaited<ReturnType<typeof testEhr>>
  beforeEach(async () => {
    ehr = await testEhr()
    closing.push(ehr.close)
  })
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  /** A payer's service that reads `paths` before it answers, as a foreign program would. */
  return async function world(
    paths: readonly string[] = [],
    settings: Readonly<Record<string, unknown>> = { reads: true },
  ) {
    const asked: (Invocation & JsonObject)[] = []
    const got: { readonly status: number; readonly json: JsonObject }[] = []
    const payer = await testPayer(async ({ body }, response) => {
      const invocation = JSON.parse(body) as Invocation & JsonObject
      asked.push(invocation)
      for (const path of paths) got.push(await read(invocation, path))
      response.end(JSON.stringify({ cards: [] }))
    })
    const database = await fresh()
    const start = (folder?: string) =>
      testRelay({
        ehr: ehr.fhirBase,
        payers: [{ id: 'acme', cdsBase: `${payer.url}/cds`, settings }],
        database,
        ...(folder !== undefined && { folder }),
      })
    const relay = await start()
    const page = browser(relay.url)
    const session = await page.signIn(ehr)
    closing.push(payer.close, () => relay.close())
    const ask = (hookInstance: string, more?: JsonObject) =>
      page.call('POST', '/payers/acme/cds/cds-services/order-sign', {
        session,
        body: question(hookInstance, ehr.fhirBase, more),
      })
    const reads = async (hookInstance: string, label = session) => {
      const answer = await page.call('GET', `/invocations/${hookInstance}/reads`, { session: label })
      return (await answer.json()) as { readonly reads: readonly JsonObject[] }
    }
    return {
      ehr,
      database,
      start,
      relay,
      asked,
      got,
      ask,
      reads,
      signIn: () => page.signIn(ehr),
      closeAfter: (close: () => Promise<unknown>) => void closing.push(close),
    }
  }
}
