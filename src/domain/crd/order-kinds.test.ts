import { Fhir } from 'fhir'
import { describe, expect, it } from 'vitest'
import type { FhirJson } from '../json'
import { draftResource, fieldsNotSent } from './order'
import { mri } from './samples.test-data'
import type { DraftOrder } from './scenario'

const frame = { patientId: 'p1', coverageId: 'cov1', authoredOn: '2026-11-20T12:00:00Z' }
const diet = { system: 'http://snomed.info/sct', code: '16208003', display: 'Low fat diet' }

/** The draft, after R4 itself has found nothing wrong with it. */
function valid(over: Partial<DraftOrder>): FhirJson {
  const resource = draftResource({ ...mri, reasons: [], ...over }, frame)
  const report = new Fhir().validate(JSON.parse(JSON.stringify(resource)), { errorOnUnexpected: true })
  expect(report.messages.filter((each) => each.severity === 'error' || each.severity === 'fatal')).toEqual([])
  return resource
}

describe('kinds of order with elements of their own', () => {
  const weekly = { times: 3, period: 1, unit: 'wk' } as const
  const repeat = { frequency: 3, period: 1, periodUnit: 'wk' }
  const from = { ...repeat, boundsPeriod: { start: '2026-12-01' } }
  const rows: readonly (readonly [string, Partial<DraftOrder>, object])[] = [
    [
      'a diet',
      { kind: 'NutritionOrder', coding: [diet], occurrence: '2026-12-01', frequency: weekly },
      {
        oralDiet: { type: [{ coding: [diet] }], schedule: [{ repeat: from }] },
        orderer: {},
        dateTime: frame.authoredOn,
      },
    ],
    [
      'a supplement',
      { kind: 'NutritionOrder', coding: [diet], nutrition: 'supplement', quantity: { value: 2 } },
      { supplement: [{ type: { coding: [diet] }, quantity: { value: 2 } }] },
    ],
    [
      'a formula',
      {
        kind: 'NutritionOrder',
        coding: [diet],
        nutrition: 'enteral-formula',
        quantity: { value: 250, unit: 'mL' },
      },
      { enteralFormula: { baseFormulaType: {}, administration: [{ quantity: { value: 250 } }] } },
    ],
    [
      'glasses of no stated strength, for both eyes',
      { kind: 'VisionPrescription' },
      {
        lensSpecification: [
          { eye: 'right', product: {} },
          { eye: 'left', product: {} },
        ],
        prescriber: {},
      },
    ],
    [
      'a request for records',
      { kind: 'CommunicationRequest', basedOn: { reference: 'ServiceRequest/s1', display: '' } },
      { basedOn: [{ reference: 'ServiceRequest/s1' }], payload: [{ contentString: 'MRI of the knee' }] },
    ],
    [
      'a vaccination',
      {
        kind: 'MedicationRequest',
        coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '187', display: 'Zoster vaccine' }],
      },
      { medicationCodeableConcept: { coding: [{ code: '187' }] } },
    ],
    [
      'a medicine with fills and frequency',
      { kind: 'MedicationRequest', refills: 3, daysSupply: 30, substitution: true, frequency: weekly },
      {
        dispenseRequest: { numberOfRepeatsAllowed: 3, expectedSupplyDuration: { value: 30, code: 'd' } },
        substitution: { allowedBoolean: true },
        dosageInstruction: [{ timing: { repeat } }],
      },
    ],
    [
      'a service three times a week',
      {
        frequency: weekly,
        occurrence: '2026-12-01',
        category: [{ system: 'http://snomed.info/sct', code: '363679005', display: 'Imaging' }],
      },
      { occurrenceTiming: { repeat: from }, category: [{ coding: [{ code: '363679005' }] }] },
    ],
  ]
  it.each(rows)('make %s', (_what, over, expected) => {
    expect(
      valid({ requester: { reference: 'Practitioner/dr1', display: 'Dr. Moreno' }, ...over }),
    ).toMatchObject(
      JSON.parse(
        JSON.stringify(expected).replace('"orderer":{}', '"orderer":{"reference":"Practitioner/dr1"}'),
      ) as object,
    )
  })

  it.each([
    ['escaped', /payload\.content%5Bx%5D$/],
    ['plain', /payload\.content\[x\]$/],
  ] as const)('name the content of a request for records %s', (contentSpelling, url) => {
    const order: DraftOrder = { ...mri, kind: 'CommunicationRequest' }
    const resource = draftResource(order, { ...frame, contentSpelling })
    expect(resource.payload).toMatchObject([{ extension: [{ url: expect.stringMatching(url) as string }] }])
  })

  it('say that a medicine is to be given as written', () => {
    const order: DraftOrder = { ...mri, kind: 'MedicationRequest', substitution: false }
    expect(draftResource(order, frame).substitution).toEqual({ allowedBoolean: false })
  })

  it('put billing codes of glasses on the lens', () => {
    const billing = [{ system: 'http://www.cms.gov/hcpcs', code: 'V2020', display: '' }]
    expect(valid({ kind: 'VisionPrescription', billing }).lensSpecification).toMatchObject([
      { extension: [{ valueCodeableConcept: { coding: [{ code: 'V2020' }] } }] },
      {},
    ])
  })

  it('tell what a prescription of glasses has no place for', () => {
    expect(
      fieldsNotSent({ ...mri, kind: 'VisionPrescription', occurrence: '2026-12-01', quantity: { value: 1 } }),
    ).toEqual(['quantity', 'occurrence', 'reasons'])
  })
})
