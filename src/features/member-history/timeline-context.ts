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

/** Within an event: why each of its records belongs to it. */
export const ReasonsContext = createContext<ReadonlyMap<RecordKey, string> | undefined>(undefined)
