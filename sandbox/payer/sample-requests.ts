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

const bundle = (type: string, resources: readonly JsonObject[]): JsonObject => ({
  resourceType: 'Bundle',
  type,
  entry: resources.map((resource) => ({
    fullUrl: `${EHR}/${resource.resourceType}/${resource.id}`,
    resource,
  })),
})

/** A whole request for orders or appointments of a person, at the version that the person's payer speaks. */
export function hookRequest(
  person: Person,
  subjects: readonly JsonObject[],
  configuration: JsonObject = { 'unsolicited-determ': false },
) {
  const booking = subjects[0]?.resourceType === 'Appointment'
  const patient = {
    resourceType: 'Patient',
    id: 'p-1',
    name: [{ family: person.family }],
    birthDate: person.birthDate,
  }
  return {
    hook: booking ? 'appointment-book' : 'order-sign',
    hookInstance: randomUUID() as string,
    fhirServer: EHR,
    context: {
      userId: 'Practitioner/d-1',
      patientId: 'p-1',
      [booking ? 'appointments' : 'draftOrders']: bundle('collection', subjects),
    } as JsonObject,
    prefetch: { patient, coverage: bundle('searchset', [coverageOf(person)]) } as JsonObject,
    extension: {
      ...(person.payor === '95216' ? { 'davinci-crd.requestedVersion': '2.2' } : {}),
      'davinci-crd.configuration': configuration,
    } as JsonObject,
  }
}
