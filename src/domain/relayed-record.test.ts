import { describe, expect, it } from 'vitest'
import { recordOf } from './audit-record'
import { ask } from './crd/ask'
import { acme, coverageInformation, payerOf, prepared, worldOf } from './crd/samples.test-data'
import { type RelayedOutcome, relayedRecord } from './relayed-record'
import { fail, ok, type Problem, type Result } from './result'

const session = { fhirBase: 'https://ehr.example/fhir', patientId: 'p1', fhirUser: 'Practitioner/dr1' }

/** A question, what the browser kept of it, and what the relay's log makes of the same. */
async function both(
  respond: (order: object) => Result<unknown>,
  outcome: (response: unknown) => RelayedOutcome,
) {
  let response: Result<unknown> = ok(undefined)
  const world = worldOf({ cds: payerOf(async () => response) })
  const question = await prepared(world)
  response = respond(question.orders[0] ?? {})
  const answer = await ask(question, world, () => undefined)
  const browser = recordOf(question, answer, session, () => 'r1')
  const relay = relayedRecord({
    id: 'r1',
    payer: acme,
    chart: session.fhirBase,
    patientId: session.patientId,
    user: session.fhirUser,
    askedAt: answer.askedAt,
    endedAt: answer.endedAt,
    request: question.request.body,
    outcome: outcome(response.ok ? response.value : undefined),
  })
  return { browser, relay }
}

const covered = (order: object) =>
  ok({
    cards: [{ uuid: 'c1', summary: 'Try an X-ray', indicator: 'info', source: { label: 'Acme' } }],
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

const whole = (response: unknown): RelayedOutcome => ({
  kind: 'answered',
  status: 200,
  body: JSON.stringify(response),
})

describe('a question read from the relay’s log', () => {
  it.each([
    ['an answer', covered],
    ['silence', () => ok({ cards: [] })],
    ['what cannot be read', () => ok({ cards: 'none' })],
  ])('is the record that the browser kept of it: %s', async (_, respond) => {
    const { browser, relay } = await both(respond, whole)
    expect(relay).toEqual(browser)
    expect(relay?.entry.title).not.toBe('')
  })

  const failures: readonly (readonly [string, Problem, RelayedOutcome])[] = [
    [
      'another status',
      { kind: 'http', server: acme.name, status: 500 },
      { kind: 'answered', status: 500, body: 'x' },
    ],
    ['a cut line', { kind: 'network', server: acme.name }, { kind: 'failed', why: 'network' }],
  ]
  it.each(failures)('is a failure where the browser kept one: %s', async (_, problem, outcome) => {
    const { browser, relay } = await both(
      () => fail(problem),
      () => outcome,
    )
    expect(relay?.entry).toEqual(browser?.entry)
  })

  it('is nothing where the request cannot be read', () => {
    const kept = { id: 'r', payer: acme, chart: '', patientId: '', askedAt: 0, endedAt: 0 }
    for (const request of ['', 'null', '{}', '[]'])
      expect(relayedRecord({ ...kept, request })).toBeUndefined()
  })

  it.each([
    ['order-dispatch', { dispatchedOrders: ['ServiceRequest/s1'] }, ['ServiceRequest/s1']],
    ['order-dispatch', { order: 'ServiceRequest/s1' }, ['ServiceRequest/s1']],
    ['encounter-start', { encounterId: 'e1' }, ['Encounter/e1']],
    [
      'appointment-book',
      {
        encounterId: 'e1',
        appointments: { entry: [{ resource: { resourceType: 'Appointment', id: 'a1' } }] },
      },
      ['Appointment/a1'],
    ],
  ])('finds what %s was about', (hook, context, found) => {
    const prefetch = {
      visit: { resourceType: 'Encounter', id: 'e1' },
      orders: { resourceType: 'Bundle', entry: [{ resource: { resourceType: 'ServiceRequest', id: 's1' } }] },
      coverage: { resourceType: 'Coverage', id: 'c1' },
    }
    const request = JSON.stringify({ hook, hookInstance: 'h', context, prefetch })
    const kept = { id: 'r', payer: acme, chart: '', patientId: 'p1', askedAt: 1, endedAt: 2, request }
    const record = relayedRecord(kept)
    expect(record?.payload.orders.map((each) => JSON.stringify(each))).toEqual(
      found.map((reference) => {
        const [resourceType, id] = reference.split('/')
        return JSON.stringify({ resourceType, id })
      }),
    )
    expect(record?.entry).toMatchObject({ hook, coverage: 'Coverage/c1', outcome: 'skipped' })
  })
})
