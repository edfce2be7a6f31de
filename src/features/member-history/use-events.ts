import { useEffect, useRef, useState } from 'react'
import { newestFirst } from '../../domain/pdex/events-timeline'
import type { HistoryEvent } from '../../domain/pdex/events-types'
import type { HistorySnapshot } from '../../domain/pdex/history'
import type { HistoryRecord, RecordKey } from '../../domain/pdex/record'
import { useWork } from '../work'
import { loadPart } from './load-part'

/** What the records were grouped into. */
export interface KnownEvents {
  /** Newest first. */
  readonly all: readonly HistoryEvent[]
  /** The event of each record. */
  readonly of: ReadonlyMap<RecordKey, HistoryEvent>
  /** The records they were made of: more may have come since. */
  readonly records: readonly HistoryRecord[]
}

interface Grouping {
  /** Undefined until the first grouping is done. */
  readonly known: KnownEvents | undefined
  /** What groups did not load; `again` tries anew. */
  readonly isMissing: boolean
  readonly again: () => void
}

/**
 * Groups what was read into events once somebody looks, in parts between which the browser may draw; anew, one grouping after the
 * other, while pages arrive.
 */
export function useEvents({ records, references }: HistorySnapshot, isWanted: boolean): Grouping {
  const { ports } = useWork()
  const [known, setKnown] = useState<KnownEvents>()
  const [isMissing, setMissing] = useState(false)
  const isBusy = useRef(false)
  const end = useRef(() => {})
  useEffect(() => () => end.current(), [])
  useEffect(() => {
    if (!isWanted || isMissing || isBusy.current || known?.records === records) return
    isBusy.current = true
    let isOver = false
    let cancel = (): void => {}
    end.current = () => {
      isOver = true
      isBusy.current = false
      cancel()
    }
    const group = ({ eventsInParts }: typeof import('../../domain/pdex/events')): void => {
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
    }
    loadPart(() => import('../../domain/pdex/events')).then(group, () => {
      isBusy.current = false
      if (!isOver) setMissing(true)
    })
  }, [isWanted, isMissing, known, records, references, ports])
  return { known, isMissing, again: () => setMissing(false) }
}
