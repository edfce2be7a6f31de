import { describe, expect, it } from 'vitest'
import { fail, ok, type Result } from '../result'
import { type AskState, ask, type PreparedQuestion } from './ask'
import {
  coverageInformation,
  fakeClock,
  payerOf,
  prepared,
  scenario,
  settle,
  worldOf,
} from './samples.test-data'
import type { Scenario } from './scenario'

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

  const given: readonly (readonly [string, unknown])[] = [
    ['answered', { cards: [{ summary: 'Hello', indicator: 'info', source: { label: 'Acme' } }] }],
    ['silent', { cards: [] }],
    ['failed', { cards: [{ indicator: 'info' }] }],
    ['failed', 'no object at all'],
  ]
  it.each(given)('hands out what came as it came where it %s', async (kind, json) => {
    const { answer } = await askWith(() => ok(json))
    expect(answer).toMatchObject({ kind, serviceId: 'order-sign-crd' })
    expect(answer.response).toBe(json)
  })

  it('hands out what came where the payer cannot decide', async () => {
    const { answer } = await askWith(answering('indeterminate'))
    expect(answer.response).toMatchObject({ systemActions: [{ type: 'update' }] })
  })

  it('has nothing to hand out where nothing came', async () => {
    const { answer } = await askWith(() => fail({ kind: 'network', server: 'Acme Health' }))
    expect(answer).toMatchObject({ kind: 'failed', serviceId: 'order-sign-crd' })
    expect('response' in answer).toBe(false)
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
    // Nobody waits for it, but the next question is asked of the service as it is then (CRD found-17).
    expect(cds.discoveries).toEqual([false, true])
  })

  const booking: Scenario = {
    ...scenario,
    question: {
      hook: 'appointment-book',
      appointments: [
        {
          id: 'appointment-1',
          time: { kind: 'exact', start: '2026-12-01T09:00:00Z', end: '2026-12-01T09:30:00Z' },
          serviceType: [{ system: 'urn:x', code: '1', display: 'MRI' }],
          reasons: [],
          performers: [],
          billing: [],
          basedOn: [],
          patientPays: false,
        },
      ],
    },
  }
  it.each([
    ['as soon as the site says', scenario, 3000, 3000],
    ['no later than the time of its hook', scenario, 8000, 5000],
    ['later where its hook has more time', booking, 8000, 8000],
    ['no later than that time either', booking, 15_000, 10_000],
  ])('is slow %s', async (_what, asked, slowAfterMs, expected) => {
    const clock = fakeClock()
    const policy = { slowAfterMs, stopAfterMs: 20_000, maxRequestBytes: 1_000_000 }
    const cds = payerOf(() => new Promise(() => {}))
    const world = worldOf({ clock, cds, policy })
    const question = { ...(await prepared(world)), scenario: asked }
    const states: string[] = []
    void ask(question, world, (state) => states.push(state.kind))
    await clock.advance(expected - 1)
    expect(states).toEqual(['asking'])
    await clock.advance(1)
    expect(states).toEqual(['asking', 'slow'])
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
})
