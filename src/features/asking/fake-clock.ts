import type { Clock } from '../../domain/ports'

/** A clock that moves when it is told to. */
export interface FakeClock extends Clock {
  /** Runs what falls due, in order. */
  advance(ms: number): void
}

export function fakeClock(start: number): FakeClock {
  let now = start
  let due: { readonly at: number; readonly run: () => void }[] = []
  return {
    now: () => now,
    after(ms, run) {
      const entry = { at: now + ms, run }
      due.push(entry)
      return () => {
        due = due.filter((each) => each !== entry)
      }
    },
    advance(ms) {
      const end = now + ms
      for (;;) {
        const next = due.filter((each) => each.at <= end).sort((a, b) => a.at - b.at)[0]
        if (next === undefined) break
        due = due.filter((each) => each !== next)
        now = Math.max(now, next.at)
        next.run()
      }
      now = end
    },
  }
}
