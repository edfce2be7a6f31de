import { useEffect, useRef, useState } from 'react'
import { newestFirst } from '../../domain/pdex/events-timeline'
import type { HistoryEvent } from '../../domain/pdex/events-types'
import type { HistorySnapshot } from '../../domain/pdex/history'
import type { HistoryRecord, RecordKey } from '../../domain/pdex/record'
import { useWork } from '../work'

/** What the records were grouped into. */
export interface KnownEvents {
  /** Newest first. */
  readonly all: readonly HistoryEvent[]
  /** The event of each record. */
  readonly of: ReadonlyMap<RecordKey, HistoryEvent>
  /** The records they were made of: more may have come since. */
  readonly records: readonly HistoryRecord[]
}

/**
 * Groups what was read into events once somebody looks, in parts between which the browser may draw; anew, one grouping after the
 * other, while pages arrive. Undefined until the first is done.
 */
export function useEvents(
  { records, references }: HistorySnapshot,
  isWanted: boolean,
): KnownEvents | undefined {
  const { ports } = useWork()
  const [known, setKnown] = useState<KnownEvents>()
  const isBusy = useRef(false)
  const end = useRef(() => {})
  useEffect(() => () => end.current(), [])
  useEffect(() => {
    if (!isWanted || isBusy.current || known?.records === records) return
    isBusy.current = true
    let isOver = false
    let cancel = (): void => {}
    end.current = () => {
      isOver = true
      isBusy.current = false
      cancel()
    }
    void import('../../domain/pdex/events').then(({ eventsInParts }) => {
      const work = eventsInParts(records, references)
      const part = (): void => {
        const { done, value } = work.next()
        if (!done) {
          cancel = ports.clock.after(0, part)
          return
        }
        isBusy.current = false
        const of = new Map(
          value.flatMap((event) => event.members.map(({ record }) => [record.key, event] as const)),
        )
        setKnown({ all: newestFirst(value), of, records })
      }
      if (!isOver) part()
    })
  }, [isWanted, known, records, references, ports])
  return known
}
