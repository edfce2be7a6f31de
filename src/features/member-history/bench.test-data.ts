import type { InvocationRecord } from '../../domain/audit'
import type { Page } from '../../domain/fhir/bundle'
import type { FhirJson } from '../../domain/json'
import { reconcile } from '../../domain/pdex/reconcile'
import type { Created, FhirReader, Ports, SearchParams } from '../../domain/ports'
import { fail, ok, type Problem, type Result } from '../../domain/result'
import type { Session } from '../../domain/session'
import type { Site } from '../../domain/site'
import type { Work } from '../work'
import { jane, memberJane, type World } from './world.test-data'

export interface Bench {
  readonly work: Work
  readonly chartWriter: Ports['chartWriter']
  /** Everything that was asked of a payer, in words. */
  readonly payerCalls: string[]
  readonly created: FhirJson[]
  readonly matchParameters: FhirJson[]
  /** What was put into the log. */
  readonly kept: InvocationRecord[]
}

const page = (matches: readonly FhirJson[], next?: string, total = matches.length): Result<Page> =>
  ok({
    matches,
    includes: [],
    outcomes: [],
    unreadable: 0,
    total,
    ...(next !== undefined && { next }),
  })

const statement = (types: readonly string[], creates: readonly string[]): FhirJson => ({
  resourceType: 'CapabilityStatement',
  fhirVersion: '4.0.1',
  rest: [
    {
      mode: 'server',
      resource: [...new Set([...types, ...creates])].map((type) => ({
        type,
        conditionalCreate: true,
        interaction: [
          { code: 'read' },
          { code: 'search-type' },
          ...(creates.includes(type) ? [{ code: 'create' }] : []),
        ],
        searchParam: [
          { name: 'patient', type: 'reference' },
          { name: 'identifier', type: 'token' },
        ],
      })),
    },
  ],
})

const notFound = (server: string) => fail({ kind: 'http', server, status: 404 } as const)

/** Fake ports at the boundary: an EHR, a payer, a writer, all in memory and answering at once. */
export function makeBench(world: World): Bench {
  const payerCalls: string[] = []
  const created: FhirJson[] = []
  /** Of these, what a search finds: not what was only taken for later. */
  const filed: FhirJson[] = []
  const matchParameters: FhirJson[] = []
  const kept: InvocationRecord[] = []
  const carried: unknown[] = []
  const size = world.pageSize ?? 50

  const payerSearch = async (type: string, offset: number): ReturnType<FhirReader['next']> => {
    payerCalls.push(`${type} ${offset}`)
    await world.gate?.()
    const held = world.records[type] ?? []
    if (!Array.isArray(held)) return fail(held as Problem)
    const records = held as readonly FhirJson[]
    const more = offset + size < records.length
    const next = more ? `https://payer.example/fhir?${type}&${offset + size}` : undefined
    return page(records.slice(offset, offset + size), next, records.length)
  }
  const payerReader: FhirReader = {
    name: 'Acme Health',
    base: 'https://payer.example/fhir',
    capability: async () => ok(statement(Object.keys(world.records), [])),
    read: async (type, id) => {
      payerCalls.push(`${type}/${id}`)
      return type === 'Patient' ? ok(world.member ?? memberJane) : notFound('Acme Health')
    },
    search: async (type) => {
      if (type !== 'Patient') return payerSearch(type, 0)
      payerCalls.push('Patient')
      return page([world.member ?? memberJane])
    },
    next: (url) => {
      const [type = '', offset = '0'] = url.split('?')[1]?.split('&') ?? []
      return payerSearch(type, Number(offset))
    },
  }
  const search = async (type: string, params: SearchParams) => {
    if (type === 'Coverage')
      return world.coverageProblem ? fail(world.coverageProblem) : page(world.coverages)
    const held = world.chart?.[type] ?? []
    if (!Array.isArray(held)) return fail(held as Problem)
    const token = params.find(([name]) => name === 'identifier')?.[1]
    const found = filed.filter(
      (r) =>
        r.resourceType === type &&
        token !== undefined &&
        token.split(',').some((one) => JSON.stringify(r).includes(one.split('|')[1] ?? '?')),
    )
    // What was created has no id of its own here: its place among all is one.
    const named = found.map((r) => ({ id: String(filed.indexOf(r) + 1), ...r }))
    const documents = type === 'DocumentReference' ? filed.filter((r) => r.resourceType === type) : []
    const all = [...(held as readonly FhirJson[]), ...documents.map((r) => ({ id: 'new', ...r }))]
    return page(token === undefined ? all : named)
  }
  const session: Session = {
    key: 'launch-1',
    ehrName: 'Lakeside EHR',
    fhirBase: 'https://ehr.example/fhir',
    patientId: 'p1',
    fhirUser: 'Practitioner/dr',
    scopes: world.scopes ?? ['patient/*.cruds', 'user/*.cruds'],
    fhirContext: [],
    needPatientBanner: true,
    ...(world.appContext !== undefined && { appContext: world.appContext }),
  }
  const site: Site = {
    ...(world.presets && { memberHistory: { presets: world.presets } }),
    issuers: [],
    payers: world.payers,
    presets: {
      orders: [],
      valueSets: {
        ServiceRequest: [],
        DeviceRequest: [],
        MedicationRequest: [],
        NutritionOrder: [],
        VisionPrescription: [],
        CommunicationRequest: [],
      },
    },
    policy: { slowAfterMs: 5000, stopAfterMs: 10_000, technicalDetails: false, maxRequestBytes: 1_000_000 },
  }
  const drafts = new Map<string, unknown>()
  const journals = new Map<string, unknown>()
  const never = (): never => {
    throw new Error('not used by member history')
  }
  const work: Work = {
    session,
    site,
    chart: {
      patient: jane,
      user: { resourceType: 'Practitioner', id: 'dr', name: [{ family: 'Lee', given: ['Ann'] }] },
    },
    ports: {
      ehr: {
        name: 'Lakeside EHR',
        base: session.fhirBase,
        capability: async () =>
          world.capabilityProblem
            ? fail(world.capabilityProblem)
            : ok(statement(['Coverage', ...Object.keys(world.chart ?? {})], world.creates)),
        // What was written is found where its Location said.
        read: async (type, id) => {
          const kept = created.findLast((r) => r.resourceType === type)
          return kept !== undefined ? ok({ ...kept, id }) : notFound('Lakeside EHR')
        },
        search,
        next: never,
        expand: never,
      },
      cds: world.cds ?? {
        discover: never,
        invoke: never,
        feedback: never,
        wellKnown: async () => world.wellKnown ?? never(),
      },
      ...(world.payerSignIn && { payerSignIn: world.payerSignIn }),
      payers: {
        access: (payer) =>
          payer.authorization === 'launch' || payer.authorization === 'smart'
            ? { kind: payer.authorization, isHeld: carried.length > 0 }
            : { kind: payer.authorization },
        carry: (appContext) => void carried.push(appContext),
        reader: () => ok(payerReader),
        memberMatch: async (_payer, parameters) => {
          payerCalls.push('$member-match')
          matchParameters.push(parameters)
          return typeof world.match === 'function' ? world.match() : world.match
        },
      },
      clock: {
        now: () => Date.parse('2026-11-20T15:32:00Z'),
        after: (ms, run) => {
          // Waits of the domain pass at once.
          const timer = setTimeout(run, Math.min(ms, 5))
          return () => clearTimeout(timer)
        },
      },
      newId: () => '00000000-0000-4000-8000-000000000001',
      journal: {
        load: async (key) => journals.get(key),
        save: async (key, journal) => void journals.set(key, structuredClone(journal)),
      },
      drafts: { load: (name) => drafts.get(name), save: (name, draft) => void drafts.set(name, draft) },
      audit: {
        keep: async (record) => void kept.push(record),
        list: never,
        open: never,
        remove: never,
        end: never,
      },
      preferences: world.preferences ?? { load: () => undefined, save: () => {}, isDurable: () => true },
      fhirPath: { evaluate: never },
      comparison: { compare: async (compared) => world.comparison?.() ?? ok(reconcile(compared)) },
      pdf: { render: async () => world.pdf ?? ok(new Uint8Array([37, 80, 68, 70])) },
      digest: async (_algorithm, bytes) => btoa(String(bytes.length)),
    },
  }
  return {
    work,
    payerCalls,
    created,
    matchParameters,
    kept,
    chartWriter: {
      create: async (resource) => {
        const answer: Result<Created> =
          (await world.create?.(resource)) ?? ok({ isNew: true, reference: `${resource.resourceType}/new` })
        if (answer.ok) created.push(resource)
        if (answer.ok && answer.value.isAccepted !== true) filed.push(resource)
        return answer
      },
    },
  }
}
