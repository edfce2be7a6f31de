import type { Discovery } from '../../domain/crd/discovery'
import type { FhirJson } from '../../domain/json'

/** What Coverage.payor's Organization carries. */
export const ACME = { system: 'urn:oid:2.16.840.1.113883.6.300', value: '95216' }

export const PATIENT: FhirJson = {
  resourceType: 'Patient',
  id: 'p1',
  name: [{ use: 'official', family: 'Roe', given: ['Jane'] }],
  birthDate: '1965-07-14',
  gender: 'female',
}

export const USER: FhirJson = {
  resourceType: 'Practitioner',
  id: 'dr1',
  name: [{ family: 'Moreno', given: ['Ana'], prefix: ['Dr.'] }],
}

export const COVERAGE: FhirJson = {
  resourceType: 'Coverage',
  id: 'c1',
  status: 'active',
  order: 1,
  beneficiary: { reference: 'Patient/p1' },
  payor: [{ reference: 'Organization/acme' }],
  subscriberId: 'W1234',
  class: [{ type: { coding: [{ code: 'plan' }] }, value: 'gold', name: 'Gold PPO' }],
}

export const ACME_ORGANIZATION: FhirJson = {
  resourceType: 'Organization',
  id: 'acme',
  name: 'Acme Health',
  identifier: [ACME],
}

export const PROBLEM: FhirJson = {
  resourceType: 'Condition',
  id: 'k1',
  clinicalStatus: { coding: [{ code: 'active' }] },
  category: [{ coding: [{ code: 'problem-list-item' }] }],
  code: {
    text: 'Chronic low back pain',
    coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'M54.50' }],
  },
  subject: { reference: 'Patient/p1' },
}

export const CHART_ORDER: FhirJson = {
  resourceType: 'ServiceRequest',
  id: 's1',
  status: 'active',
  code: {
    text: 'Physical therapy evaluation',
    coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '97161' }],
  },
  subject: { reference: 'Patient/p1' },
}

export const DISCOVERY: Discovery = {
  services: [
    {
      id: 'order-sign-crd',
      hook: 'order-sign',
      prefetch: {
        patient: 'Patient/{{context.patientId}}',
        coverage: 'Coverage?patient={{context.patientId}}&status=active',
      },
      versions: ['2.1', '2.2'],
      configurationOptions: [],
    },
  ],
  unreadable: 0,
}
