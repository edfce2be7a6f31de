import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Clock } from '../ports'
import { createDayQueue, type DayQueue, type Pace, type QueueState, type Turn } from './day-queue'

const LIMITS = { atOnce: 6, atOncePerPayer: 3 }
const QUICK: Pace = { isSlow: false }

/** A clock that moves only when it is told to, and payers that answer only then. */
function desk(limits = LIMITS) {
  let now = 1_000
  let due: { readonly at: number; readonly run: () => void }[] = []
  const clock: Clock = {
    now: () => now,
    after(ms, run) {
      const entry = { at: now + ms, run }
      due.push(entry)
      return () => {
        due = due.filter((each) => each !== entry)
      }
    },
  }
  const sent: { readonly key: string; readonly at: number }[] = []
  const open = new Map<string, { readonly payerId: string; readonly answer: (pace: Pace) => void }>()
  const most = { all: 0, payer: 0 }
  let state: QueueState | undefined
  const queue = createDayQueue(clock, limits, (next) => {
    state = next
  })
  const turn = (key: string, payerId: string): Turn => ({
    key,
    payerId,
    ask: (signal) =>
      new Promise((resolve) => {
        sent.push({ key, at: now })
        open.set(key, { payerId, answer: resolve })
        signal.addEventListener('abort', () => {
          open.delete(key)
          resolve(QUICK)
        })
        most.all = Math.max(most.all, open.size)
        const own = [...open.values()].filter((each) => each.payerId === payerId)
        most.payer = Math.max(most.payer, own.length)
      }),
  })
  const answer = async (key: string, pace: Pace = QUICK): Promise<void> => {
    const found = open.get(key)
    if (found === undefined) throw new Error(`${key} was not sent`)
    open.delete(key)
    found.answer(pace)
    await Promise.resolve()
    await Promise.resolve()
  }
  return {
    queue,
    sent,
    open,
    most,
    turn,
    answer,
    turns: (count: number, payerId: string) =>
      Array.from({ length: count }, (_, i) => turn(`${payerId}${i + 1}`, payerId)),
    state: () => state ?? queue.state(),
    keys: () => sent.map(({ key }) => key),
    async pass(ms: number) {
      now += ms
      for (;;) {
        const next = due.find(({ at }) => at <= now)
        if (next === undefined) return
        due = due.filter((each) => each !== next)
        next.run()
        await Promise.resolve()
      }
    },
  }
}

describe('the queue of a day', () => {
  it('asks a few at a time, of one payer and of all', async () => {
    const { queue, turns, keys, answer } = desk()
    queue.press([...turns(5, 'a'), ...turns(5, 'b'), ...turns(5, 'c')])
    expect(keys()).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3'])
    await answer('b2')
    expect(keys().slice(6)).toEqual(['b4'])
  })

  it('asks nothing twice at once, and again when somebody presses again', async () => {
    const { queue, turn, keys, answer } = desk()
    queue.press([turn('a1', 'a'), turn('a1', 'a')])
    queue.press([turn('a1', 'a')])
    expect(keys()).toEqual(['a1'])
    await answer('a1')
    queue.press([turn('a1', 'a')])
    expect(keys()).toEqual(['a1', 'a1'])
  })

  it('leaves a payer alone for as long as it says, and lets the others go on', async () => {
    const { queue, turns, keys, answer, pass, state } = desk()
    queue.press([...turns(6, 'a'), ...turns(6, 'b')])
    await answer('a1', { isSlow: false, waitMs: 30_000 })
    await answer('a2')
    await answer('a3')
    expect(state().held).toEqual([{ payerId: 'a', atOnce: 1, until: 31_000 }])
    await answer('b1')
    expect(keys().filter((key) => key.startsWith('a'))).toEqual(['a1', 'a2', 'a3'])
    expect(keys()).toContain('b4')
    await pass(29_999)
    expect(keys()).not.toContain('a4')
    await pass(1)
    expect(keys().filter((key) => key.startsWith('a'))).toEqual(['a1', 'a2', 'a3', 'a4'])
  })

  it('goes on at half the pace that was refused, and slower still when it is refused again', async () => {
    const { queue, turns, sent, answer, pass } = desk()
    queue.press(turns(30, 'a'))
    for (const key of ['a1', 'a2', 'a3', 'a4', 'a5']) await answer(key)
    await answer('a6', { isSlow: false, waitMs: 1_000 })
    // Both had left before the refusal was known: they do not slow it further.
    await answer('a7', { isSlow: false, waitMs: 1_000 })
    await answer('a8', { isSlow: false, waitMs: 1_000 })
    await pass(1_000)
    for (let i = 9; i <= 12; i += 1) {
      await answer(`a${i}`)
      await pass(250)
    }
    const times = sent.slice(8).map(({ at }) => at)
    expect(times).toEqual([2_000, 2_250, 2_500, 2_750, 3_000])
    await answer('a13', { isSlow: false, waitMs: 1_000 })
    await pass(1_000)
    await answer('a14')
    await pass(499)
    expect(sent.at(-1)?.key).toBe('a14')
    await pass(1)
    expect(sent.at(-1)?.key).toBe('a15')
  })

  it('gives a payer that slows down fewer at once, and more again when it has recovered', async () => {
    const { queue, turns, open, answer, state } = desk()
    queue.press(turns(40, 'a'))
    const next = (): string => [...open.keys()][0] ?? ''
    await answer(next(), { isSlow: true })
    await answer(next(), { isSlow: true })
    expect(open.size).toBe(1)
    expect(state().held).toEqual([{ payerId: 'a', atOnce: 1 }])
    for (let i = 0; i < 5; i += 1) await answer(next())
    expect(open.size).toBe(2)
  })

  it('stops after what is on its way, and goes on with the rest alone', async () => {
    const { queue, turn, turns, keys, answer, state } = desk()
    queue.press(turns(5, 'a'))
    queue.stop()
    expect(state().phase).toBe('stopping')
    for (const key of ['a1', 'a2', 'a3']) await answer(key)
    expect(keys()).toEqual(['a1', 'a2', 'a3'])
    expect(state()).toMatchObject({ phase: 'stopped', total: 5, done: 3 })
    // One row alone: what was put aside stays there.
    queue.press([turn('a1', 'a')])
    await answer('a1')
    expect(keys()).toEqual(['a1', 'a2', 'a3', 'a1'])
    queue.resume()
    await answer('a4')
    await answer('a5')
    expect(keys()).toEqual(['a1', 'a2', 'a3', 'a1', 'a4', 'a5'])
    expect(state()).toMatchObject({ phase: 'idle', total: 0 })
  })

  it('gives up what is on its way when it is ended', async () => {
    const { queue, turns, open, state } = desk()
    queue.press(turns(5, 'a'))
    queue.end()
    await Promise.resolve()
    await Promise.resolve()
    expect(open.size).toBe(0)
    expect(state()).toMatchObject({ phase: 'idle', total: 0 })
  })
})

/** What people and payers do, in any order. */
type Act =
  | { readonly kind: 'press'; readonly count: number; readonly payer: string }
  | { readonly kind: 'answer'; readonly which: number; readonly pace: Pace }
  | { readonly kind: 'stop' | 'resume' }
  | { readonly kind: 'pass'; readonly ms: number }

const pace: fc.Arbitrary<Pace> = fc.oneof(
  fc.record({ isSlow: fc.boolean() }),
  fc.record({ isSlow: fc.boolean(), waitMs: fc.integer({ min: 0, max: 20_000 }) }),
)
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constant('press' as const),
    count: fc.integer({ min: 1, max: 9 }),
    payer: fc.constantFrom('a', 'b', 'c'),
  }),
  fc.record({ kind: fc.constant('answer' as const), which: fc.nat(20), pace }),
  fc.record({ kind: fc.constantFrom('stop' as const, 'resume' as const) }),
  fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 30_000 }) }),
)

async function play(acts: readonly Act[]) {
  const world = desk()
  const { queue, open, answer, turns, pass, state } = world
  const pressed = new Map<string, number>()
  const press = (q: DayQueue, keys: readonly Turn[]): void => {
    const busy = new Set([...state().waiting, ...state().asking, ...state().aside])
    for (const { key } of keys) if (!busy.has(key)) pressed.set(key, (pressed.get(key) ?? 0) + 1)
    q.press(keys)
  }
  for (const each of acts) {
    if (each.kind === 'press') press(queue, turns(each.count, each.payer))
    else if (each.kind === 'answer') {
      const key = [...open.keys()][each.which % Math.max(open.size, 1)]
      if (key !== undefined) await answer(key, each.pace)
    } else if (each.kind === 'pass') {
      await pass(each.ms)
    } else queue[each.kind]()
  }
  // To the end: everything that was pressed gets its answer.
  queue.resume()
  for (let round = 0; round < 2_000 && state().phase !== 'idle'; round += 1) {
    const [key] = open.keys()
    if (key !== undefined) await answer(key)
    else await pass(5_000)
  }
  return { ...world, pressed }
}

describe('whatever is pressed, answered and refused in whatever order', () => {
  it('asks each once per press, never more at once than allowed, and comes to an end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 60 }), async (acts) => {
        const { sent, pressed, most, state } = await play(acts)
        expect(state()).toMatchObject({ phase: 'idle', total: 0, done: 0 })
        const counts = new Map<string, number>()
        for (const { key } of sent) counts.set(key, (counts.get(key) ?? 0) + 1)
        expect([...counts].toSorted()).toEqual([...pressed].toSorted())
        expect(most.all).toBeLessThanOrEqual(LIMITS.atOnce)
        expect(most.payer).toBeLessThanOrEqual(LIMITS.atOncePerPayer)
      }),
      { numRuns: 150 },
    )
  })
})
