import { describe, expect, it } from 'vitest'
import type { FhirJson } from '../json'
import type { Action } from './cds-response'
import { draftResource } from './order'
import { fhirBase, mri, scenario } from './samples.test-data'
import type { DraftOrder, Scenario } from './scenario'
import { validate } from './scenario-check'
import { applySuggestions } from './suggestion'
import { variantScenario } from './suggestion-scenario'

const frame = { patientId: 'p1', coverageId: 'cov1', authoredOn: '2026-11-20T12:00:00Z' }
const brace: DraftOrder = { ...mri, id: 'draft-2', kind: 'DeviceRequest', coding: [], text: 'Knee brace' }
const ownMoney: DraftOrder = { ...mri, id: 'draft-3', patientPays: true }
const question: Scenario = { ...scenario, orders: [mri, brace, ownMoney] }
const sent: readonly FhirJson[] = [mri, brace].map((order) => draftResource(order, frame))
const xray: FhirJson = {
  resourceType: 'ServiceRequest',
  id: 'AAA',
  status: 'draft',
  intent: 'order',
  code: {
    coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '73560', display: 'X-ray of the knee' }],
  },
  subject: { reference: 'Patient/p1' },
  priority: 'urgent',
}

function variant(actions: readonly Action[], from: Scenario = question, before = sent) {
  let count = 0
  const outcome = applySuggestions(
    { suggestions: [{ key: 's', label: 's', isRecommended: false, actions }] },
    ['s'],
    { resources: before, patientId: 'p1', fhirBase, newId: () => `new-${++count}` },
  )
  if (outcome.kind !== 'applied') throw new Error(JSON.stringify(outcome))
  return variantScenario(from, { before, ...outcome }, fhirBase)
}

describe('a scenario with a suggestion in it', () => {
  it('replaces the order and leaves the others as the user described them, even those that are not sent', () => {
    const { scenario: next, notCarried } = variant([
      { type: 'delete', targets: ['ServiceRequest/draft-1'] },
      { type: 'create', resource: xray },
    ])
    expect(notCarried).toEqual([])
    expect(next.orders.map((order) => order.id)).toEqual(['new-1', 'draft-2', 'draft-3'])
    expect(next.orders[1]).toBe(brace)
    expect(next.orders[2]).toBe(ownMoney)
    expect(next.version).toBe(question.version + 1)
  })

  it('can be asked: who orders is taken over, and what the form cannot hold travels along', () => {
    const { scenario: next } = variant([
      { type: 'delete', targets: ['ServiceRequest/draft-1'] },
      { type: 'create', resource: xray },
    ])
    expect(validate(next)).toEqual([])
    const order = next.orders[0]
    expect(order?.requester?.reference).toBe('Practitioner/dr1')
    expect(order && draftResource(order, frame)).toMatchObject({
      id: 'new-1',
      status: 'draft',
      code: xray.code,
      priority: 'urgent',
      insurance: [{ reference: 'Coverage/cov1' }],
      requester: { reference: 'Practitioner/dr1' },
    })
  })

  it('keeps references between the orders of a suggestion', () => {
    const device = {
      ...sent[1],
      resourceType: 'DeviceRequest',
      id: 'BBB',
      basedOn: [{ reference: 'ServiceRequest/AAA' }],
    }
    const { scenario: next } = variant([
      { type: 'create', resource: device },
      { type: 'create', resource: xray },
    ])
    const made = next.orders.find((order) => order.id === 'new-1')
    expect(made && draftResource(made, frame).basedOn).toEqual([{ reference: 'ServiceRequest/new-2' }])
  })

  const requesters: readonly (readonly [unknown, string])[] = [
    [{ reference: `${fhirBase}/PractitionerRole/r9` }, 'PractitionerRole/r9'],
    [{ reference: 'Practitioner/dr2' }, 'Practitioner/dr2'],
    [{ reference: 'https://elsewhere.example/Practitioner/dr2' }, 'Practitioner/dr1'],
    [{ display: 'Dr. Who' }, 'Practitioner/dr1'],
    ['odd', 'Practitioner/dr1'],
  ]
  it.each(requesters)('reads who orders from %j', (requester, expected) => {
    const { scenario: next } = variant([{ type: 'create', resource: { ...xray, requester } }])
    expect(next.orders.find((order) => order.id === 'new-1')?.requester?.reference).toBe(expected)
  })

  it('says what it cannot ask about, and keeps the user’s own order then', () => {
    const nutrition: FhirJson = {
      resourceType: 'NutritionOrder',
      id: 'n',
      patient: { reference: 'Patient/p1' },
    }
    const { code: _code, ...nameless } = sent[0] ?? xray
    const { scenario: next, notCarried } = variant([
      { type: 'create', resource: nutrition },
      { type: 'update', resource: nameless as FhirJson },
    ])
    expect(notCarried).toHaveLength(2)
    expect(next.orders).toEqual([mri, brace, ownMoney])
  })

  it('takes out of the question what the suggestion takes out', () => {
    const booked: Scenario = {
      ...question,
      question: {
        hook: 'appointment-book',
        appointments: [
          {
            id: 'apt-1',
            serviceType: [],
            text: 'Visit',
            time: { kind: 'between', start: '2026-12-01', end: '2026-12-02' },
            performers: [],
            reasons: [],
            basedOn: [],
            billing: [],
            patientPays: false,
          },
        ],
      },
    }
    const before = [...sent, { resourceType: 'Appointment', id: 'apt-1' }]
    const { scenario: next } = variant([{ type: 'delete', targets: ['Appointment/apt-1'] }], booked, before)
    expect(next.question).toEqual({ hook: 'appointment-book', appointments: [] })
  })

  it.each([
    [['draft-1'], ['new-1']],
    [
      ['draft-1', 'draft-2'],
      ['new-1', 'draft-2'],
    ],
  ])('selects what is left of %j and what took its place', (selections, expected) => {
    const selected: Scenario = { ...question, question: { hook: 'order-select', selections } }
    const { scenario: next } = variant(
      [
        { type: 'delete', targets: ['ServiceRequest/draft-1'] },
        { type: 'create', resource: xray },
      ],
      selected,
    )
    expect(next.question).toEqual({ hook: 'order-select', selections: expected })
  })

  it('never takes a changed order of the chart for one of its own', () => {
    const before = [...sent, { ...xray, id: 'chart-1' }]
    const dispatched: Scenario = {
      ...question,
      question: {
        hook: 'order-dispatch',
        existing: ['ServiceRequest/chart-1'],
        performer: { display: 'Acme' },
      },
    }
    const { scenario: next, notCarried } = variant(
      [{ type: 'update', resource: { ...xray, id: 'chart-1', priority: 'stat' } }],
      dispatched,
      before,
    )
    expect(notCarried).toHaveLength(1)
    expect(next.orders).toEqual([mri, brace, ownMoney])
    expect(next.question).toEqual(dispatched.question)
  })
})
