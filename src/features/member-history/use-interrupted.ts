import { useEffect, useState } from 'react'
import type { RecordKey } from '../../domain/pdex/record'
import { useWork } from '../work'

/**
 * After a reload or a crash: what was being written when the page went (U14). Undefined where nothing was. `onFound` is told once. The part
 * of the app that writes is loaded for it only where this session wrote.
 */
export function useInterrupted(onFound: (keys: readonly RecordKey[]) => void): number | undefined {
  const { session, ports } = useWork()
  const [count, setCount] = useState<number>()
  useEffect(() => {
    let isGone = false
    const look = async (): Promise<void> => {
      if ((await ports.journal.load(session.key)) === undefined) return
      const engine = await import('./write-engine').catch(() => undefined)
      const keys = (await engine?.interruptedKeys(session.key, session.patientId, ports.journal)) ?? []
      if (isGone || keys.length === 0) return
      setCount(keys.length)
      onFound(keys)
    }
    void look()
    return () => {
      isGone = true
    }
  }, [session, ports, onFound])
  return count
}
