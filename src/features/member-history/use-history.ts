import { useCallback, useEffect, useRef, useState } from 'react'
import { noReferences } from '../../domain/fhir/references'
import type { HistoryReading, HistorySnapshot, ReadScope, SearchFound } from '../../domain/pdex/history'
import type { Member } from '../../domain/pdex/member-match'
import type { CallOptions } from '../../domain/ports'
import { fail, type Problem, type Result } from '../../domain/result'
import { useWork } from '../work'

export interface HistoryState {
  readonly member: Member
  /** Absent until the first change. */
  readonly snapshot: HistorySnapshot
}

/** One search in the user's own words. */
export type OnSearch = (written: string, options?: CallOptions) => Promise<Result<SearchFound>>

const NOTHING_YET: HistorySnapshot = {
  running: true,
  types: [],
  records: [],
  warnings: [],
  unreadable: 0,
  setAside: 0,
  duplicates: 0,
  references: noReferences,
}

/** Reads one member's history. What was read stays until another member is read. */
export function useHistory() {
  const { ports } = useWork()
  const [history, setHistory] = useState<HistoryState>()
  const [problem, setProblem] = useState<Problem>()
  const reading = useRef<HistoryReading>(undefined)
  /** The reading that counts; an older one's news is not shown. */
  const turn = useRef(0)

  const begin = useCallback(
    (member: Member, scope: ReadScope): void => {
      reading.current?.stop()
      const reader = ports.payers.reader(member.payer)
      if (!reader.ok) {
        setProblem(reader.problem)
        return
      }
      setProblem(undefined)
      reading.current = undefined
      turn.current += 1
      const own = turn.current
      setHistory({ member, snapshot: NOTHING_YET })
      // Not needed before this step: the first screen stays small.
      void import('../../domain/pdex/history').then(({ historyReading }) => {
        if (turn.current !== own) return
        const begun = historyReading({
          reader: reader.value,
          member,
          scope,
          breathe: () => new Promise((resolve) => void ports.clock.after(0, resolve)),
          onChange: (snapshot) => {
            if (turn.current === own) setHistory({ member, snapshot })
          },
        })
        reading.current = begun
        void begun.read()
      })
    },
    [ports],
  )
  const goOn = useCallback((): void => void reading.current?.read(), [])
  const widen = useCallback((): void => void reading.current?.widen(), [])
  const search = useCallback<OnSearch>(
    async (written, options) =>
      (await reading.current?.search(written, options)) ?? fail({ kind: 'cancelled' }),
    [],
  )
  const stop = useCallback((): void => reading.current?.stop(), [])
  const forget = useCallback((): void => {
    reading.current?.stop()
    reading.current = undefined
    turn.current += 1
    setHistory(undefined)
    setProblem(undefined)
  }, [])
  useEffect(
    () => () => {
      turn.current += 1
      reading.current?.stop()
    },
    [],
  )
  return { history, problem, begin, goOn, widen, search, stop, forget }
}
