import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { referenceSet } from '../fhir/references'
import { type FhirJson, isResource } from '../json'
import { prepare } from './prepare'
import { historyRecord } from './record'

const references = referenceSet('https://payer.example/fhir')
references.add({
  resourceType: 'Practitioner',
  id: 'd1',
  name: [{ family: 'Grey', given: ['Ana'] }],
  identifier: [
    { system: 'urn:own', value: 'x' },
    { system: 'http://hl7.org/fhir/sid/us-npi', value: '123' },
  ],
})
references.add({ resourceType: 'Medication', id: 'med', code: { text: 'Lisinopril 10 mg' } })
const context = {
  references,
  memberPatientId: 'm1',
  patientId: 'chart',
  payerBase: 'https://payer.example/fhir',
  payerName: 'Acme Health',
}
const subject = { reference: 'Patient/m1' }
const claim = {
  resourceType: 'Provenance',
  extension: [{ url: 'sourceFormat', valueCodeableConcept: { coding: [{ code: 'x12837' }] } }],
}
const clinical = {
  resourceType: 'Provenance',
  extension: [{ url: 'sourceFormat', valueCodeableConcept: { coding: [{ code: 'hl7ccda' }] } }],
}
const made = (resource: FhirJson, provenance: readonly FhirJson[] = []) =>
  prepare(historyRecord('acme', resource, references, provenance), context)
const code = (value: string) => ({ coding: [{ code: value }] })

describe('prepare', () => {
  it('makes a copy of its own: new identifier, chart patient, no id, no narrative, profile and labels alone of meta', () => {
    const { resource } = made({
      resourceType: 'Procedure',
      id: '7',
      meta: {
        versionId: '3',
        lastUpdated: '2024',
        profile: ['urn:p'],
        security: [{ code: 'N' }],
        tag: [{ code: 't' }],
      },
      text: { status: 'generated', div: '<div onclick="x()"/>' },
      identifier: [{ value: 'payer-own' }],
      status: 'completed',
      subject,
    })
    expect(resource).toEqual({
      resourceType: 'Procedure',
      meta: { profile: ['urn:p'], security: [{ code: 'N' }] },
      status: 'completed',
      identifier: [
        { value: 'payer-own' },
        { system: 'urn:ietf:rfc:3986', value: 'https://payer.example/fhir/Procedure/7' },
      ],
      subject: { reference: 'Patient/chart' },
    })
  })

  it('keeps people in words and by NPI, and leaves out and tells what points into the payer', () => {
    const { resource, told } = made({
      resourceType: 'Procedure',
      id: '7',
      status: 'completed',
      subject,
      encounter: { reference: 'Encounter/9' },
      performer: [
        { actor: { reference: 'Practitioner/d1' } },
        { actor: { reference: 'Organization/unknown' } },
      ],
      focalDevice: [{ manipulated: { reference: 'Specimen/1' } }],
    })
    expect(resource.performer).toEqual([
      {
        actor: {
          identifier: { system: 'http://hl7.org/fhir/sid/us-npi', value: '123' },
          display: 'Ana Grey',
        },
      },
      { actor: { display: 'Organization, not named' } },
    ])
    expect(resource.encounter).toBeUndefined()
    expect(resource.focalDevice).toEqual([{ manipulated: { display: 'Specimen, not carried over' } }])
    expect(told.join(' ')).toMatch(/not in this EHR's directory: practitioner, organization/)
    expect(told.join(' ')).toMatch(/Left out.*encounter/)
  })

  it('knows by a URN who came along, and leaves out what did not', () => {
    const urn = (n: number) => `urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e${n}`
    references.add({ resourceType: 'Practitioner', id: 'u', name: [{ text: 'Dr. U' }] }, urn(1))
    references.add({ resourceType: 'Patient', id: 'm1' }, urn(2))
    references.add({ resourceType: 'Encounter', id: 'v' }, urn(3))
    const { resource, told } = made({
      resourceType: 'Procedure',
      id: '1',
      recorder: { reference: urn(1) },
      asserter: { reference: urn(2) },
      encounter: { reference: urn(3) },
      location: { reference: urn(4) },
      performer: [{ actor: { reference: urn(5) } }, { actor: { reference: urn(6), display: 'Dr. Six' } }],
    })
    expect(resource.recorder).toEqual({ display: 'Dr. U' })
    expect(resource.asserter).toEqual({ reference: 'Patient/chart' })
    expect(resource.encounter).toBeUndefined()
    expect(resource.location).toBeUndefined()
    expect(resource.performer).toEqual([
      { actor: { display: 'Not sent by the payer' } },
      { actor: { display: 'Dr. Six' } },
    ])
    expect(told.join(' ')).toMatch(/Left out, .*: encounter, location, performer\./)
  })

  it("never carries another patient's reference, and always names the chart's patient", () => {
    const { resource } = made({
      resourceType: 'Condition',
      id: '1',
      subject: { reference: 'Patient/other' },
      asserter: { reference: 'Patient/other' },
      recorder: { reference: 'https://payer.example/fhir/Patient/m1' },
    })
    expect(resource.subject).toEqual({ reference: 'Patient/chart' })
    expect(resource.asserter).toBeUndefined()
    expect(resource.recorder).toEqual({ reference: 'Patient/chart' })
  })

  it('keeps the contained resources that are still referred to', () => {
    const { resource } = made({
      resourceType: 'Procedure',
      id: '1',
      contained: [
        { resourceType: 'Practitioner', id: 'in', text: { div: 'x' }, name: [{ family: 'Ito' }] },
        { resourceType: 'Location', id: 'unused' },
      ],
      performer: [{ actor: { reference: '#in' } }],
    })
    expect(resource.contained).toEqual([
      { resourceType: 'Practitioner', id: 'in', name: [{ family: 'Ito' }] },
    ])
    expect(resource.performer).toEqual([{ actor: { reference: '#in' } }])
  })

  it.each<[string, object, readonly FhirJson[], string, string]>([
    [
      'from a bill',
      { verificationStatus: code('confirmed'), category: [code('problem-list-item')] },
      [claim],
      'unconfirmed',
      'encounter-diagnosis',
    ],
    ['of unknown origin', { category: [code('health-concern')] }, [], 'unconfirmed', 'encounter-diagnosis'],
    [
      'clinical',
      { verificationStatus: code('confirmed'), category: [code('health-concern')] },
      [clinical],
      'unconfirmed',
      'health-concern',
    ],
    [
      'clinical, on a problem list',
      { category: [code('problem-list-item')] },
      [clinical],
      'unconfirmed',
      'encounter-diagnosis',
    ],
    ['ruled out', { verificationStatus: code('refuted') }, [claim], 'refuted', 'encounter-diagnosis'],
  ])('takes a diagnosis %s with care', (_, content, provenance, verification, category) => {
    const { resource } = made({ resourceType: 'Condition', id: '1', ...content }, provenance)
    expect(resource).toMatchObject({
      verificationStatus: { coding: [{ code: verification }] },
      category: [{ coding: [{ code: category }] }],
    })
  })

  it.each<[FhirJson, object]>([
    [
      {
        resourceType: 'MedicationRequest',
        id: '1',
        status: 'active',
        intent: 'order',
        subject,
        medicationReference: { reference: 'Medication/med' },
        authoredOn: '2024-01-02',
      },
      {
        medicationCodeableConcept: { text: 'Lisinopril 10 mg' },
        dateAsserted: '2024-01-02',
        note: [
          {
            text: 'According to Acme Health: prescribed 02-Jan-2024, status there: active. This is not proof of current use.',
          },
        ],
      },
    ],
    [
      {
        resourceType: 'MedicationDispense',
        id: '1',
        status: 'completed',
        medicationReference: { reference: 'Medication/gone' },
        daysSupply: { value: 90 },
      },
      {
        medicationCodeableConcept: { text: 'Medication, not named by the payer' },
        note: [
          {
            text: "According to Acme Health: filled, date not stated, 90 days' supply, status there: completed. This is not proof of current use.",
          },
        ],
      },
    ],
  ])('%# makes a statement of unknown status of a prescription or a fill', (source, expected) => {
    const { resource } = made(source)
    expect(resource).toMatchObject({ resourceType: 'MedicationStatement', status: 'unknown', ...expected })
    expect(JSON.stringify(resource)).not.toMatch(/"intent"|"active"/)
  })

  it('never crashes, and never lets a reference to the payer through', () => {
    const keys = fc.constantFrom(
      'subject',
      'encounter',
      'performer',
      'contained',
      'category',
      'meta',
      'identifier',
      'medicationReference',
      'extension',
      'id',
    )
    const references = fc.constantFrom(
      'Patient/m1',
      'Patient/x',
      'Practitioner/d1',
      '#a',
      'urn:uuid:1',
      'Encounter/1',
      'https://payer.example/fhir/Group/1',
    )
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        references.map((reference) => ({ reference })),
        fc.anything({ maxDepth: 1 }),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(keys, tie('value'), { maxKeys: 3 }),
      ),
    }))
    fc.assert(
      fc.property(
        fc.constantFrom('Condition', 'Procedure', 'MedicationDispense'),
        fc.dictionary(keys, value),
        (type, content) => {
          const source: unknown = JSON.parse(JSON.stringify({ ...content, id: 'r1', resourceType: type }))
          if (!isResource(source)) throw new Error('no resource')
          const body = JSON.stringify(made(source).resource)
          const left = [...body.matchAll(/"reference":"([^"]*)"/g)].map((match) => match[1])
          expect(left.filter((r) => r !== 'Patient/chart' && r !== '#a')).toEqual([])
        },
      ),
      { numRuns: 500 },
    )
  })
})
