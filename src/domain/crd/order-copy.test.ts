import { describe, expect, it } from 'vitest'
import { at, type FhirJson } from '../json'
import { examples, guides, isThere } from './guide-profiles.test-data'
import { draftResource } from './order'
import { draftFromOrder } from './order-copy'
import { type DraftOrder, orderTypes } from './scenario'

const frame = { patientId: 'p1', coverageId: 'cov1', authoredOn: '2026-11-20T12:00:00Z' }

const original: FhirJson = {
  resourceType: 'ServiceRequest',
  id: 'real-1',
  meta: { versionId: '3' },
  text: { status: 'generated', div: '<div>MRI</div>' },
  identifier: [{ system: 'urn:placer', value: 'A1' }],
  extension: [
    { url: 'http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-coverage-information', extension: [] },
    { url: 'http://example.org/kept', valueBoolean: true },
  ],
  status: 'active',
  intent: 'original-order',
  priority: 'urgent',
  code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '73721', display: 'MRI' }] },
  subject: { reference: 'https://ehr.example/fhir/Patient/p1' },
  encounter: { reference: 'Encounter/e9' },
  occurrencePeriod: { start: '2026-12-01', end: '2026-12-05' },
  authoredOn: '2026-01-01',
  requester: { reference: 'PractitionerRole/r1' },
  performer: [{ reference: 'Organization/o1' }, { reference: 'Organization/o2' }],
  reasonCode: [{ text: 'Pain' }],
  reasonReference: [{ reference: 'Condition/c1' }],
  specimen: [{ reference: 'Specimen/s1' }],
  insurance: [{ reference: 'Coverage/old' }],
  note: [{ text: 'Patient is anxious' }],
  doNotPerform: true,
}

function copyOf(resource: FhirJson): DraftOrder {
  const copy = draftFromOrder(resource, 'draft-1')
  if (copy === undefined) throw new Error('not copied')
  return copy
}

describe('an order of the chart as a starting point', () => {
  it('becomes a draft of its own, with what the original refers to, and leaves the original alone', () => {
    const before = JSON.stringify(original)
    expect(draftResource(copyOf(original), frame)).toEqual({
      resourceType: 'ServiceRequest',
      id: 'draft-1',
      status: 'draft',
      intent: 'original-order',
      priority: 'urgent',
      code: original.code,
      subject: { reference: 'Patient/p1' },
      encounter: { reference: 'Encounter/e9' },
      occurrencePeriod: original.occurrencePeriod,
      authoredOn: frame.authoredOn,
      requester: original.requester,
      performer: original.performer,
      reasonCode: original.reasonCode,
      reasonReference: original.reasonReference,
      specimen: original.specimen,
      insurance: [{ reference: 'Coverage/cov1' }],
      extension: [{ url: 'http://example.org/kept', valueBoolean: true }],
    })
    expect(JSON.stringify(original)).toBe(before)
  })

  it('takes what the user changed, and that alone', () => {
    const changed = { ...copyOf(original), occurrence: '2027-01-15', performer: { display: 'Elsewhere' } }
    const draft = draftResource(changed, frame)
    expect(draft).toMatchObject({
      occurrenceDateTime: '2027-01-15',
      performer: [{ display: 'Elsewhere' }],
      code: original.code,
    })
    expect(draft.occurrencePeriod).toBeUndefined()
  })

  it('drops what the user removed', () => {
    const { performer: _, ...changed } = copyOf(original)
    expect(draftResource(changed, frame).performer).toBeUndefined()
  })

  it('keeps a medicine that is only referred to', () => {
    const copy = copyOf({
      resourceType: 'MedicationRequest',
      medicationReference: { reference: 'Medication/m1', display: 'Atorvastatin 20 mg' },
      dispenseRequest: { quantity: { value: 30, unit: 'tablet' }, numberOfRepeatsAllowed: 2 },
    })
    expect(copy).toMatchObject({ text: 'Atorvastatin 20 mg', quantity: { value: 30 }, refills: 2 })
    expect(at(draftResource(copy, frame), 'medicationReference', 'reference')).toBe('Medication/m1')
    expect(draftResource({ ...copy, text: 'Rosuvastatin' }, frame)).toMatchObject({
      medicationCodeableConcept: { text: 'Rosuvastatin' },
    })
  })

  it.skipIf(!guides.every(isThere)).each(guides)(
    'leaves the guide’s own examples as they are, but for what is the original’s: %s',
    (guide) => {
      const own =
        /^(id|meta|text|identifier|groupIdentifier|requisition|status|note|language|authoredOn|dateTime|created|dateWritten|subject|patient|insurance|extension)$/
      const orders = examples(guide).filter((each) => orderTypes.some((type) => type === each.resourceType))
      expect(orders.length).toBeGreaterThan(4)
      for (const example of orders) {
        const draft = draftResource(copyOf(example), frame)
        expect(draft.status).toBe('draft')
        for (const [name, value] of Object.entries(example).filter(([key]) => !own.test(key)))
          expect([name, draft[name]]).toEqual([name, value])
      }
    },
  )

  it.each([
    ['no order', { resourceType: 'Observation', code: { text: 'x' } }],
    ['an order that does not say what', { resourceType: 'ServiceRequest' }],
    ['junk', { resourceType: 'DeviceRequest', codeCodeableConcept: 7 }],
  ])('is not to be had of %s', (_what, resource) => {
    expect(draftFromOrder(resource, 'd')).toBeUndefined()
  })
})
