import { describe, expect, it } from 'vitest'
import type { FhirJson } from '../json'
import type { EhrPort, FhirPathPort } from '../ports'
import { fail } from '../result'
import type { HookContext } from './hook-request'
import { resolvePrefetch } from './prefetch'
import { createPrefetchCache } from './prefetch-cache'
import { chart, coverage, fhirBase, patient } from './samples.test-data'

const serviceRequest: FhirJson = {
  resourceType: 'ServiceRequest',
  id: 's1',
  status: 'draft',
  requester: { reference: 'PractitionerRole/role1' },
  performer: [
    { reference: `${fhirBase}/Practitioner/dr2` },
    { reference: 'https://elsewhere.example/Practitioner/dr9' },
  ],
  locationReference: [{ reference: 'Location/loc1/_history/3' }],
}
const medicationRequest: FhirJson = {
  resourceType: 'MedicationRequest',
  id: 'm1',
  status: 'draft',
  medicationReference: { reference: 'Medication/med1' },
  requester: { reference: 'Practitioner/dr1' },
  basedOn: [
    {
      extension: [
        {
          url: 'http://hl7.org/fhir/StructureDefinition/alternate-reference',
          valueReference: { reference: 'ServiceRequest/s1' },
        },
      ],
    },
  ],
}
const context: HookContext = {
  userId: 'PractitionerRole/role1',
  patientId: 'p1',
  draftOrders: {
    resourceType: 'Bundle',
    entry: [{ resource: serviceRequest }, { resource: medicationRequest }],
  },
}
const resources: readonly FhirJson[] = [
  patient,
  coverage,
  { resourceType: 'PractitionerRole', id: 'role1', practitioner: { reference: 'Practitioner/dr1' } },
  { resourceType: 'Practitioner', id: 'dr1' },
  { resourceType: 'Practitioner', id: 'dr2' },
  { resourceType: 'Medication', id: 'med1' },
  { resourceType: 'Location', id: 'loc1' },
]

async function resolve(
  templates: Readonly<Record<string, string>>,
  over: { readonly ehr?: EhrPort & { readonly calls: string[] }; readonly fhirPath?: FhirPathPort } = {},
) {
  const ehr = over.ehr ?? chart(resources)
  const result = await resolvePrefetch({
    templates,
    context,
    coverage,
    fhirBase,
    today: '2026-11-20',
    cache: createPrefetchCache(ehr),
    fhirPath: over.fhirPath ?? {
      evaluate: async () => fail({ kind: 'malformed', server: '', path: '', message: 'no engine' }),
    },
  })
  return { ...result, calls: ehr.calls }
}

describe('prefetch templates', () => {
  const queries: readonly (readonly [string, string])[] = [
    ['Patient/{{context.patientId}}', 'Patient/p1'],
    ['Patient/{{%context.patientId}}', 'Patient/p1'],
    ['{{context.userId}}', 'PractitionerRole/role1'],
    ['PractitionerRole/{{userPractitionerRoleId}}', 'PractitionerRole/role1'],
    [
      'Condition?patient={{context.patientId}}&category=problem-list-item',
      'Condition?patient=p1&category=problem-list-item',
    ],
    [
      'Condition?patient=Patient/{{context.patientId}}&code=http%3A%2F%2Fx%7C1',
      'Condition?patient=Patient/p1&code=http://x|1',
    ],
    [
      'Observation?patient={{context.patientId}}&date=gt{{today() - 90 days}}',
      'Observation?patient=p1&date=gt2026-08-22',
    ],
    ['Observation?patient={{context.patientId}}&date={{today()}}', 'Observation?patient=p1&date=2026-11-20'],
    [
      'Medication?_id={{context.draftOrders.entry.resource.ofType(MedicationRequest).medication.resolve().id}}',
      'Medication?_id=med1',
    ],
    [
      'Practitioner?_id={{context.draftOrders.entry.resource.performer.resolve().ofType(Practitioner).id}}',
      'Practitioner?_id=dr2',
    ],
    [
      'Location?_id={{%context.draftOrders.entry.resource.locationReference.resolve().ofType(Location).id}}',
      'Location?_id=loc1',
    ],
    // The guide's own samples forget and double braces.
    [
      'Condition?patient={{%context.patientId}}&clinical-status=active}}',
      'Condition?patient=p1&clinical-status=active',
    ],
    [
      'Location?_id=%context.draftOrders.entry.resource.locationReference.resolve().id}}',
      'Location?_id=loc1',
    ],
    [
      'Location?_id={{%context.draftOrders.entry.resource.locationReference.resolve().id',
      'Location?_id=loc1',
    ],
    [
      'Location?_id={{%encounter.location.id}}|{{%context.draftOrders.entry.resource.locationReference.resolve().id}}',
      'Location?_id=loc1',
    ],
  ]
  it.each(queries)('asks for %s', async (template, query) => {
    const { calls } = await resolve({ key: template })
    expect(calls.at(-1)).toBe(query)
  })

  it('reads into a referenced resource only where the path goes on into it, and lists each id once', async () => {
    const { calls, prefetch } = await resolve({
      practitioners:
        'Practitioner?_id={{context.draftOrders.entry.resource.requester.resolve().ofType(Practitioner).id|context.draftOrders.entry.resource.requester.resolve().ofType(PractitionerRole).practitioner.resolve().id}}',
    })
    expect(calls).toEqual(['PractitionerRole/role1', 'Practitioner?_id=dr1'])
    expect(prefetch.practitioners).toMatchObject({ type: 'searchset', total: 1 })
  })

  it('resolves references between the orders of the question without asking the chart', async () => {
    const { calls } = await resolve({
      key: "Location?_id={{context.draftOrders.entry.resource.basedOn.extension('http://hl7.org/fhir/StructureDefinition/alternate-reference').value.resolve().locationReference.resolve().id}}",
    })
    expect(calls).toEqual(['Location?_id=loc1'])
  })

  it('answers a key that needs another after it, in whatever order they stand', async () => {
    const { calls, prefetch } = await resolve({
      practitioners: 'Practitioner?_id={{%roles.entry.resource.practitioner.resolve().id}}',
      roles:
        'PractitionerRole?_id={{context.draftOrders.entry.resource.requester.resolve().ofType(PractitionerRole).id}}',
    })
    expect(calls).toEqual(['PractitionerRole?_id=role1', 'Practitioner?_id=dr1'])
    expect(Object.keys(prefetch)).toEqual(['practitioners', 'roles'])
  })

  it('leaves out keys that run in a circle', async () => {
    const { prefetch, provenance } = await resolve({
      a: 'Patient/{{%b.id}}',
      b: 'Patient/{{%a.id}}',
      patient: 'Patient/{{context.patientId}}',
    })
    expect(Object.keys(prefetch)).toEqual(['patient'])
    expect(provenance.map((each) => each.outcome)).toEqual(['left-out', 'left-out', 'sent'])
  })

  const missing: readonly (readonly [string, string, 'none' | 'left-out'])[] = [
    ['a context field that is not there', 'Encounter/{{context.encounterId}}', 'left-out'],
    [
      'a resource that the chart does not have',
      'Patient/{{context.draftOrders.entry.resource.first().id}}',
      'none',
    ],
    [
      'a token that leads nowhere',
      'Device?_id={{context.draftOrders.entry.resource.ofType(DeviceRequest).code.resolve().id}}',
      'none',
    ],
    ['a search that finds nothing', 'Immunization?patient={{context.patientId}}', 'none'],
    [
      'a token that leads to an element instead of an id',
      'Medication?_id={{context.draftOrders.entry.resource.medication}}',
      'left-out',
    ],
    ['a template that is no query', 'find everything', 'left-out'],
    ['a token that opens and never closes', 'Condition?patient={{context.patientId&x=1', 'left-out'],
  ]
  it.each(missing)('tells %s apart', async (_what, template, outcome) => {
    const { prefetch, provenance } = await resolve({ key: template })
    expect(provenance[0]?.outcome).toBe(outcome)
    expect(provenance[0]?.why).toBeTruthy()
    expect(prefetch).toEqual(outcome === 'none' ? { key: null } : {})
  })

  it('never drops a filter whose token leads nowhere', async () => {
    const { calls } = await resolve({
      key: 'Condition?patient={{%encounter.subject.resolve().id}}&category=x',
    })
    expect(calls).toEqual([])
  })

  it('leaves out a key that the chart fails to answer, and those that would need it', async () => {
    const plain = chart(resources)
    const ehr = {
      ...plain,
      search: async () => fail({ kind: 'http' as const, server: 'The chart', status: 403 }),
    }
    const { prefetch, provenance } = await resolve(
      {
        patient: 'Patient/{{context.patientId}}',
        roles: 'PractitionerRole?_id=role1',
        practitioners: 'Practitioner?_id={{%roles.entry.resource.practitioner.resolve().id}}',
      },
      { ehr },
    )
    expect(Object.keys(prefetch)).toEqual(['patient'])
    expect(provenance.map((each) => each.why)).toEqual([
      undefined,
      'The chart does not let this app read it.',
      'What it depends on could not be read.',
    ])
  })

  it('sends only the coverage asked about, without a further call for the plain search', async () => {
    const other = { ...coverage, id: 'cov2' }
    const ehr = chart([...resources, other])
    const { prefetch, calls, provenance } = await resolve(
      {
        plain: 'Coverage?patient={{context.patientId}}&status=active',
        special: 'Coverage?patient={{context.patientId}}&_include=Coverage:payor',
        read: 'Coverage/cov2',
      },
      { ehr },
    )
    expect(calls).toEqual(['Coverage?patient=p1&_include=Coverage:payor'])
    expect(JSON.stringify(prefetch)).not.toContain('cov2')
    expect(provenance.map((each) => each.counts)).toEqual([{ Coverage: 1 }, { Coverage: 1 }, {}])
  })
})
