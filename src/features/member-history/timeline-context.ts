import { createContext } from 'react'
import type { RecordKey } from '../../domain/pdex/record'
import type { KnownEvents } from './use-events'

/** What a row may know of events, wherever it stands. */
export interface EventsOnScreen {
  readonly events: KnownEvents | undefined
  /** Has them grouped: not before somebody looks. */
  readonly want: () => void
  /** Leads to an event in the timeline. */
  readonly show: (key: RecordKey) => void
}

export const EventsContext = createContext<EventsOnScreen | undefined>(undefined)

/** What is told of a record within an event: how it stands to the chart, and why it belongs here. */
export interface EventWords {
  readonly verdict?: string
  readonly reason?: string
}

export const EventWordsContext = createContext<ReadonlyMap<RecordKey, EventWords> | undefined>(undefined)
