import { describe, expect, it } from 'vitest'
import { display } from './display'
import { noReferences, referenceSet } from './references'

const coded = (code: string, display?: string, system = 'urn:s') => ({ coding: [{ system, code, display }] })
const ACT = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'

describe('what stands beside a record', () => {
  it.each<[string, object, string]>([
    [
      'Condition',
      {
        category: [coded('encounter-diagnosis', 'Encounter Diagnosis')],
        severity: coded('1', 'Severe'),
        abatementDateTime: '2019-02-02',
        note: [{ text: 'Seen at home.' }],
      },
      'encounter diagnosis; severe; ended 02-Feb-2019; note: Seen at home.',
    ],
    [
      'Procedure',
      {
        bodySite: [coded('1', 'Left hand')],
        reasonCode: [{ text: 'Fracture' }],
        performedPeriod: { start: '2024-01-01', end: '2024-01-03' },
      },
      'Left hand; for Fracture; until 03-Jan-2024',
    ],
    [
      'Encounter',
      {
        type: [{ text: 'Pacemaker' }],
        class: { system: ACT, code: 'IMP' },
        period: { start: '2025-02-10T08:00:00Z', end: '2025-02-14' },
        reasonCode: [coded('I49.5', undefined, 'http://hl7.org/fhir/sid/icd-10-cm')],
        serviceProvider: { display: 'Northside' },
        location: [{ location: { display: 'Northside' } }, { location: { display: 'Ward 3' } }],
        hospitalization: { dischargeDisposition: { text: 'Home' } },
      },
      'inpatient stay; for ICD-10 I49.5; until 14-Feb-2025; at Ward 3; discharged to: Home',
    ],
    [
      'MedicationRequest',
      {
        intent: 'plan',
        reportedBoolean: true,
        dosageInstruction: [
          {
            doseAndRate: [{ doseQuantity: { value: 1, unit: 'tablet' } }],
            timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd' } },
            route: { text: 'by mouth' },
            asNeededCodeableConcept: { text: 'pain' },
          },
        ],
        dispenseRequest: {
          numberOfRepeatsAllowed: 1,
          quantity: { value: 60, unit: 'tablets' },
          expectedSupplyDuration: { value: 30, unit: 'days' },
        },
      },
      "1 tablet, 2 times a day, by mouth, as needed for pain; 30 days' supply, 60 tablets, 1 refill; not an order: plan; as reported, not prescribed by the source",
    ],
    [
      'MedicationDispense',
      { daysSupply: { value: 1 }, quantity: { value: 2 }, type: coded('RF', undefined, ACT) },
      "1 day's supply, 2, refill",
    ],
    [
      'MedicationStatement',
      { dosage: [{ timing: { repeat: { period: 6, periodUnit: 'h' } } }], reasonCode: [{ text: 'pain' }] },
      'every 6 hours; for pain',
    ],
    [
      'Observation',
      {
        valueQuantity: { value: 6.3, unit: 'mmol/L' },
        interpretation: [coded('H')],
        referenceRange: [{ low: { value: 3.5, unit: 'mmol/L' }, high: { value: 5, unit: 'mmol/L' } }],
      },
      '6.3 mmol/L, high (reference 3.5 to 5 mmol/L)',
    ],
    [
      'Observation',
      {
        valueQuantity: { value: 123.31356945183244, code: 'mm[Hg]' },
        referenceRange: [{ high: { value: 140 } }],
      },
      '123.314 mmHg (reference at most 140)',
    ],
    ['Observation', { valueDateTime: '2024-05-01T10:05:00Z' }, '01-May-2024 10:05'],
    ['Observation', { valueRatio: { numerator: { value: 1 }, denominator: { value: 128 } } }, '1 : 128'],
    [
      'Observation',
      { hasMember: [{ display: 'Glucose' }, { reference: 'Observation/2' }] },
      '2 results: Glucose',
    ],
    [
      'Immunization',
      {
        protocolApplied: [{ doseNumberPositiveInt: 2, seriesDosesPositiveInt: 3 }],
        site: { text: 'left arm' },
        lotNumber: '4711',
        primarySource: false,
      },
      'dose 2 of 3; left arm; lot 4711; as reported',
    ],
    [
      'AllergyIntolerance',
      { reaction: [{ manifestation: [{ text: 'rash' }], severity: 'mild' }], type: 'intolerance' },
      'rash (mild); intolerance',
    ],
    [
      'DiagnosticReport',
      {
        conclusion: 'Clear\n lungs.',
        result: [{ display: 'Findings' }],
        presentedForm: [{ contentType: 'application/pdf' }],
      },
      'Clear lungs.; 1 result: Findings; PDF',
    ],
    [
      'DocumentReference',
      {
        type: { text: 'Letter' },
        content: [{ attachment: { title: 'letter', contentType: 'text/plain;charset=utf-8' } }],
        context: { period: { start: '2024-01-01', end: '2024-02-01' } },
      },
      'plain text; care 01-Jan-2024 to 01-Feb-2024',
    ],
    [
      'CarePlan',
      {
        text: {
          status: 'additional',
          div: '<div><p>Stop ACE.</p><script>x()</script><p>See &lt;2 weeks&gt;</p></div>',
        },
      },
      'Stop ACE.; See <2 weeks>',
    ],
    [
      'CarePlan',
      {
        activity: [{ detail: { code: { text: 'Diet' }, status: 'in-progress' } }],
        addresses: [{ display: 'Asthma' }],
      },
      'for Asthma; Diet (in progress)',
    ],
    [
      'Goal',
      {
        target: [
          {
            measure: { text: 'HbA1c' },
            detailQuantity: { comparator: '<', value: 7, unit: '%' },
            dueDate: '2026-12',
          },
        ],
      },
      'HbA1c: <7 % by Dec-2026',
    ],
    [
      'CareTeam',
      {
        participant: [
          { member: { display: 'Dr. A' }, role: [{ text: 'Cardiologist' }] },
          { role: [{ text: 'Nurse' }] },
        ],
      },
      '2 members: Dr. A (Cardiologist), Nurse',
    ],
    [
      'ServiceRequest',
      { reasonCode: [{ text: 'Bradycardia' }], occurrenceDateTime: '2021-11-20', priority: 'urgent' },
      'Bradycardia; planned for 20-Nov-2021; urgent',
    ],
    [
      'Device',
      {
        deviceName: [{ name: 'Pacer X' }],
        type: { text: 'Pacemaker' },
        manufacturer: 'Quarry',
        udiCarrier: [{ deviceIdentifier: '0064' }],
      },
      'Pacemaker; Quarry; UDI 0064',
    ],
    [
      'Coverage',
      {
        type: { text: 'PPO' },
        class: [{ type: coded('group', 'an employee group'), value: 'G1' }],
        relationship: coded('child', 'Child'),
      },
      'PPO; group G1; member is child',
    ],
    ['RelatedPerson', { name: [{ given: ['Sarah'], family: 'van Putten' }] }, 'Sarah van Putten'],
    [
      'QuestionnaireResponse',
      {
        item: [
          {
            linkId: '1',
            text: 'Food',
            answer: [
              {
                valueCoding: { code: 'a', display: 'Often' },
                item: [{ linkId: '1.1', answer: [{ valueBoolean: false }] }],
              },
            ],
          },
        ],
      },
      'Food: Often; 1.1: no',
    ],
    [
      'ExplanationOfBenefit',
      {
        type: coded('professional'),
        diagnosis: [
          { diagnosisCodeableConcept: { text: 'Cough' } },
          { diagnosisCodeableConcept: { text: 'Pneumonia' }, type: [coded('principal')] },
        ],
        item: [
          {
            productOrService: { text: 'Visit' },
            adjudication: [
              { category: coded('denialreason'), reason: { text: 'Not covered' }, amount: { value: 3 } },
            ],
          },
          { productOrService: { text: 'X-ray' } },
        ],
      },
      'Professional claim; for Pneumonia, Cough; 2 lines: Visit, X-ray; refused: Not covered',
    ],
    [
      'ExplanationOfBenefit',
      {
        use: 'preauthorization',
        type: coded('institutional'),
        preAuthRefPeriod: [{ start: '2021-10-01', end: '2021-10-31' }],
        item: [
          {
            adjudication: [
              {
                extension: [
                  {
                    url: 'http://hl7.org/fhir/us/davinci-pdex/StructureDefinition/extension-reviewAction',
                    extension: [
                      { url: 'number', valueString: 'AUTH0001' },
                      {
                        url: 'http://hl7.org/fhir/us/davinci-pdex/StructureDefinition/extension-reviewActionCode',
                        valueCodeableConcept: coded('A1', 'Certified in total'),
                      },
                    ],
                  },
                ],
              },
            ],
          },
        ],
      },
      'Institutional prior authorization; decision: Certified in total; number AUTH0001; valid 01-Oct-2021 to 31-Oct-2021',
    ],
    [
      'ExplanationOfBenefit',
      {
        type: { ...coded('pharmacy'), text: 'Pharmacy' },
        item: [{ productOrService: coded('1', 'Prozac') }],
        supportingInfo: [
          { category: coded('dayssupply'), valueQuantity: { value: 30 } },
          { category: coded('refillnum'), valueQuantity: { value: 2 } },
        ],
        careTeam: [{ provider: { display: 'Dr. A' }, role: coded('prescribing', 'Prescribing provider') }],
      },
      'Pharmacy claim; 30 days of supply; refill 2; care team: Dr. A (prescribing provider)',
    ],
    [
      'ExplanationOfBenefit',
      {
        type: coded('institutional'),
        subType: { text: 'Inpatient' },
        supportingInfo: [
          { category: coded('admissionperiod'), timingPeriod: { start: '2011-05-23', end: '2011-05-25' } },
        ],
      },
      'Institutional claim (inpatient); stay 23-May-2011 to 25-May-2011',
    ],
  ])('of a %s', (resourceType, content, detail) => {
    expect(display({ resourceType, ...content }, noReferences).detail).toBe(detail)
  })

  it('names what is referred to and came along', () => {
    const references = referenceSet('https://p.example')
    references.add({ resourceType: 'Observation', id: 'na', code: { text: 'Sodium' } })
    const report = { resourceType: 'DiagnosticReport', result: [{ reference: 'Observation/na' }] }
    expect(display(report, references).detail).toBe('1 result: Sodium')
  })

  it('marks what is cut', () => {
    const long = { resourceType: 'DiagnosticReport', conclusion: 'word '.repeat(1_000) }
    expect(display(long, noReferences).detail).toMatch(/… \(shortened\)$/)
  })
})

describe('the title of a record', () => {
  it.each<[string, object, string]>([
    ['DocumentReference', { type: coded('51852-2', undefined, 'http://loinc.org') }, 'Letter'],
    [
      'DocumentReference',
      { type: coded('1'), content: [{ attachment: { title: 'Discharge\nletter' } }] },
      'Discharge letter',
    ],
    ['Encounter', { class: { system: ACT, code: 'EMER' } }, 'Emergency visit'],
    [
      'Encounter',
      { type: [coded('99213', undefined, 'urn:x')], class: { code: 'AMB', display: 'ambulatory' } },
      'ambulatory',
    ],
    [
      'ExplanationOfBenefit',
      {
        type: coded('institutional'),
        item: [
          {
            productOrService: coded(
              'not-applicable',
              'Not Applicable',
              'http://terminology.hl7.org/CodeSystem/data-absent-reason',
            ),
          },
        ],
      },
      'Institutional claim',
    ],
    ['Coverage', {}, 'Health coverage'],
    ['CarePlan', { category: [coded('assess-plan')] }, 'assess plan'],
    ['Observation', { code: { text: 'heart_rate' } }, 'heart rate'],
    [
      'QuestionnaireResponse',
      { questionnaire: 'http://x.example/Questionnaire/phq-9|1.0' },
      'Questionnaire answers: phq 9',
    ],
    [
      'QuestionnaireResponse',
      { questionnaire: '#q', contained: [{ resourceType: 'Questionnaire', id: 'q', title: 'Falls' }] },
      'Questionnaire answers: Falls',
    ],
  ])('of a %s', (resourceType, content, what) => {
    expect(display({ resourceType, ...content }, noReferences).what).toBe(what)
  })

  it('keeps the codes of what it names', () => {
    const lines = [{ productOrService: coded('1') }, { productOrService: coded('2', 'X-ray') }]
    const shown = display({ resourceType: 'ExplanationOfBenefit', item: lines }, noReferences)
    expect([shown.what, shown.codes[0]?.code]).toEqual(['X-ray', '2'])
  })
})

describe('who', () => {
  it('is the visit that a record belongs to, where the record names nobody', () => {
    const references = referenceSet('https://p.example')
    references.add({ resourceType: 'Encounter', id: 'e', serviceProvider: { display: 'Northside' } })
    const of = (resource: object) => display({ resourceType: 'Procedure', ...resource }, references).who
    expect(of({ encounter: { reference: 'Encounter/e' } })).toBe('Northside')
    expect(of({ encounter: { reference: 'Encounter/e' }, recorder: { display: 'Dr. A' } })).toBe('Dr. A')
    expect(of({ encounter: { reference: 'Encounter/none' } })).toBeUndefined()
  })
})
