import { useCallback, useEffect, useRef, useState } from 'react'
import { loadQuestion } from './load-later'

/**
 * For what is asked before all of the app is there: it runs as soon as it is. The function that it gives takes what to do where the
 * rest of the app cannot be had.
 */
export function useOnceReady(isReady: boolean, run: () => void): (onFailed: () => void) => void {
  const [isDue, setDue] = useState(false)
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  useEffect(() => {
    if (!isDue || !isReady) return
    setDue(false)
    latest.current()
  }, [isDue, isReady])
  return useCallback((onFailed) => {
    setDue(true)
    loadQuestion().catch(() => {
      setDue(false)
      onFailed()
    })
  }, [])
}
