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
      {
        what: 'Medication dispense (code 00002)',
        when: '2024-01-02',
        detail: "30 days' supply",
        section: 'medicines',
      },
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
      { what: 'Diabetes plan', when: '2024', section: 'care' },
    ],
    ['Goal', {}, { what: 'Goal, not described', codes: [], section: 'care' }],
    [
      'Observation',
      {
        code: coded('85354-9', 'Blood pressure'),
        category: [coded('vital-signs')],
        component: [
          { code: { text: 'Systolic' }, valueQuantity: { value: 120, unit: 'mmHg' } },
          { code: { text: 'Diastolic' }, valueQuantity: { value: 80, unit: 'mmHg' } },
        ],
      },
      { what: 'Blood pressure', detail: 'Systolic: 120 mmHg; Diastolic: 80 mmHg', section: 'vitals' },
    ],
    [
      'Observation',
      { code: { text: 'TSH' }, dataAbsentReason: { text: 'not performed' } },
      { detail: 'no value: not performed' },
    ],
    [
      'AllergyIntolerance',
      {
        code: { text: 'Penicillin' },
        reaction: [{ manifestation: [{ text: 'hives' }] }],
        criticality: 'high',
      },
      { what: 'Penicillin', detail: 'hives; high risk' },
    ],
    [
      'Immunization',
      { vaccineCode: { text: 'Flu' }, status: 'not-done', statusReason: { text: 'declined' } },
      { what: 'Flu', detail: 'not given: declined', status: 'not done' },
    ],
    [
      'CareTeam',
      { name: 'Heart care', participant: [{ member: { display: 'Dr. A' } }, {}], status: 'active' },
      { what: 'Heart care', who: 'Dr. A', detail: '2 members: Dr. A', section: 'care' },
    ],
    [
      'ServiceRequest',
      { code: { text: 'Echo' }, authoredOn: '2024-01', status: 'active', intent: 'order' },
      { what: 'Echo', when: '2024-01', status: 'active, order', section: 'orders' },
    ],
    ['Device', { deviceName: [{ name: 'Pacer X' }] }, { what: 'Pacer X', section: 'devices' }],
    ['Coverage', { type: { text: 'PPO' }, payor: [{ display: 'Acme' }] }, { what: 'PPO', who: 'Acme' }],
    [
      'ExplanationOfBenefit',
      {
        type: coded('institutional'),
        diagnosis: [{ diagnosisCodeableConcept: coded('I48', 'Atrial fibrillation') }],
        total: [{ amount: { value: 12_345 } }],
      },
      {
        what: 'Institutional claim',
        detail: 'Institutional claim; for Atrial fibrillation',
        section: 'claims',
      },
    ],
    [
      'ExplanationOfBenefit',
      { use: 'preauthorization', type: coded('professional') },
      { what: 'Professional prior authorization', section: 'authorizations' },
    ],
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

  it('says what kind of code stands alone', () => {
    const alone = (system: string, code: string) =>
      display(
        { resourceType: 'MedicationDispense', medicationCodeableConcept: { coding: [{ system, code }] } },
        noReferences,
      ).what
    expect(alone('http://hl7.org/fhir/sid/ndc', '00093-0058-01')).toBe('NDC 00093-0058-01')
    expect(alone('urn:own', '7')).toBe('Medication dispense (code 7)')
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
