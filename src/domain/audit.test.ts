import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exportRecords, readEntry, readPayload } from './audit'
import { invocationRecord, keptAnswer } from './audit-record'
import type { PayerAnswer } from './crd/ask'
import { ask } from './crd/ask'
import { acme, coverageInformation, payerOf, prepared, worldOf } from './crd/samples.test-data'
import { ok } from './result'

const session = { fhirBase: 'https://ehr.example/fhir', patientId: 'p1', fhirUser: 'Practitioner/dr1' }
const frame = { scenarioVersion: 3, payer: acme, hookInstance: 'h1', askedAt: 10, endedAt: 20 }

/** A question that was asked and answered so. */
async function asked(respond: (order: object) => unknown) {
  let response: unknown
  const world = worldOf({ cds: payerOf(async () => ok(response)) })
  const question = await prepared(world)
  response = respond(question.orders[0] ?? {})
  const answer = await ask(question, world, () => undefined)
  const record = invocationRecord({
    id: 'r1',
    session,
    request: question.request.json,
    response,
    orders: question.orders,
    coverage: `Coverage/${question.choice.coverage.id}`,
    answer,
  })
  if (record === undefined) throw new Error('nothing was kept')
  return { answer, record, response, request: question.request.json, orders: question.orders }
}

const full = (order: object) => ({
  cards: [
    {
      uuid: 'c1',
      summary: 'Try an X-ray',
      source: { label: 'Acme' },
      suggestions: [
        { uuid: 'sug-1', label: 'X-ray', actions: [] },
        { label: 'No uuid', actions: [] },
      ],
      links: [{ label: 'Policy', url: 'https://acme.example/policy.pdf', type: 'absolute' }],
    },
  ],
  systemActions: [
    {
      type: 'update',
      resource: {
        ...order,
        extension: [
          coverageInformation(
            ['covered', { valueCode: 'covered' }],
            ['coverage-assertion-id', { valueString: 'A1' }],
          ),
        ],
      },
    },
  ],
})

describe('keeping an invocation', () => {
  it('holds who asked whom what and when, the outcome, and the ids that a dispute turns on', async () => {
    const { record, request, response, orders, answer } = await asked(full)
    expect(record.entry).toEqual({
      version: 1,
      id: 'r1',
      chart: 'https://ehr.example/fhir',
      patientId: 'p1',
      user: 'Practitioner/dr1',
      payerId: 'acme',
      payerName: 'Acme Health',
      hook: 'order-sign',
      hookInstance: answer.hookInstance,
      title: 'MRI of the knee (73721)',
      coverage: 'Coverage/cov1',
      outcome: 'answered',
      askedAt: answer.askedAt,
      endedAt: answer.endedAt,
      assertionIds: ['A1'],
      suggestionUuids: ['sug-1'],
    })
    expect(record.payload).toEqual({ request, response, orders })
  })

  const outcomes: readonly (readonly [string, PayerAnswer, unknown])[] = [
    ['silent', { ...frame, kind: 'silent' }, undefined],
    ['skipped', { ...frame, kind: 'skipped' }, undefined],
    [
      'failed',
      {
        ...frame,
        kind: 'failed',
        problem: { kind: 'http', server: 'Acme', status: 412 },
        serviceChanged: false,
      },
      { kind: 'http', status: 412, sentence: expect.any(String) },
    ],
    [
      'refused',
      { ...frame, kind: 'refused', rule: 'once', message: 'Asked already.' },
      { kind: 'refused', sentence: 'Asked already.' },
    ],
  ]
  it.each(outcomes)('tells that it ended %s', (outcome, answer, failure) => {
    const record = invocationRecord({
      id: 'r',
      session,
      request: {},
      orders: [],
      coverage: 'Coverage/1',
      answer,
    })
    expect(record?.entry).toMatchObject({ outcome, assertionIds: [], title: 'Nothing that could be named' })
    expect(record?.entry.failure).toEqual(failure)
    expect(record?.payload).toEqual({ request: {}, orders: [] })
    expect(readEntry(JSON.parse(JSON.stringify(record?.entry))).ok).toBe(true)
  })

  it('keeps nothing where nothing was sent', () => {
    const { hookInstance: _none, ...unsent } = frame
    const answer: PayerAnswer = { ...unsent, kind: 'refused', rule: 'x', message: 'y' }
    expect(
      invocationRecord({ id: 'r', session, request: {}, orders: [], coverage: '', answer }),
    ).toBeUndefined()
  })
})

describe('opening it again', () => {
  it('shows what was shown, read from what was stored as JSON', async () => {
    const { record, answer } = await asked(full)
    const entry = readEntry(JSON.parse(JSON.stringify(record.entry)))
    const payload = readPayload(JSON.parse(JSON.stringify(record.payload)))
    if (!entry.ok || !payload.ok) throw new Error('not readable')
    const kept = keptAnswer({ entry: entry.value, payload: payload.value })
    if (!kept.ok || answer.kind !== 'answered') throw new Error('no answer')
    const { coverage, cards, otherActions, unreadable } = answer
    expect(kept.value).toEqual({ coverage, cards, otherActions, unreadable })
  })

  it('fails where there was no answer', async () => {
    const { record } = await asked(() => ({ cards: [] }))
    expect(keptAnswer({ ...record, payload: { request: {}, orders: [] } }).ok).toBe(false)
  })

  it('reads anything that storage may hold without throwing', () => {
    fc.assert(
      fc.property(fc.anything(), (stored) => {
        for (const read of [readEntry, readPayload]) read(stored)
      }),
    )
    expect(readEntry({ version: 2 })).toMatchObject({ ok: false, problem: { kind: 'malformed' } })
  })
})

describe('exporting', () => {
  it('gives one JSON text with all of each record', async () => {
    const { record } = await asked(full)
    const json = JSON.parse(exportRecords([record], '2026-11-20T10:00:00-05:00'))
    expect(json).toMatchObject({ version: 1, exportedAt: '2026-11-20T10:00:00-05:00' })
    expect(json.invocations).toEqual([JSON.parse(JSON.stringify({ ...record.entry, ...record.payload }))])
  })
})
