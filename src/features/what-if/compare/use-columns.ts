import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { AskWorld } from '../../../domain/crd/ask'
import type { Payer } from '../../../domain/payer-directory'
import { type WaysOut, waysOut } from '../../asking/round'
import type { OnOutcome } from '../../asking/use-ask'
import { askColumn, type ColumnRequest, type ColumnRun } from './ask-column'

export interface AskingColumns {
  /** By the column's id. */
  readonly runs: Readonly<Record<string, ColumnRun>>
  /** Asks these columns at the same time. One that is still being asked is given up for it. */
  readonly start: (requests: readonly ColumnRequest[]) => void
  /** Skips one payer of a column; all of the column where none is named. */
  readonly skip: (id: string, payer?: Payer) => void
  /** Skips all that is still to come. */
  readonly stop: () => void
}

/** Several questions on their way at once; each column shows its newest one alone (CRD found-8). */
export function useColumns(world: AskWorld, onOutcome: OnOutcome): AskingColumns {
  const [runs, setRuns] = useState<AskingColumns['runs']>({})
  const current = useRef(new Map<string, WaysOut>())
  const outcome = useRef(onOutcome)
  useEffect(() => {
    outcome.current = onOutcome
  })
  useEffect(() => {
    const ongoing = current.current
    return () => {
      for (const out of ongoing.values()) out.all.abort()
      // None is the newest any more: what still comes is dropped.
      ongoing.clear()
    }
  }, [])
  const start = useCallback(
    (requests: readonly ColumnRequest[]) => {
      for (const request of requests) {
        const { id } = request
        current.current.get(id)?.all.abort()
        const out = waysOut()
        current.current.set(id, out)
        const tell = (run: ColumnRun) => {
          if (current.current.get(id) === out) setRuns((last) => ({ ...last, [id]: run }))
        }
        void askColumn(request, world, tell, (asked, answer) => outcome.current(asked, answer), out)
      }
    },
    [world],
  )
  const skip = useCallback((id: string, payer?: Payer) => {
    const out = current.current.get(id)
    const one = payer === undefined ? undefined : out?.of.get(payer.id)
    ;(one ?? out?.all)?.abort()
  }, [])
  const stop = useCallback(() => {
    for (const out of current.current.values()) out.all.abort()
  }, [])
  return useMemo(() => ({ runs, start, skip, stop }), [runs, start, skip, stop])
}
