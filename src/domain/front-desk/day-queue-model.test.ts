import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DayQueue, Pace, Turn } from './day-queue'
import { desk, LIMITS } from './day-queue.testing'

/** What people and payers do, in any order. */
type Act =
  | { readonly kind: 'press'; readonly count: number; readonly payer: string }
  | { readonly kind: 'answer'; readonly which: number; readonly pace: Pace }
  | { readonly kind: 'stop' | 'resume' | 'skip' }
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
  fc.record({ kind: fc.constantFrom('stop' as const, 'resume' as const, 'skip' as const) }),
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
    } else {
      queue[each.kind]()
      await Promise.resolve()
      await Promise.resolve()
    }
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
