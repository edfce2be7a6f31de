import { describe, expect, it } from 'vitest'
import { validateQuestion } from '../../domain/crd/question-check'
import { emptyForm, type FormValues } from './form-values'
import { orderErrors } from './order-errors'
import { type ScenarioFacts, toScenario } from './to-scenario'

const FACTS: ScenarioFacts = {
  version: 1,
  patientId: 'p1',
  user: { reference: 'Practitioner/dr1', display: 'Dr. Ana Moreno' },
  reasons: [],
}
let ids = 0
const EMPTY = emptyForm('2026-11-21', () => {
  ids += 1
  return `id-${ids}`
})
const MRI = {
  text: 'MRI',
  item: {
    label: 'MRI',
    coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '72148', display: 'MRI' }],
    source: 'preset' as const,
  },
}
const WHO = { text: 'Dr. Wei', reference: 'Practitioner/w' }

const about = (values: Partial<FormValues>): FormValues => ({ ...EMPTY, ...values })
const errorsOf = (values: FormValues) => orderErrors(values, toScenario(values, FACTS))

describe('an appointment of the form', () => {
  const appointment = { ...EMPTY.appointment, what: MRI, who: WHO }

  it('is a moment with the offset of where the user is, as long as was said', () => {
    const { question, orders } = toScenario(about({ about: 'appointment', appointment }), FACTS)
    expect(orders).toEqual([])
    if (question?.hook !== 'appointment-book') throw new Error('another hook')
    const [draft] = question.appointments
    if (draft?.time.kind !== 'exact') throw new Error('no moment')
    expect(draft.time.start).toMatch(/^2026-11-21T09:00:00[+-]\d{2}:\d{2}$/)
    expect(Date.parse(draft.time.end) - Date.parse(draft.time.start)).toBe(30 * 60_000)
    expect(draft).toMatchObject({ basedOn: [], performers: [{ reference: 'Practitioner/w' }], text: 'MRI' })
  })

  it('is some day between two where no hour is known', () => {
    const some = { ...appointment, isExact: false, until: '2026-11-30' }
    const { question } = toScenario(about({ about: 'appointment', appointment: some }), FACTS)
    expect(question).toMatchObject({
      appointments: [{ time: { kind: 'between', start: '2026-11-21', end: '2026-11-30' } }],
    })
  })

  it('is based on the orders of the form but for those that the patient pays for', () => {
    const other = { ...EMPTY, id: 'paid', patientPays: true }
    const values = about({
      about: 'appointment',
      appointment: { ...appointment, basedOn: 'described' },
      what: { ...EMPTY.what, ServiceRequest: MRI },
      others: [other],
    })
    const scenario = toScenario(values, FACTS)
    expect(scenario.question).toMatchObject({ appointments: [{ basedOn: [EMPTY.id], patientPays: false }] })
    expect(validateQuestion(scenario)).toEqual([])
  })

  it.each([
    ['hour', { hour: '' }],
    ['length', { minutes: 'long' }],
    ['order of days', { isExact: false, until: '2026-11-01' }],
  ])('is not asked about without a right %s', (_, wrong) => {
    const values = about({ about: 'appointment', appointment: { ...appointment, ...wrong } })
    expect(errorsOf(values).map((error) => error.fieldId)).toEqual(['wi-time'])
  })

  it('says what is missing beside its own fields', () => {
    const ids = errorsOf(about({ about: 'appointment' })).map((error) => error.fieldId)
    expect(ids).toEqual(['wi-appointment-what', 'wi-appointment-who'])
  })
})

describe('a visit of the form', () => {
  it('is one of the chart by its id alone', () => {
    const values = about({ about: 'visit', visit: { ...EMPTY.visit, real: 'e1', moment: 'discharge' } })
    expect(toScenario(values, FACTS).question).toEqual({
      hook: 'encounter-discharge',
      encounter: { kind: 'real', id: 'e1' },
    })
    expect(errorsOf(values)).toEqual([])
  })

  it('that does not exist has a setting, a kind and a day', () => {
    const values = about({ about: 'visit', visit: { ...EMPTY.visit, setting: 'IMP', what: MRI } })
    expect(toScenario(values, FACTS).question).toMatchObject({
      hook: 'encounter-start',
      encounter: { kind: 'hypothetical', encounter: { class: { code: 'IMP' }, start: '2026-11-21' } },
    })
    const nothing = about({ about: 'visit', visit: { ...EMPTY.visit, setting: 'what?', end: '2026-01-01' } })
    expect(errorsOf(nothing).map((error) => error.fieldId)).toEqual([
      'wi-visit-setting',
      'wi-visit-what',
      'wi-time',
    ])
  })
})

describe('sending orders out', () => {
  it('needs to be told what, and to whom', () => {
    const ids = errorsOf(about({ about: 'dispatch' })).map((error) => error.fieldId)
    expect(ids).toContain('wi-dispatch-orders')
    expect(ids).toContain('wi-dispatch-to')
  })

  it('takes orders of the chart, with a task where wanted', () => {
    const dispatch = {
      ...EMPTY.dispatch,
      existing: ['ServiceRequest/1'],
      to: { text: 'Harbor', reference: 'Organization/o1' },
      withTask: true,
      repetitions: '2',
      until: '2026-12-24',
    }
    const scenario = toScenario(about({ about: 'dispatch', dispatch }), FACTS)
    expect(scenario.orders).toEqual([])
    expect(scenario.question).toMatchObject({
      existing: ['ServiceRequest/1'],
      performer: { reference: 'Organization/o1' },
      task: { repetitions: 2, until: '2026-12-24' },
    })
  })
})

describe('errors of an order that is folded away', () => {
  it('lead to its line, with its name', () => {
    const other = { ...EMPTY, id: 'other', what: { ...EMPTY.what, ServiceRequest: MRI }, quantity: '0' }
    const values = about({ what: { ...EMPTY.what, ServiceRequest: MRI }, others: [other], position: 1 })
    expect(errorsOf(values)).toEqual([
      { fieldId: 'wi-order-other', message: 'MRI: Enter a quantity greater than zero.' },
    ])
  })
})
