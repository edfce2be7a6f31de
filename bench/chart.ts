import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { findPersonality } from '../sandbox/ehr/personalities'
import { createFhirApp, FhirStore, loadBundles } from '../sandbox/fhir'
import { DATA } from '../sandbox/payer/server'
import { isResource, objects } from '../src/domain/json'

/** A request as the chart got it. Times in milliseconds of one clock. */
export interface ChartRequest {
  readonly path: string
  readonly start: number
  readonly end: number
  /** `Type/id` of each resource in the answer, as often as it is in it. */
  readonly resources: readonly string[]
}

/** The sandbox's charts over HTTP, without sign-in. */
export interface Chart {
  readonly base: string
  /** Empties the list that it gives. */
  readonly taken: () => readonly ChartRequest[]
  close(): void
}

/** The visit in `chartOf`: its people work in roles, so that what CRD's prefetch needs hangs on one another as far as it can. */
export const VISIT = 'bench-visit'

const visit = {
  resourceType: 'Encounter',
  id: VISIT,
  status: 'in-progress',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  type: [{ coding: [{ system: 'http://snomed.info/sct', code: '270427003', display: 'Visit' }] }],
  subject: { reference: 'Patient/jane-roe' },
  participant: [
    { individual: { reference: 'PractitionerRole/osei-lakeside' } },
    { individual: { reference: 'Practitioner/haddad' } },
  ],
  location: [{ location: { reference: 'Location/northside-outpatient' } }],
  serviceProvider: { reference: 'Organization/lakeside-clinic' },
}

/** Starts it on a free port. Each answer takes this long, so that what is asked at the same time is seen to be. */
export async function startChart(delayMs: number): Promise<Chart> {
  const offer = findPersonality('readonly')?.offer
  if (offer === undefined) throw new Error('The sandbox has no chart that is read only.')
  const store = new FhirStore()
  loadBundles(store, join(DATA, 'ehr'))
  store.loadTransaction({ resourceType: 'Bundle', type: 'collection', entry: [{ resource: visit }] })
  let log: ChartRequest[] = []
  let app: Hono | undefined
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const fetch = async (request: Request): Promise<Response> => {
      const start = performance.now()
      await wait(delayMs)
      const response = (await app?.fetch(request)) ?? new Response(null, { status: 503 })
      const { pathname, search } = new URL(request.url)
      const resources = response.ok ? resourcesIn(await response.clone().json()) : []
      log.push({ path: decodeURIComponent(pathname + search), start, end: performance.now(), resources })
      return response
    }
    const listening = serve({ fetch, port: 0, hostname: 'localhost' }, () => resolve(listening))
  })
  const base = `http://localhost:${(server.address() as AddressInfo).port}/fhir`
  const fhir = createFhirApp({ base, store, offer, authorize: () => ({ scopes: ['user/*.rs'] }) })
  app = new Hono().route('/fhir', fhir)
  return {
    base,
    taken() {
      const all = log
      log = []
      return all
    },
    close() {
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
    },
  }
}

const resourcesIn = (json: unknown): readonly string[] =>
  [json, ...objects(json, 'entry').map((entry) => entry.resource)].flatMap((each) =>
    isResource(each) && each.resourceType !== 'Bundle' ? [`${each.resourceType}/${each.id}`] : [],
  )
