import { describe, expect, it } from 'vitest'
import type { DraftAppointment, DraftEncounter, Question } from './question'
import { type QuestionField, validateQuestion } from './question-check'
import { mri, scenario } from './samples.test-data'
import type { DraftOrder, Scenario } from './scenario'

const code = { system: 'http://snomed.info/sct', code: '1', display: '' }
const appointment: DraftAppointment = {
  id: 'a1',
  serviceType: [code],
  time: { kind: 'between', start: '2026-12-01', end: '2026-12-05' },
  performers: [{ reference: 'Practitioner/1', display: '' }],
  reasons: [],
  basedOn: [],
  billing: [],
  patientPays: false,
}
const encounter: DraftEncounter = {
  id: 'e1',
  class: code,
  type: [code],
  start: '2026-12-01',
  reasons: [],
  billing: [],
}
const booking = (over: Partial<DraftAppointment>): Scenario => ({
  ...scenario,
  orders: [],
  question: { hook: 'appointment-book', appointments: [{ ...appointment, ...over }] },
})
const visiting = (over: Partial<DraftEncounter>): Scenario => ({
  ...scenario,
  orders: [],
  question: {
    hook: 'encounter-start',
    encounter: { kind: 'hypothetical', encounter: { ...encounter, ...over } },
  },
})
const ordering = (over: Partial<DraftOrder>, more: Partial<Scenario> = {}): Scenario => ({
  ...scenario,
  ...more,
  orders: [{ ...mri, ...over }],
})
const asking = (question: Question, orders = scenario.orders): Scenario => ({ ...scenario, question, orders })
const performer = { reference: 'Organization/1', display: '' }
const dispatching = (existing: readonly string[], to = performer): Question => ({
  hook: 'order-dispatch',
  existing,
  performer: to,
})
const exact = (start: string, end: string) => ({ time: { kind: 'exact', start, end } }) as const

describe('a question', () => {
  const fine: readonly (readonly [string, Scenario])[] = [
    ['an order', scenario],
    ['an appointment without an order', booking({})],
    ['an appointment at a moment', booking(exact('2026-12-01T09:00:00-05:00', '2026-12-01T09:30:00-05:00'))],
    ['a visit that does not exist', visiting({})],
    [
      'a visit of the chart',
      asking({ hook: 'encounter-discharge', encounter: { kind: 'real', id: 'e9' } }, []),
    ],
    ['an order of the chart to be dispatched', asking(dispatching(['ServiceRequest/9']), [])],
    ['a chosen order', asking({ hook: 'order-select', selections: ['draft-1'] })],
    ['a de-identified order with a code', ordering({}, { deIdentified: true })],
  ]
  it.each(fine)('may be asked about %s', (_what, given) => {
    expect(validateQuestion(given)).toEqual([])
  })

  const wrong: readonly (readonly [string, Scenario, QuestionField])[] = [
    ['nothing is dispatched', asking(dispatching([]), []), 'orders'],
    [
      'the performer is only a name',
      asking(dispatching(['ServiceRequest/9'], { ...performer, reference: 'x' }), []),
      'performer',
    ],
    ['what was chosen is not there', asking({ hook: 'order-select', selections: ['x'] }), 'selections'],
    ['there is no appointment', asking({ hook: 'appointment-book', appointments: [] }, []), 'appointments'],
    ['the patient pays for the appointment', booking({ patientPays: true }), 'appointments'],
    ['an appointment has no id', booking({ id: 'a b' }), 'appointments'],
    ['an appointment is for nothing', booking({ serviceType: [] }), 'serviceType'],
    [
      'an appointment’s code has no system',
      booking({ serviceType: [{ ...code, system: '' }] }),
      'serviceType',
    ],
    ['nobody sees the patient', booking({ performers: [] }), 'performers'],
    ['an appointment is based on what is not there', booking({ basedOn: ['x'] }), 'basedOn'],
    [
      'an appointment ends before it begins',
      booking(exact('2026-12-01T09:00:00Z', '2026-12-01T08:00:00Z')),
      'time',
    ],
    ['a moment is a day', booking(exact('2026-12-01', '2026-12-01')), 'time'],
    [
      'a day does not exist',
      booking({ time: { kind: 'between', start: '2026-02-30', end: '2026-12-01' } }),
      'time',
    ],
    ['a visit has no class', visiting({ class: { ...code, system: '' } }), 'class'],
    ['a visit has no type', visiting({ type: [] }), 'type'],
    ['a visit ends before it begins', visiting({ end: '2026-11-30' }), 'time'],
    ['a visit has no id', visiting({ id: '' }), 'encounter'],
    [
      'a real visit has no id',
      asking({ hook: 'encounter-start', encounter: { kind: 'real', id: '' } }, []),
      'encounter',
    ],
    ['records are asked for about no order', ordering({ kind: 'CommunicationRequest' }), 'basedOn'],
    ['it happens no times a week', ordering({ frequency: { times: 0, period: 1, unit: 'wk' } }), 'frequency'],
    ['a fill lasts half a day', ordering({ kind: 'MedicationRequest', daysSupply: 0.5 }), 'supply'],
    ['there are fewer refills than none', ordering({ kind: 'MedicationRequest', refills: -1 }), 'supply'],
    ['no eye is chosen', ordering({ kind: 'VisionPrescription', lenses: [] }), 'lenses'],
    [
      'an axis is beyond a circle',
      ordering({ kind: 'VisionPrescription', lenses: [{ eye: 'left', axis: 200 }] }),
      'lenses',
    ],
    [
      'de-identified words are all there is',
      ordering({ coding: [], text: 'MRI' }, { deIdentified: true }),
      'coding',
    ],
    [
      'de-identified words are all an appointment has',
      { ...booking({ serviceType: [], text: 'Visit' }), deIdentified: true },
      'serviceType',
    ],
  ]
  it.each(wrong)('may not be asked where %s', (_what, given, field) => {
    expect(validateQuestion(given).map((error) => error.field)).toEqual([field])
  })
})
