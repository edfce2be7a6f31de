import { randomUUID } from 'node:crypto'
import type { JsonObject } from './json'

/** Requests as a careful client sends them, for the tests of the payers. */

const HCPCS = 'https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets'

const EHR = 'http://ehr.example/fhir'

/** A patient of the EHR with the ids that the payer knows. */
export interface Person {
  readonly family: string
  readonly birthDate: string
  readonly memberId: string
  readonly payor: string
}

/** Jane Roe as insured by Acme Health. */
export const JANE: Person = { family: 'Roe', birthDate: '1965-07-14', memberId: 'AH56712348', payor: '95216' }

/** Ben Okafor as insured by Borealis Mutual. */
export const BEN: Person = {
  family: 'Okafor',
  birthDate: '1958-05-02',
  memberId: 'BM7781-03',
  payor: '63121',
}

/** Wei Zhang as insured by Acme Health, whose coverage has an end that only the payer knows. */
export const WEI: Person = {
  family: 'Zhang',
  birthDate: '1979-11-03',
  memberId: 'AH99003311',
  payor: '95216',
}

/** Jane Roe as insured by the payers that are not part of the default stack. */
export const JANE_AT = {
  cedar: { ...JANE, memberId: 'CC4410-01', payor: '71044' },
  delta: { ...JANE, memberId: 'DP4410-01', payor: '84102' },
  oddity: { ...JANE, memberId: 'OD4410-01', payor: '90210' },
} as const satisfies Readonly<Record<string, Person>>

/** An active Coverage of a person. */
export const coverageOf = (person: Person): JsonObject => ({
  resourceType: 'Coverage',
  id: `cov-${person.payor}`,
  status: 'active',
  subscriberId: person.memberId,
  beneficiary: { reference: 'Patient/p-1' },
  relationship: { coding: [{ code: 'self' }] },
  payor: [{ identifier: { system: 'urn:oid:2.16.840.1.113883.6.300', value: person.payor } }],
})

/** A draft ServiceRequest for a code; `more` is laid over it. */
export const serviceRequest = (code: string, more: JsonObject = {}, system = HCPCS): JsonObject => ({
  resourceType: 'ServiceRequest',
  id: `o-${code}`,
  status: 'draft',
  intent: 'order',
  code: { coding: [{ system, code }] },
  subject: { reference: 'Patient/p-1' },
  authoredOn: '2026-11-20',
  requester: { reference: 'Practitioner/d-1' },
  ...more,
})

/** A draft DeviceRequest for a code. */
export const deviceRequest = (code: string, more: JsonObject = {}): JsonObject => {
  const { code: concept, ...rest } = serviceRequest(code)
  return { ...rest, resourceType: 'DeviceRequest', codeCodeableConcept: concept, ...more }
}

/** A draft MedicationRequest for an RxNorm code. */
export const medicationRequest = (code: string, more: JsonObject = {}): JsonObject => {
  const { code: concept, ...rest } = serviceRequest(code, {}, 'http://www.nlm.nih.gov/research/umls/rxnorm')
  return { ...rest, resourceType: 'MedicationRequest', medicationCodeableConcept: concept, ...more }
}

/** A proposed Appointment of the patient with a performer. */
export const appointment = (more: JsonObject = {}): JsonObject => ({
  resourceType: 'Appointment',
  id: 'a-1',
  status: 'proposed',
  start: '2026-11-27T09:00:00Z',
  end: '2026-11-27T09:30:00Z',
  participant: [
    { actor: { reference: 'Patient/p-1' }, status: 'needs-action' },
    {
      type: [{ coding: [{ code: 'PPRF' }] }],
      actor: { reference: 'Practitioner/d-1' },
      status: 'needs-action',
    },
  ],
  ...more,
})

/** A Bundle of resources; `searchset` as prefetch has them, `collection` as a context has them. */
export const bundle = (type: 'collection' | 'searchset', resources: readonly JsonObject[]): JsonObject => ({
  resourceType: 'Bundle',
  type,
  entry: resources.map((resource) => ({
    fullUrl: `${EHR}/${resource.resourceType}/${resource.id}`,
    resource,
  })),
})

/** An encounter of the patient; `AMB` unless another class is given. */
export const encounter = (code = 'AMB', more: JsonObject = {}): JsonObject => ({
  resourceType: 'Encounter',
  id: 'e-1',
  status: 'planned',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code },
  type: [{ text: 'Visit' }],
  subject: { reference: 'Patient/p-1' },
  ...more,
})

/** A request as a test spoils it. */
export interface SampleRequest {
  readonly hook: string
  readonly hookInstance: string
  readonly fhirServer: string
  readonly context: JsonObject
  readonly prefetch: JsonObject
  readonly extension: JsonObject
}

/** A request for any hook: the person's Patient and Coverage in prefetch beside what is given, at the version that the person's payer speaks. */
export const requestFor = (
  hook: string,
  person: Person,
  context: JsonObject,
  prefetch: JsonObject = {},
  configuration: JsonObject = { 'unsolicited-determ': false },
): SampleRequest => ({
  hook,
  hookInstance: randomUUID(),
  fhirServer: EHR,
  context: {
    ...(hook === 'order-dispatch' ? {} : { userId: 'Practitioner/d-1' }),
    patientId: 'p-1',
    ...context,
  },
  prefetch: {
    patient: {
      resourceType: 'Patient',
      id: 'p-1',
      name: [{ family: person.family }],
      birthDate: person.birthDate,
    },
    coverage: bundle('searchset', [coverageOf(person)]),
    ...prefetch,
  },
  extension: {
    ...(person.payor === JANE.payor ? { 'davinci-crd.requestedVersion': '2.2' } : {}),
    'davinci-crd.configuration': configuration,
  },
})

/** A whole request for orders (order-sign) or appointments of a person. */
export function hookRequest(
  person: Person,
  subjects: readonly JsonObject[],
  configuration?: JsonObject,
): SampleRequest {
  const drafts = bundle('collection', subjects)
  return subjects[0]?.resourceType === 'Appointment'
    ? requestFor('appointment-book', person, { appointments: drafts }, {}, configuration)
    : requestFor('order-sign', person, { draftOrders: drafts }, {}, configuration)
}
