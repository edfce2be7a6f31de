import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { display, words } from './display'
import { noReferences, referenceSet } from './references'

const coded = (code: string, words?: string) => ({ coding: [{ system: 'urn:s', code, display: words }] })

describe('display', () => {
  it.each<[string, object, object]>([
    [
      'Condition',
      {
        code: coded('I48', 'Atrial fibrillation'),
        onsetPeriod: { start: '2024-06' },
        asserter: { display: 'Dr. Grey' },
        clinicalStatus: coded('active'),
        verificationStatus: coded('confirmed'),
      },
      {
        what: 'Atrial fibrillation',
        when: '2024-06',
        who: 'Dr. Grey',
        status: 'active, confirmed',
        section: 'problems',
      },
    ],
    [
      'Procedure',
      {
        code: { text: 'Echo' },
        performedDateTime: '2024-06-19',
        performer: [{}, { actor: { display: 'N. Ito' } }],
        status: 'completed',
      },
      { what: 'Echo', codes: [], when: '2024-06-19', who: 'N. Ito', section: 'procedures' },
    ],
    [
      'Encounter',
      {
        class: { code: 'AMB', display: 'ambulatory' },
        period: { end: '2024' },
        serviceProvider: { display: 'Lakeside' },
      },
      { what: 'ambulatory', when: '2024', who: 'Lakeside', section: 'visits' },
    ],
    [
      'MedicationDispense',
      { medicationCodeableConcept: coded('00002'), whenHandedOver: '2024-01-02', daysSupply: { value: 30 } },
      { what: '00002', when: '2024-01-02', detail: "30 days' supply", section: 'medicines' },
    ],
    ['MedicationStatement', { medicationReference: { display: 'Metformin' } }, { what: 'Metformin' }],
    [
      'Observation',
      {
        code: coded('1', 'Weight'),
        valueQuantity: { value: 70, unit: 'kg' },
        effectiveInstant: '2024-01-01T00:00:00Z',
      },
      { what: 'Weight', detail: '70 kg', section: 'results' },
    ],
    [
      'Immunization',
      { vaccineCode: coded('140', 'Influenza'), occurrenceDateTime: '2024' },
      { what: 'Influenza', when: '2024' },
    ],
    [
      'AllergyIntolerance',
      { reaction: [{ substance: [coded('1', 'Nuts')] }] },
      { what: 'Nuts', section: 'allergies' },
    ],
    [
      'DiagnosticReport',
      { code: coded('1', 'CBC'), issued: '2024-01-01T00:00:00Z' },
      { what: 'CBC', section: 'results' },
    ],
    [
      'DocumentReference',
      { type: coded('1', 'Note'), author: [{ display: 'A' }] },
      { what: 'Note', who: 'A' },
    ],
    [
      'ExplanationOfBenefit',
      {
        item: [{ productOrService: coded('99213', 'Office visit') }],
        billablePeriod: { start: '2024-01-01' },
      },
      { what: 'Office visit', section: 'claims' },
    ],
    [
      'CarePlan',
      { title: 'Diabetes plan', created: '2024' },
      { what: 'Diabetes plan', when: '2024', section: 'other' },
    ],
    ['Goal', {}, { what: 'Goal, not described', codes: [], section: 'other' }],
  ])('shows a %s', (resourceType, content, expected) => {
    expect(display({ resourceType, ...content }, noReferences)).toMatchObject(expected)
  })

  it('takes medication and practitioner from what came along, and from what is contained', () => {
    const references = referenceSet('https://p.example')
    references.add({ resourceType: 'Medication', id: 'm', code: coded('1', 'Lisinopril') })
    references.add({
      resourceType: 'PractitionerRole',
      id: 'r',
      practitioner: { reference: 'Practitioner/x' },
    })
    references.add({ resourceType: 'Practitioner', id: 'x', name: [{ family: 'Ito', given: ['Noa'] }] })
    const request = {
      resourceType: 'MedicationRequest',
      requester: { reference: 'https://p.example/PractitionerRole/r' },
    }
    expect(
      display({ ...request, medicationReference: { reference: 'Medication/m' } }, references),
    ).toMatchObject({
      what: 'Lisinopril',
      codes: [{ code: '1' }],
      who: 'Noa Ito',
    })
    const contained = [{ resourceType: 'Medication', id: 'in', code: { text: 'Inside' } }]
    expect(
      display({ ...request, contained, medicationReference: { reference: '#in' } }, noReferences).what,
    ).toBe('Inside')
  })

  it('leaves out a date that is none', () => {
    expect(display({ resourceType: 'Condition', recordedDate: 'soon' }, noReferences).when).toBeUndefined()
  })

  it('ends where references lead in a circle', () => {
    const references = referenceSet('')
    references.add({
      resourceType: 'PractitionerRole',
      id: 'a',
      practitioner: { reference: 'PractitionerRole/a' },
    })
    const who = { reference: 'PractitionerRole/a' }
    expect(display({ resourceType: 'Condition', asserter: who }, references).who).toBeUndefined()
  })

  it('never crashes and always says something', () => {
    const names = fc.constantFrom(
      'code',
      'coding',
      'display',
      'text',
      'status',
      'period',
      'start',
      'reference',
      'performer',
      'actor',
      'type',
      'medicationReference',
      'onsetPeriod',
      'item',
      'dosageInstruction',
      'timing',
      'valueQuantity',
      'class',
      'contained',
    )
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.anything({ maxDepth: 1 }),
        fc.constantFrom('#a', 'Practitioner/1', '2024', ''),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(names, tie('value'), { maxKeys: 4 }),
      ),
    }))
    const types = fc.constantFrom(
      'Condition',
      'Procedure',
      'Encounter',
      'MedicationDispense',
      'Observation',
      'toString',
      '',
    )
    fc.assert(
      fc.property(types, fc.dictionary(names, value, { maxKeys: 6 }), (resourceType, content) => {
        expect(display({ ...content, resourceType }, noReferences).what).not.toBe('')
      }),
      { numRuns: 500 },
    )
  })
})

describe('words', () => {
  it.each([
    ['MedicationRequest', 'Medication request'],
    ['Condition', 'Condition'],
    ['', 'Record'],
  ])('%s reads "%s"', (type, read) => {
    expect(words(type)).toBe(read)
  })
})
