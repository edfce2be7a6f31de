import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../json'
import { ok } from '../result'
import type { PreparedQuestion } from './ask'
import { approve, type GuardInput } from './guard'
import type { Question } from './question'
import { acme, fhirBase, mri, payerOf, prepared, scenario, worldOf } from './samples.test-data'
import type { Scenario } from './scenario'

const prefetch = { orders: 'ServiceRequest?_id={{context.dispatchedOrders.resolve().id}}' }
const questions = {
  'appointment-book': {
    hook: 'appointment-book',
    appointments: [
      {
        id: 'a1',
        serviceType: mri.coding,
        time: { kind: 'between', start: '2026-12-01', end: '2026-12-05' },
        performers: [{ reference: 'Practitioner/dr1', display: '' }],
        reasons: [],
        basedOn: [],
        billing: [],
        patientPays: false,
      },
    ],
  },
  'encounter-start': { hook: 'encounter-start', encounter: { kind: 'real', id: 'e1' } },
  'order-dispatch': {
    hook: 'order-dispatch',
    existing: [],
    performer: { reference: 'Organization/org1', display: '' },
    task: { id: 't1' },
  },
} as const satisfies Readonly<Record<string, Question>>
type Hook = keyof typeof questions

async function asked(hook: Hook): Promise<{ question: PreparedQuestion; given: Scenario }> {
  const service = { id: hook, hook, prefetch, versions: ['2.2'], configurationOptions: [] }
  const cds = payerOf(async () => ok({ cards: [] }))
  cds.discover = async () => ok({ services: [service], unreadable: 0 })
  const given = { ...scenario, question: questions[hook] }
  return { question: await prepared(worldOf({ cds }), given), given }
}

function judge(
  question: PreparedQuestion,
  given: Scenario,
  json: JsonObject,
  over: Partial<GuardInput> = {},
) {
  return approve({
    json,
    payer: acme,
    payers: [acme],
    service: question.service,
    discovery: { services: [question.service], unreadable: 0 },
    coverage: question.choice.coverage,
    scenario: given,
    session: { patientId: 'p1', fhirBase },
    maxRequestBytes: 100_000,
    ...over,
  })
}

/** A copy with one thing changed; undefined takes it away. */
function changed(json: JsonObject, path: readonly (string | number)[], value: unknown): JsonObject {
  const copy = structuredClone(json) as Record<string | number, unknown>
  let here = copy
  for (const step of path.slice(0, -1)) here = here[step] as Record<string | number, unknown>
  here[path.at(-1) ?? ''] = value
  return copy as JsonObject
}

const appointment = ['context', 'appointments', 'entry', 0, 'resource'] as const
const task = ['context', 'fulfillmentTasks', 0] as const
const other = { reference: 'Patient/p2' }

describe('the guard over every hook', () => {
  it.each(Object.keys(questions) as Hook[])('lets %s through as it was composed', async (hook) => {
    const { question, given } = await asked(hook)
    expect(judge(question, given, question.request.json).ok).toBe(true)
  })

  const broken: readonly (readonly [string, Hook, readonly (string | number)[], unknown, string])[] = [
    ['a booked appointment', 'appointment-book', [...appointment, 'status'], 'booked', 'drafts-only'],
    ['an appointment without id', 'appointment-book', [...appointment, 'id'], undefined, 'drafts-only'],
    ['no appointment', 'appointment-book', ['context', 'appointments', 'entry'], [], 'drafts-only'],
    [
      'another patient’s appointment',
      'appointment-book',
      [...appointment, 'participant', 0, 'actor'],
      other,
      'one-patient',
    ],
    ['no visit', 'encounter-start', ['context', 'encounterId'], undefined, 'drafts-only'],
    ['no performer', 'order-dispatch', ['context', 'performer'], undefined, 'drafts-only'],
    ['nothing to dispatch', 'order-dispatch', ['context', 'dispatchedOrders'], [], 'drafts-only'],
    ['a task that is not a draft', 'order-dispatch', [...task, 'status'], 'requested', 'drafts-only'],
    ['a task for another patient', 'order-dispatch', [...task, 'for'], other, 'one-patient'],
    ['another hook than the question’s', 'encounter-start', ['hook'], 'encounter-discharge', 'endpoint'],
  ]
  it.each(broken)('stops %s', async (_what, hook, path, value, rule) => {
    const { question, given } = await asked(hook)
    const result = judge(question, given, changed(question.request.json, path, value))
    expect(result).toMatchObject({ ok: false, problem: { kind: 'refused', rule } })
  })

  it('stops an order that the patient pays for, in prefetch and by reference', async () => {
    const { question, given } = await asked('order-dispatch')
    const paid = { ...given, orders: [{ ...mri, patientPays: true }] }
    const without = changed(question.request.json, ['prefetch'], undefined)
    for (const json of [question.request.json, without])
      expect(judge(question, paid, json)).toMatchObject({ ok: false, problem: { rule: 'patient-pays' } })
  })
})
