import { useEffect, useRef } from 'react'
import { afterPaint } from '../asking/after-paint'
import { useRested } from '../asking/use-rested'

/** Reads ahead once the question has rested; `warmUp` absent: nothing is read. */
export function useWarmUp(key: string, warmUp: (() => void) | undefined) {
  const rested = useRested(key, 400)
  const latest = useRef(warmUp)
  useEffect(() => {
    latest.current = warmUp
  })
  const isDue = warmUp !== undefined && rested === key
  useEffect(() => (isDue ? afterPaint(() => latest.current?.()) : undefined), [isDue])
}
