import { useEffect, useState } from 'react'
import { useWork } from '../work'

/** A value once it has not changed for `pauseMs`: so that not every key press is a request. */
export function useRested<T>(value: T, pauseMs: number): T {
  const { clock } = useWork().ports
  const [rested, setRested] = useState(value)
  useEffect(() => clock.after(pauseMs, () => setRested(value)), [clock, value, pauseMs])
  return rested
}
