import { useEffect, useRef } from 'react'
import { useAnnounce } from '../../ui'
import { useWork } from '../work'

const PACE_MS = 5_000

/** Says how far long work is: at once when it ends, else at most every 5 s (U14). Undefined says nothing. */
export function usePacedAnnounce(message: string | undefined, running: boolean): void {
  const { ports } = useWork()
  const announce = useAnnounce()
  const latest = useRef(message)
  latest.current = message
  const wasRunning = useRef(running)
  useEffect(() => {
    if (!running) {
      if (wasRunning.current && latest.current !== undefined) announce(latest.current)
      wasRunning.current = false
      return
    }
    wasRunning.current = true
    let cancel = (): void => {}
    const tick = (): void => {
      if (latest.current !== undefined) announce(latest.current)
      cancel = ports.clock.after(PACE_MS, tick)
    }
    cancel = ports.clock.after(PACE_MS, tick)
    return () => cancel()
  }, [running, announce, ports])
}
