import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { AuditPort } from '../../domain/audit'
import type { Discovery } from '../../domain/crd/discovery'
import type { ApprovedRequest } from '../../domain/crd/guard'
import type { FhirJson, JsonObject } from '../../domain/json'
import type { Payer } from '../../domain/payer-directory'
import type {
  CallOptions,
  Clock,
  CodeChoice,
  EhrPort,
  PreferencePort,
  SearchParams,
  TerminologyPort,
} from '../../domain/ports'
import { fail, ok, type Result } from '../../domain/result'
import type { LaunchContextItem } from '../../domain/session'
import { AnnounceProvider } from '../../ui'
import { type Work, WorkProvider } from '../work'
import {
  ACME,
  ACME_ORGANIZATION,
  CHART_ORDER,
  COVERAGE,
  DISCOVERY,
  PATIENT,
  PROBLEM,
  USER,
} from './fake-chart'
import { fakeAudit, fakePreferences } from './fake-stores'

/** How the outside world behaves in a test. */
export interface FakeWorld {
  readonly chart: readonly FhirJson[]
  readonly clock: Clock
  readonly discover: () => Promise<Result<Discovery>>
  /** Answers a hook request; the request as the payer gets it. */
  readonly invoke: (request: ApprovedRequest, options?: CallOptions) => Promise<Result<unknown>>
  /** Takes a CDS Hooks feedback. */
  readonly feedback: (payer: Payer, serviceId: string, body: JsonObject) => Promise<Result<void>>
  readonly expand: (valueSet: string, filter: string) => Promise<Result<readonly CodeChoice[]>>
  readonly terminology: TerminologyPort | undefined
  readonly audit: AuditPort
  readonly preferences: PreferencePort
  readonly fhirUser: string | undefined
  readonly draft: unknown
  readonly fhirContext: readonly LaunchContextItem[]
}

const page = (matches: readonly FhirJson[]) => ok({ matches, includes: [], outcomes: [], unreadable: 0 })

function fakeEhr(world: FakeWorld): EhrPort {
  const missing = (): Result<never> => fail({ kind: 'http', server: 'Lakeside EHR', status: 404 })
  const belongs = (resource: FhirJson, params: SearchParams): boolean =>
    params.every(([name, value]) =>
      name === 'name' ? JSON.stringify(resource).toLowerCase().includes(value.toLowerCase()) : true,
    )
  return {
    name: 'Lakeside EHR',
    base: 'https://ehr.example/fhir',
    capability: async () => missing(),
    read: async (type, id) => {
      const found = world.chart.find((each) => each.resourceType === type && each.id === id)
      return found === undefined ? missing() : ok(found)
    },
    search: async (type, params) =>
      page(world.chart.filter((each) => each.resourceType === type && belongs(each, params))),
    next: async () => missing(),
    expand: (valueSet, filter) => world.expand(valueSet, filter),
  }
}

/** The whole chart of a patient of Acme Health, with a payer that says nothing. */
export const fakeWorld = (clock: Clock, changed: Partial<FakeWorld> = {}): FakeWorld => ({
  chart: [PATIENT, USER, COVERAGE, ACME_ORGANIZATION, PROBLEM, CHART_ORDER],
  clock,
  discover: async () => ok(DISCOVERY),
  invoke: async () => ok({ cards: [] }),
  feedback: async () => ok(undefined),
  expand: async (_, filter) =>
    ok(
      [
        {
          system: 'http://www.ama-assn.org/go/cpt',
          code: '72148',
          display: 'MRI lumbar spine without contrast',
        },
        { system: 'http://www.ama-assn.org/go/cpt', code: '74176', display: 'CT abdomen and pelvis' },
      ].filter((choice) => JSON.stringify(choice).toLowerCase().includes(filter.toLowerCase())),
    ),
  terminology: undefined,
  audit: fakeAudit(),
  preferences: fakePreferences(),
  fhirUser: 'Practitioner/dr1',
  draft: undefined,
  fhirContext: [],
  ...changed,
})

/** What a task is given, over a fake world. Nothing here can write. */
export function fakeWork(world: FakeWorld): Work {
  const drafts = new Map<string, unknown>([['what-if', world.draft]])
  const unused = () => Promise.resolve(fail({ kind: 'refused', rule: 'test', message: 'Not used here.' }))
  let ids = 0
  return {
    session: {
      key: 'test',
      ehrName: 'Lakeside EHR',
      fhirBase: 'https://ehr.example/fhir',
      patientId: 'p1',
      ...(world.fhirUser !== undefined && { fhirUser: world.fhirUser }),
      scopes: [],
      fhirContext: world.fhirContext,
      needPatientBanner: true,
    },
    chart: { patient: PATIENT, ...(world.fhirUser !== undefined && { user: USER }) },
    site: {
      issuers: [],
      payers: [
        {
          id: 'acme',
          name: 'Acme Health',
          identifiers: [ACME],
          cdsBase: 'https://acme.example',
          authorization: 'open',
          phone: '800 555 0142',
        },
      ],
      presets: {
        valueSets: {
          ServiceRequest: [],
          DeviceRequest: [],
          MedicationRequest: [],
          NutritionOrder: [],
          VisionPrescription: [],
          CommunicationRequest: [],
        },
        orders: [
          {
            label: 'MRI of the lower back',
            kind: 'ServiceRequest',
            coding: [
              { system: 'http://www.ama-assn.org/go/cpt', code: '72148', display: 'MRI lumbar spine' },
            ],
          },
          {
            label: 'CPAP device',
            kind: 'DeviceRequest',
            coding: [
              {
                system: 'https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets',
                code: 'E0601',
                display: 'CPAP device',
              },
            ],
          },
        ],
      },
      policy: { slowAfterMs: 5000, stopAfterMs: 10000, technicalDetails: false, maxRequestBytes: 2_000_000 },
    },
    ports: {
      ehr: fakeEhr(world),
      cds: { discover: world.discover, invoke: world.invoke, feedback: world.feedback, wellKnown: unused },
      payers: {
        reader: () => fail({ kind: 'refused', rule: 'test', message: 'Not used here.' }),
        memberMatch: unused,
        access: () => ({ kind: 'open' }),
        carry: () => undefined,
      },
      clock: world.clock,
      newId: () => {
        ids += 1
        return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`
      },
      journal: { load: async () => undefined, save: async () => {} },
      drafts: { load: (name) => drafts.get(name), save: (name, draft) => void drafts.set(name, draft) },
      audit: world.audit,
      preferences: world.preferences,
      ...(world.terminology && { terminology: world.terminology }),
      fhirPath: { evaluate: unused },
      pdf: { render: unused },
      comparison: { compare: unused },
      digest: async () => '',
    },
  }
}

/** What the shell puts around a task. */
export function Shell({ work, children }: { readonly work: Work; readonly children: ReactNode }) {
  const [client] = useState(() => new QueryClient())
  return (
    <QueryClientProvider client={client}>
      <AnnounceProvider>
        <WorkProvider value={work}>
          <div>{children}</div>
        </WorkProvider>
      </AnnounceProvider>
    </QueryClientProvider>
  )
}
