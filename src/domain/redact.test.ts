import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Redacted, redact } from './redact'

const narrative = { status: 'generated', div: '<div>Jane Roe</div>' }
const patient = {
  resourceType: 'Patient',
  id: 'p1',
  meta: { profile: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient'], source: 'urn:mrn' },
  text: narrative,
  extension: [{ url: 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-race', valueString: 'x' }],
  identifier: [{ system: 'urn:mrn', value: '123' }],
  name: [{ family: 'Roe' }],
  telecom: [{ system: 'phone', value: '555' }],
  gender: 'female',
  birthDate: '1950-03-04',
  _birthDate: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/patient-birthTime' }] },
  deceasedBoolean: false,
  multipleBirthInteger: 2,
  address: [{ use: 'home', line: ['1 Main St'], city: 'Boston', state: 'MA', postalCode: '02110' }],
  photo: [{ data: 'AAAA' }],
  contact: [{ name: { family: 'Roe' } }],
  communication: [
    { language: { coding: [{ system: 'urn:bcp', code: 'en', display: 'English' }], text: 'English' } },
  ],
  link: [{ other: { reference: 'Patient/old' }, type: 'seealso' }],
}

describe('de-identifying', () => {
  const rows: readonly (readonly [string, unknown, unknown])[] = [
    [
      'a patient by the de-identified profile',
      patient,
      {
        resourceType: 'Patient',
        id: 'p1',
        gender: 'female',
        birthDate: '1950',
        address: [{ use: 'home', state: 'MA' }],
        communication: [{ language: { coding: [{ system: 'urn:bcp', code: 'en' }] } }],
        meta: { profile: ['http://hl7.org/fhir/us/davinci-crd/StructureDefinition/profile-patient-deident'] },
      },
    ],
    [
      'a coverage by the de-identified profile',
      {
        resourceType: 'Coverage',
        id: 'c1',
        status: 'active',
        subscriberId: 'M-77',
        identifier: [{ value: 'M-77' }],
        subscriber: { reference: 'Patient/parent' },
        beneficiary: { reference: 'Patient/p1', display: 'Jane Roe' },
        order: 1,
        period: { start: '2026-01-01' },
        payor: [
          { reference: 'Organization/o1', identifier: { system: 'urn:p', value: 'ACME' }, display: 'Acme' },
        ],
        class: [
          { type: { coding: [{ code: 'group' }] }, value: 'G1' },
          { type: { coding: [{ code: 'plan' }] }, value: 'GOLD', name: 'Gold PPO' },
        ],
      },
      {
        resourceType: 'Coverage',
        id: 'c1',
        status: 'active',
        beneficiary: { reference: 'Patient/p1' },
        period: { start: '2026-01-01' },
        payor: [{ reference: 'Organization/o1', identifier: { system: 'urn:p', value: 'ACME' } }],
        class: [{ type: { coding: [{ code: 'plan' }] }, value: 'GOLD', name: 'Gold PPO' }],
        meta: {
          profile: ['http://hl7.org/fhir/us/davinci-crd/StructureDefinition/profile-coverage-deident'],
        },
      },
    ],
    [
      'an order in a context, masking what it cannot do without',
      {
        patientId: 'p1',
        draftOrders: {
          resourceType: 'Bundle',
          entry: [
            {
              fullUrl: 'https://ehr/ServiceRequest/d1',
              resource: {
                resourceType: 'ServiceRequest',
                id: 'd1',
                code: { text: 'MRI for Jane' },
                reasonCode: [{ text: 'Pain' }, { coding: [{ code: 'M25', display: 'Pain' }], text: 'Pain' }],
                performer: [{ display: 'Dr. Moreno' }],
                note: [{ text: 'anxious' }],
              },
            },
          ],
        },
      },
      {
        patientId: 'p1',
        draftOrders: {
          resourceType: 'Bundle',
          entry: [
            {
              fullUrl: 'https://ehr/ServiceRequest/d1',
              resource: {
                resourceType: 'ServiceRequest',
                id: 'd1',
                code: {
                  extension: [
                    {
                      url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason',
                      valueCode: 'masked',
                    },
                  ],
                },
                reasonCode: [{ coding: [{ code: 'M25' }] }],
              },
            },
          ],
        },
      },
    ],
    [
      'a primitive that has to be there',
      { resourceType: 'CommunicationRequest', payload: [{ contentString: 'Letter' }] },
      {
        resourceType: 'CommunicationRequest',
        payload: [
          {
            _contentString: {
              extension: [
                { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' },
              ],
            },
          },
        ],
      },
    ],
    [
      'only by extensions that the guide does not have',
      {
        resourceType: 'ServiceRequest',
        extension: [
          {
            url: 'http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-coverage-information',
            extension: [{ url: 'covered', valueCode: 'covered' }],
          },
          { url: 'http://example.org/x', valueString: 'x' },
        ],
        modifierExtension: [{ url: 'http://example.org/not', valueBoolean: true }],
      },
      {
        resourceType: 'ServiceRequest',
        extension: [
          {
            url: 'http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-coverage-information',
            extension: [{ url: 'covered', valueCode: 'covered' }],
          },
        ],
        modifierExtension: [
          {
            url: 'http://example.org/not',
            extension: [
              { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' },
            ],
          },
        ],
      },
    ],
    [
      'who gives care not at all, but for narrative and display',
      {
        resourceType: 'Practitioner',
        id: 'dr1',
        text: narrative,
        identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: '1' }],
        name: [{ family: 'Moreno' }],
      },
      {
        resourceType: 'Practitioner',
        id: 'dr1',
        identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: '1' }],
        name: [{ family: 'Moreno' }],
      },
    ],
    [
      'a resource contained in another',
      {
        resourceType: 'Observation',
        identifier: [{ value: 'acc' }],
        contained: [patient],
        valueString: 'Jane',
      },
      { resourceType: 'Observation', contained: [redact(patient).value] },
    ],
  ]
  it.each(rows)('takes %s', (_what, given, expected) => {
    const before = JSON.stringify(given)
    expect(redact(given).value).toEqual(expected)
    expect(JSON.stringify(given)).toBe(before)
  })

  it('tells what was taken and why', () => {
    const told = redact(patient).removed
    const of = (why: Redacted['why']) => told.filter((each) => each.why === why).map((each) => each.element)
    expect(of('identity')).toEqual([
      'Patient.contact',
      'Patient.deceasedBoolean',
      'Patient.identifier',
      'Patient.link',
      'Patient.multipleBirthInteger',
      'Patient.name',
      'Patient.photo',
      'Patient.telecom',
    ])
    expect(of('shortened')).toEqual(['Patient.address', 'Patient.birthDate'])
    expect(of('narrative')).toEqual(['Patient.text'])
    expect(told.find((each) => each.element === 'Patient.communication.language.text')).toMatchObject({
      why: 'free-text',
      count: 1,
    })
  })

  it('leaves null and what is no resource as it is', () => {
    const prefetch = { patient: null, hook: 'order-sign', text: 'stays' }
    expect(redact(prefetch)).toEqual({ value: prefetch, removed: [] })
  })

  it('takes any JSON, and takes nothing more the second time', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom('Patient', 'Coverage', 'Observation'),
        (junk, resourceType) => {
          const once = redact({
            resourceType,
            name: junk,
            extension: junk,
            address: junk,
            class: junk,
            a: junk,
          })
          expect(redact(once.value).value).toEqual(once.value)
          expect(JSON.stringify(once.value)).not.toContain('"text":"')
        },
      ),
    )
  })
})
