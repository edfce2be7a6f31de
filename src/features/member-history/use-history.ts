import { useCallback, useEffect, useRef, useState } from 'react'
import { type HistoryReading, type HistorySnapshot, historyReading } from '../../domain/pdex/history'
import type { Member } from '../../domain/pdex/member-match'
import type { Problem } from '../../domain/result'
import { useWork } from '../work'

export interface HistoryState {
  readonly member: Member
  /** Absent until the first change. */
  readonly snapshot: HistorySnapshot
}

/** Reads one member's history. What was read stays until another member is read. */
export function useHistory() {
  const { ports } = useWork()
  const [history, setHistory] = useState<HistoryState>()
  const [problem, setProblem] = useState<Problem>()
  const reading = useRef<HistoryReading>(undefined)

  const begin = useCallback(
    (member: Member): void => {
      reading.current?.stop()
      const reader = ports.payers.reader(member.payer)
      if (!reader.ok) {
        setProblem(reader.problem)
        return
      }
      setProblem(undefined)
      const own: HistoryReading = historyReading({
        reader: reader.value,
        member,
        onChange: (snapshot) => {
          if (reading.current === own) setHistory({ member, snapshot })
        },
      })
      reading.current = own
      setHistory({ member, snapshot: own.snapshot() })
      void own.read()
    },
    [ports],
  )
  const goOn = useCallback((): void => void reading.current?.read(), [])
  const stop = useCallback((): void => reading.current?.stop(), [])
  const forget = useCallback((): void => {
    reading.current?.stop()
    reading.current = undefined
    setHistory(undefined)
    setProblem(undefined)
  }, [])
  useEffect(() => () => reading.current?.stop(), [])
  return { history, problem, begin, goOn, stop, forget }
}
