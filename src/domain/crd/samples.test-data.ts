import type { FhirJson } from '../json'
import type { Payer } from '../payer-directory'
import type { CdsPort, Clock, EhrPort } from '../ports'
import { fail, ok, type Result } from '../result'
import { type AskWorld, type PreparedQuestion, prepare } from './ask'
import type { CdsService } from './discovery'
import { createPrefetchCache } from './prefetch-cache'
import type { DraftOrder, Scenario } from './scenario'

/** Made-up data and stand-ins for the tests of this folder. */
export const fhirBase = 'https://ehr.example/fhir'

export const acme: Payer = {
  id: 'acme',
  name: 'Acme Health',
  identifiers: [{ system: 'urn:oid:1.2.3', value: 'ACME' }],
  cdsBase: 'https://acme.example/cds',
  authorization: 'open',
}

export const mri: DraftOrder = {
  id: 'draft-1',
  kind: 'ServiceRequest',
  coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '73721', display: 'MRI of the knee' }],
  reasons: [
    {
      reference: 'Condition/c1',
      coding: [
        { system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'M25.561', display: 'Pain in right knee' },
      ],
    },
  ],
  requester: { reference: 'Practitioner/dr1', display: 'Dr. Moreno' },
  billing: [],
  patientPays: false,
}

export const scenario: Scenario = { version: 3, patientId: 'p1', orders: [mri] }

export const coverage: FhirJson = {
  resourceType: 'Coverage',
  id: 'cov1',
  status: 'active',
  beneficiary: { reference: 'Patient/p1' },
  subscriberId: 'M-77',
  payor: [{ reference: 'Organization/org1' }],
}

export const organization: FhirJson = {
  resourceType: 'Organization',
  id: 'org1',
  name: 'Acme',
  identifier: [{ system: 'urn:oid:1.2.3', value: 'ACME' }],
}

export const patient: FhirJson = {
  resourceType: 'Patient',
  id: 'p1',
  name: [{ given: ['Jane'], family: 'Roe' }],
}

const practitioner: FhirJson = { resourceType: 'Practitioner', id: 'dr1' }

export const service: CdsService = {
  id: 'order-sign-crd',
  hook: 'order-sign',
  prefetch: {
    patient: 'Patient/{{context.patientId}}',
    coverage: 'Coverage?patient={{context.patientId}}&status=active',
    practitioners:
      'Practitioner?_id={{context.draftOrders.entry.resource.requester.resolve().ofType(Practitioner).id}}',
  },
  versions: ['2.1', '2.2'],
  configurationOptions: [],
}

/** A chart that holds these resources; `calls` tells what was read. A search finds all of its type, or those of `_id`. */
export function chart(
  resources: readonly FhirJson[] = [patient, coverage, organization, practitioner],
): EhrPort & { readonly calls: string[] } {
  const calls: string[] = []
  const absent = fail({ kind: 'http', server: 'The chart', status: 404 })
  const none = async () => absent
  return {
    calls,
    name: 'The chart',
    base: fhirBase,
    capability: none,
    next: none,
    expand: none,
    async read(type, id) {
      calls.push(`${type}/${id}`)
      const found = resources.find((each) => each.resourceType === type && each.id === id)
      return found === undefined ? absent : ok(found)
    },
    async search(type, params) {
      calls.push(`${type}?${params.map(([name, value]) => `${name}=${value}`).join('&')}`)
      const ids = params.find(([name]) => name === '_id')?.[1].split(',')
      const matches = resources.filter(
        (each) => each.resourceType === type && (ids === undefined || ids.includes(each.id ?? '')),
      )
      return ok({ matches, includes: [], outcomes: [], unreadable: 0 })
    },
  }
}

/** A clock that stands still until told. */
export function fakeClock(): Clock & { readonly advance: (ms: number) => Promise<void> } {
  let time = Date.UTC(2026, 10, 20, 12)
  const timers = new Set<{ readonly at: number; readonly run: () => void }>()
  return {
    now: () => time,
    after(ms, run) {
      const timer = { at: time + ms, run }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    async advance(ms) {
      await settle()
      time += ms
      for (const timer of [...timers].filter((each) => each.at <= time).sort((a, b) => a.at - b.at))
        if (timers.delete(timer)) timer.run()
      await settle()
    },
  }
}

/** Lets everything run that waits for nothing but promises. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 100; turn += 1) await Promise.resolve()
}

/** A payer that offers `service` and answers with what `invoke` gives. `sent`: the bodies it got. */
export function payerOf(
  invoke: (signal: AbortSignal | undefined) => Promise<Result<unknown>>,
): CdsPort & { readonly sent: string[]; readonly discoveries: boolean[] } {
  const sent: string[] = []
  const discoveries: boolean[] = []
  return {
    sent,
    discoveries,
    async discover(_payer, options) {
      discoveries.push(options?.fresh === true)
      return ok({ services: [service], unreadable: 0 })
    },
    invoke(request, options) {
      sent.push(request.body)
      return invoke(options?.signal)
    },
    wellKnown: async () => fail({ kind: 'network', server: 'Acme Health' }),
    feedback: async () => ok(undefined),
  }
}

/** All that asking needs, over these. */
export function worldOf(over: Partial<AskWorld> = {}): AskWorld {
  const ehr = over.ehr ?? chart()
  let last = 0
  return {
    ehr,
    cds: payerOf(async () => ok({ cards: [] })),
    clock: fakeClock(),
    newId: () => {
      last += 1
      return `00000000-0000-4000-8000-00000000000${last}`
    },
    fhirPath: { evaluate: async () => ok([]) },
    session: { fhirBase, patientId: 'p1', fhirUser: 'Practitioner/dr1' },
    patient,
    payers: [acme],
    policy: { slowAfterMs: 5000, stopAfterMs: 10_000, maxRequestBytes: 1_000_000 },
    cache: createPrefetchCache(ehr),
    ...over,
  }
}

/** A coverage-information extension with these parts: name and value[x]. */
export const coverageInformation = (
  ...parts: readonly (readonly [string, Readonly<Record<string, unknown>>])[]
) => ({
  url: 'http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-coverage-information',
  extension: parts.map(([url, value]) => ({ url, ...value })),
})

/** A question that is ready to be asked; throws where it is not. */
export async function prepared(world: AskWorld, question: Scenario = scenario): Promise<PreparedQuestion> {
  const preparation = await prepare(question, world)
  if (preparation.kind !== 'ready') throw new Error(`not ready: ${JSON.stringify(preparation.answer)}`)
  return preparation
}
