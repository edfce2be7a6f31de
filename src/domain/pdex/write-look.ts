import type { Problem } from '../result'
import type { StepRequest, StepWorld } from './write-step'

export const ATTEMPTS = 4
/** Between a lost answer and the look whether it is there: servers index with a delay. */
export const SETTLE_MS = 2_000
export const LONGEST_WAIT_MS = 120_000

/** What a look into the chart gave. `blind`: it could not be looked. */
type Look =
  | { readonly kind: 'there'; readonly reference: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'blind'; readonly problem?: Problem }
  | { readonly kind: 'paused'; readonly problem: Problem }

/** Looks for a step's copy in the chart, more than once where the chart stumbles. */
export async function look(request: StepRequest, world: StepWorld): Promise<Look> {
  if (request.find === undefined) return { kind: 'blind' }
  for (let attempt = 1; ; attempt += 1) {
    const found = await request.find()
    if (found.ok)
      return found.value ? { kind: 'there', reference: found.value.reference } : { kind: 'absent' }
    const { problem } = found
    if (problem.kind === 'expired' || (problem.kind === 'http' && problem.status === 401))
      return { kind: 'paused', problem }
    if (isNoSearch(problem)) return { kind: 'blind' }
    if (attempt === ATTEMPTS || world.signal.aborted) return { kind: 'blind', problem }
    await pause(Math.min(LONGEST_WAIT_MS, Math.max(SETTLE_MS, delay(problem))), world)
  }
}

/** A chart that refuses the search itself is one that cannot be searched, whatever it says of itself; asking again changes nothing. */
const isNoSearch = (problem: Problem): boolean =>
  problem.kind === 'http' && [400, 403, 404, 405, 422, 501].includes(problem.status)

/** Until the time is over or the user stops. */
export const pause = (ms: number, { clock, signal }: Pick<StepWorld, 'clock' | 'signal'>): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const end = (): void => {
      cancel()
      signal.removeEventListener('abort', end)
      resolve()
    }
    const cancel = clock.after(ms, end)
    signal.addEventListener('abort', end)
  })

export const delay = (problem: Problem): number => {
  if (problem.kind !== 'http') return 0
  return (problem.retryAfterSeconds ?? (problem.status === 429 ? 5 : 0)) * 1000
}
