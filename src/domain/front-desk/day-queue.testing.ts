import type { Clock } from '../ports'
import { createDayQueue, type Pace, type QueueState, type Turn } from './day-queue'

export const LIMITS = { atOnce: 6, atOncePerPayer: 3 }
const QUICK: Pace = { isSlow: false }

/** A clock that moves only when it is told to, and payers that answer only then. */
export function desk(limits = LIMITS) {
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
