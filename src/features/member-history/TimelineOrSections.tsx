import { useCallback, useMemo, useState } from 'react'
import type { RecordKey } from '../../domain/pdex/record'
import { useWork } from '../work'
import { latePart, NotLoaded } from './late-part'
import { SectionList, type SectionListProps } from './SectionList'
import { type RecordsView, TimelineSwitch } from './TimelineSwitch'
import { EventsContext } from './timeline-context'
import { useEvents } from './use-events'

interface Props extends SectionListProps {
  /** Day of the patient's last visit here. */
  readonly lastVisit: string | undefined
}

const TIMELINE = 'The timeline'
const Timeline = latePart(() => import('./Timeline'), { name: TIMELINE, lines: 6 })

/** Of this user, at this browser; it tells nothing of a patient. */
const STORED_AS = 'member-history-view'

/** The records by clinical section or by time, as the user looked at them last. */
export function TimelineOrSections({ lastVisit, ...list }: Props) {
  const { preferences } = useWork().ports
  const [view, setView] = useState<RecordsView>(() =>
    preferences.load(STORED_AS) === 'timeline' ? 'timeline' : 'sections',
  )
  const [at, setAt] = useState<{ readonly key: RecordKey }>()
  const [isWanted, setWanted] = useState(false)
  const { known: events, isMissing, again } = useEvents(list.snapshot, isWanted || view === 'timeline')
  const choose = (next: RecordsView): void => {
    setView(next)
    setAt(undefined)
    again()
    preferences.save(STORED_AS, next)
  }
  const want = useCallback((): void => setWanted(true), [])
  const show = useCallback((key: RecordKey): void => {
    setView('timeline')
    setAt({ key })
  }, [])
  const world = useMemo(() => ({ events, want, show }), [events, want, show])
  const hasRecords = list.snapshot.records.length > 0
  return (
    <EventsContext value={world}>
      {hasRecords && <TimelineSwitch view={view} onView={choose} />}
      {!hasRecords || view === 'sections' ? (
        <SectionList {...list} />
      ) : isMissing ? (
        <NotLoaded name={TIMELINE} onAgain={again} />
      ) : (
        <Timeline {...list} events={events} lastVisit={lastVisit} at={at} />
      )}
    </EventsContext>
  )
}
