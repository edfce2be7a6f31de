import type { Clock, SessionPort } from '../domain/ports'

/** Timers of browsers do not reach further than 24 days. */
const LONGEST_WAIT_MS = 3_600_000

/**
 * Runs once when the session is over: the EHR ended it, or its time is up and it cannot be renewed. A computer that slept finds out
 * when it wakes.
 */
export function onSessionEnd(
  session: Pick<SessionPort, 'life' | 'subscribe'>,
  clock: Clock,
  run: () => void,
): void {
  let isOver = false
  let cancel = () => {}
  const look = () => {
    if (isOver) return
    cancel()
    const { expiresAt, canRefresh } = session.life()
    if (expiresAt === undefined || canRefresh) return
    const left = expiresAt - clock.now()
    if (left > 0) {
      cancel = clock.after(Math.min(left, LONGEST_WAIT_MS), look)
      return
    }
    isOver = true
    unsubscribe()
    run()
  }
  const unsubscribe = session.subscribe(look)
  look()
}
