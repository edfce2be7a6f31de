import { describe, expect, it } from 'vitest'
import { at } from '../json'
import { fail, ok, type Result } from '../result'
import type { AskWorld } from './ask'
import { type AskState, ask, type PreparedQuestion, prepare, warm } from './ask'
import {
  acme,
  chart,
  coverage,
  coverageInformation,
  fakeClock,
  mri,
  organization,
  patient,
  payerOf,
  scenario,
  settle,
  worldOf,
} from './samples.test-data'
import type { Scenario } from './scenario'

async function prepared(world: AskWorld, question: Scenario = scenario): Promise<PreparedQuestion> {
  const preparation = await prepare(question, world)
  if (preparation.kind !== 'ready') throw new Error(`not ready: ${JSON.stringify(preparation.answer)}`)
  return preparation
}

/** Asks and gives back what the states were, and the answer. */
async function askWith(invoke: (question: PreparedQuestion) => Result<unknown>) {
  let question: PreparedQuestion | undefined
  const cds = payerOf(async () => (question === undefined ? fail({ kind: 'cancelled' }) : invoke(question)))
  const world = worldOf({ cds })
  question = await prepared(world)
  const states: AskState[] = []
  const answer = await ask(question, world, (state) => states.push(state))
  return { answer, states: states.map((state) => state.kind), cds }
}

const answering = (code: string) => (question: PreparedQuestion) =>
  ok({
    systemActions: [
      {
        type: 'update',
        resource: {
          ...question.orders[0],
          extension: [coverageInformation(['covered', { valueCode: code }])],
        },
      },
    ],
  })

describe('preparing a question', () => {
  it('makes an order-sign request for the likely coverage and tells what will be sent', async () => {
    const question = await prepared(worldOf())
    const json = JSON.parse(question.request.body) as unknown
    expect(at(json, 'hook')).toBe('order-sign')
    expect(at(json, 'hookInstance')).toBe(question.hookInstance)
    expect(at(json, 'fhirServer')).toBe('https://ehr.example/fhir')
    expect(at(json, 'fhirAuthorization')).toBeUndefined()
    expect(at(json, 'extension')).toEqual({
      'davinci-crd.requestedVersion': '2.2',
      'davinci-crd.configuration': { 'unsolicited-determ': false },
    })
    expect(at(json, 'context', 'userId')).toBe('Practitioner/dr1')
    expect(at(json, 'prefetch', 'patient')).toEqual(patient)
    expect(at(json, 'prefetch', 'practitioners', 'entry', 0, 'resource', 'id')).toBe('dr1')
    expect(question.disclosure.summary).toBe(
      'Acme Health receives 1 hypothetical order for Jane Roe and 3 records from the chart.',
    )
    expect(question.disclosure.items.map((item) => item.what)).toContain(
      'Hypothetical order: MRI of the knee',
    )
    expect(question.request.body).not.toContain('\n')
  })

  it('reads nothing of the chart again once it is warm', async () => {
    const ehr = chart()
    const world = worldOf({ ehr })
    await warm(scenario, world)
    const before = ehr.calls.length
    expect(before).toBeGreaterThan(0)
    await prepared(world)
    expect(ehr.calls.length).toBe(before)
  })

  it('never sends an order that the patient pays for', async () => {
    const secret = { ...mri, id: 'draft-2', text: 'Secret test', patientPays: true }
    const question = await prepared(worldOf(), { ...scenario, orders: [mri, secret] })
    expect(question.orders.map((order) => order.id)).toEqual(['draft-1'])
    expect(question.request.body).not.toContain('Secret test')
    expect(question.disclosure.notices[0]).toBe('1 order marked as paid by the patient: not sent.')
  })

  const refusals: readonly (readonly [string, string, Partial<AskWorld>, Partial<Scenario>])[] = [
    ['an incomplete form', 'form', {}, { orders: [] }],
    ['no active coverage', 'one-coverage', { ehr: chart([patient]) }, {}],
    ['a payer that is not in the directory', 'directory', { payers: [] }, {}],
    [
      'a payer without a service',
      'no-service',
      { payers: [{ id: 'acme', name: 'Acme', identifiers: acme.identifiers, authorization: 'open' }] },
      {},
    ],
    [
      'another patient than the open chart',
      'one-patient',
      { session: { fhirBase: 'https://ehr.example/fhir', patientId: 'p2' } },
      {},
    ],
    [
      'a request that is too large',
      'size',
      { policy: { slowAfterMs: 1, stopAfterMs: 2, maxRequestBytes: 10 } },
      {},
    ],
  ]
  it.each(refusals)('refuses %s', async (_what, rule, over, change) => {
    const preparation = await prepare({ ...scenario, ...change }, worldOf(over))
    expect(preparation.kind === 'not-ready' && preparation.answer).toMatchObject({ kind: 'refused', rule })
  })

  it('names the user by the order’s requester where the chart names none', async () => {
    const question = await prepared(
      worldOf({ session: { fhirBase: 'https://ehr.example/fhir', patientId: 'p1' } }),
    )
    expect(at(question.request.json, 'context', 'userId')).toBe('Practitioner/dr1')
  })

  it('fails with the chart’s problem where coverages cannot be read', async () => {
    const ehr = { ...chart(), search: async () => fail({ kind: 'network' as const, server: 'The chart' }) }
    const preparation = await prepare(scenario, worldOf({ ehr }))
    expect(preparation.kind === 'not-ready' && preparation.answer).toMatchObject({
      kind: 'failed',
      problem: { kind: 'network', server: 'The chart' },
    })
  })

  it('leaves out a key that the chart is slow about, and says so', async () => {
    const plain = chart()
    const ehr: typeof plain = {
      ...plain,
      search: (type, params) =>
        type === 'Practitioner' ? new Promise(() => {}) : plain.search(type, params),
    }
    const clock = fakeClock()
    const preparing = prepare(scenario, worldOf({ ehr, clock }))
    await clock.advance(5000)
    const preparation = await preparing
    expect(preparation.kind === 'ready' && preparation.disclosure.leftOut).toEqual([
      { prefetchKey: 'practitioners', why: 'The chart did not answer.' },
    ])
  })

  it('is skipped when it is stopped before it is ready', async () => {
    const stopped = new AbortController()
    stopped.abort()
    const preparation = await prepare(scenario, worldOf(), { signal: stopped.signal })
    expect(preparation.kind === 'not-ready' && preparation.answer.kind).toBe('skipped')
  })
})

describe('asking a payer', () => {
  it('tells an answer with its coverage, and the question it belongs to', async () => {
    const { answer, states } = await askWith(answering('covered'))
    expect(states).toEqual(['asking', 'done'])
    expect(answer).toMatchObject({
      kind: 'answered',
      scenarioVersion: 3,
      coverage: [{ verdict: { kind: 'covered' } }],
    })
  })

  const outcomes: readonly (readonly [string, Result<unknown>, string])[] = [
    ['no cards at all', ok({ cards: [] }), 'silent'],
    ['an empty object', ok({}), 'silent'],
    [
      'one card',
      ok({ cards: [{ summary: 'Hello', indicator: 'info', source: { label: 'Acme' } }] }),
      'answered',
    ],
    ['only what cannot be read', ok({ cards: [{ indicator: 'info' }] }), 'failed'],
    ['no JSON object', ok('hello'), 'failed'],
    ['an HTTP error', fail({ kind: 'http', server: 'Acme Health', status: 500 }), 'failed'],
    ['a refusal of the client', fail({ kind: 'refused', rule: 'same-server', message: 'no' }), 'refused'],
  ]
  it.each(outcomes)('turns %s into its own outcome', async (_what, result, kind) => {
    const { answer } = await askWith(() => result)
    expect(answer.kind).toBe(kind)
  })

  it('is undecided where the payer says no more than that it cannot decide', async () => {
    const { answer } = await askWith(answering('indeterminate'))
    expect(answer.kind).toBe('undecided')
  })

  it('sends once and asks discovery anew before it fails', async () => {
    const { answer, cds } = await askWith(() => fail({ kind: 'http', server: 'Acme Health', status: 422 }))
    expect(answer).toMatchObject({ kind: 'failed', serviceChanged: false })
    expect(cds.sent).toHaveLength(1)
    expect(cds.discoveries).toEqual([false, true])
  })

  it('does not send the same question twice', async () => {
    const cds = payerOf(async () => ok({ cards: [] }))
    const world = worldOf({ cds })
    const question = await prepared(world)
    await ask(question, world, () => {})
    const again = await ask(question, world, () => {})
    expect(again).toMatchObject({ kind: 'refused', rule: 'once' })
    expect(cds.sent).toHaveLength(1)
  })

  it('says that it is slow, then stops by itself with a timeout and ends the call', async () => {
    const clock = fakeClock()
    let signal: AbortSignal | undefined
    const cds = payerOf((given) => {
      signal = given
      return new Promise(() => {})
    })
    const world = worldOf({ clock, cds })
    const question = await prepared(world)
    const states: string[] = []
    const asking = ask(question, world, (state) => states.push(state.kind))
    await clock.advance(4999)
    expect(states).toEqual(['asking'])
    await clock.advance(1)
    expect(states).toEqual(['asking', 'slow'])
    await clock.advance(5000)
    expect(await asking).toMatchObject({
      kind: 'failed',
      problem: { kind: 'timeout', server: 'Acme Health', afterMs: 10_000 },
    })
    expect(signal?.aborted).toBe(true)
    expect(states).toEqual(['asking', 'slow', 'done'])
  })

  it('is skipped when the user says so, and nothing is told afterwards', async () => {
    const clock = fakeClock()
    let finish: (result: Result<unknown>) => void = () => {}
    const cds = payerOf(
      () =>
        new Promise((resolve) => {
          finish = resolve
        }),
    )
    const world = worldOf({ clock, cds })
    const question = await prepared(world)
    const skip = new AbortController()
    const states: string[] = []
    const asking = ask(question, world, (state) => states.push(state.kind), { signal: skip.signal })
    skip.abort()
    expect((await asking).kind).toBe('skipped')
    finish(ok({ cards: [{ summary: 'late' }] }))
    await clock.advance(20_000)
    await settle()
    expect(states).toEqual(['asking', 'done'])
  })

  it('keeps the payer’s failure where looking at discovery takes too long', async () => {
    const clock = fakeClock()
    const cds = { ...payerOf(async () => fail({ kind: 'network' as const, server: 'Acme Health' })) }
    const world = worldOf({ clock, cds })
    const question = await prepared(world)
    cds.discover = () => new Promise(() => {})
    const asking = ask(question, world, () => {})
    await clock.advance(10_000)
    expect(await asking).toMatchObject({ kind: 'failed', problem: { kind: 'network' } })
  })

  it('speaks of a changed service where discovery now differs', async () => {
    const cds = {
      ...payerOf(async () => fail({ kind: 'http' as const, server: 'Acme Health', status: 412 })),
    }
    const world = worldOf({ cds })
    const question = await prepared(world)
    cds.discover = async () => ok({ services: [], unreadable: 0 })
    expect(await ask(question, world, () => {})).toMatchObject({ kind: 'failed', serviceChanged: true })
  })

  it('lets the payer know itself in the coverage without a key to the chart', async () => {
    const cost = { ...coverage, costToBeneficiary: [{ valueMoney: { value: 5 } }] }
    const question = await prepared(worldOf({ ehr: chart([patient, cost, organization]) }))
    expect(at(question.request.json, 'prefetch', 'coverage', 'entry', 0, 'resource')).toEqual({
      ...coverage,
      payor: [{ reference: 'Organization/org1', identifier: { system: 'urn:oid:1.2.3', value: 'ACME' } }],
    })
  })

  it('sends only the chosen coverage of several', async () => {
    const second = { ...coverage, id: 'cov2', order: 2 }
    const world = worldOf({ ehr: chart([patient, { ...coverage, order: 1 }, second, organization]) })
    const question = await prepared(world)
    expect(question.request.body).toContain('"cov1"')
    expect(question.request.body).not.toContain('cov2')
    expect(question.choice.others.map((other) => other.id)).toEqual(['cov2'])
  })
})
