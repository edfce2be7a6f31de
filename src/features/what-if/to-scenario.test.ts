import { describe, expect, it } from 'vitest'
import { PROBLEM } from '../asking/fake-chart'
import { chartReasons } from './chart-reasons'
import { emptyForm, type FormValues, readForm } from './form-values'
import { orderErrors } from './order-errors'
import { type ScenarioFacts, toScenario } from './to-scenario'

const MRI = {
  label: 'MRI of the lower back',
  coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '72148', display: 'MRI lumbar spine' }],
  source: 'preset',
} as const

const FACTS: ScenarioFacts = {
  version: 3,
  patientId: 'p1',
  encounterId: 'e1',
  user: { reference: 'Practitioner/dr1', display: 'Dr. Ana Moreno' },
  reasons: chartReasons([PROBLEM]),
}

const EMPTY = emptyForm('2026-11-20', () => 'draft-1')

const full: FormValues = {
  ...EMPTY,
  what: { ...EMPTY.what, ServiceRequest: { text: MRI.label, item: MRI } },
  reasons: ['Condition/k1'],
  performer: { text: 'Lakeside Imaging', reference: 'Organization/o1' },
  place: '49',
  dosage: '1 daily',
  coverageId: 'c1',
}

describe('the form as a scenario', () => {
  it('carries what the form states, in the terms of the order', () => {
    expect(toScenario(full, FACTS)).toEqual({
      version: 3,
      patientId: 'p1',
      encounterId: 'e1',
      coverageId: 'c1',
      orders: [
        {
          id: 'draft-1',
          kind: 'ServiceRequest',
          coding: MRI.coding,
          text: 'MRI of the lower back',
          occurrence: '2026-11-20',
          quantity: { value: 1 },
          reasons: [
            {
              reference: 'Condition/k1',
              coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'M54.50', display: '' }],
              text: 'Chronic low back pain',
            },
          ],
          requester: { reference: 'Practitioner/dr1', display: 'Dr. Ana Moreno' },
          performer: { reference: 'Organization/o1', display: 'Lakeside Imaging' },
          placeOfService: {
            system: 'https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set',
            code: '49',
            display: 'Independent clinic or imaging center',
          },
          billing: [],
          patientPays: false,
        },
      ],
    })
  })

  it('leaves out what this kind of order has no place for, and what was not stated', () => {
    const values: FormValues = {
      ...full,
      kind: 'MedicationRequest',
      performer: { text: ' ', reference: null },
      coverageId: '',
    }
    const scenario = toScenario(values, FACTS)
    expect(scenario.orders[0]).toMatchObject({ kind: 'MedicationRequest', coding: [], dosage: '1 daily' })
    expect(scenario.orders[0]).not.toHaveProperty('placeOfService')
    expect(scenario.orders[0]).not.toHaveProperty('performer')
    expect(scenario).not.toHaveProperty('coverageId')
  })

  it('takes the requester from the form only where the launch names none', () => {
    const requester = { text: 'Dr. Wei', reference: 'Practitioner/w' }
    const { user, ...noUser } = FACTS
    expect(toScenario({ ...full, requester }, FACTS).orders[0]?.requester).toEqual(user)
    expect(toScenario({ ...full, requester }, noUser).orders[0]?.requester).toEqual({
      reference: 'Practitioner/w',
      display: 'Dr. Wei',
    })
  })
})

describe('what keeps the form from being asked', () => {
  const wrong: readonly (readonly [string, Partial<FormValues>, string])[] = [
    ['no entry', { what: EMPTY.what }, 'wi-what'],
    ['no date', { when: '' }, 'wi-when'],
    ['a date that does not exist', { when: '2026-02-30' }, 'wi-when'],
    ['no quantity', { quantity: ' ' }, 'wi-quantity'],
    ['a quantity in words', { quantity: 'two' }, 'wi-quantity'],
    ['a quantity of zero', { quantity: '0' }, 'wi-quantity'],
    ['the patient pays', { patientPays: true }, 'wi-pays'],
  ]
  it.each(wrong)('%s', (_, change, fieldId) => {
    const values = { ...full, ...change }
    expect(orderErrors(values, toScenario(values, FACTS)).map((error) => error.fieldId)).toEqual([fieldId])
  })

  it('nothing, where all is stated', () => {
    expect(orderErrors(full, toScenario(full, FACTS))).toEqual([])
  })
})

describe('a form kept over a new launch', () => {
  it('comes back as it was', () => {
    expect(readForm(JSON.parse(JSON.stringify(full)), '2027-01-01', () => 'new')).toEqual(full)
  })

  it.each([null, 7, 'x', [], { what: 3, reasons: 'x', kind: 'Patient', when: {} }])(
    'is an empty one where it is %j',
    (kept) => {
      expect(readForm(kept, '2026-11-20', () => 'draft-1')).toEqual(EMPTY)
    },
  )
})

describe('problems to choose from', () => {
  it('are open ones, of the problem list where there is one, and each once', () => {
    const resolved = { ...PROBLEM, id: 'k2', clinicalStatus: { coding: [{ code: 'resolved' }] } }
    const refuted = { ...PROBLEM, id: 'k3', verificationStatus: { coding: [{ code: 'refuted' }] } }
    const encounter = { ...PROBLEM, id: 'k4', category: [], code: { text: 'Cough' } }
    const nameless = { ...PROBLEM, id: 'k5', code: {} }
    const twice = { ...PROBLEM, id: 'k6' }
    const all = [resolved, refuted, encounter, nameless, PROBLEM, twice]
    expect(chartReasons(all).map((r) => r.reference)).toEqual(['Condition/k1'])
    expect(chartReasons([resolved, encounter]).map((r) => r.label)).toEqual(['Cough'])
  })
})
