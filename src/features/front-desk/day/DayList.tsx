import { useCallback, useState } from 'react'
import { missingRights } from '../../../domain/front-desk/day-rights'
import { Notice, Panel, ProblemNotice, Skeleton } from '../../../ui'
import { dayOf } from '../../asking/local-time'
import type { Desk } from '../../work'
import { DayBoard } from './DayBoard'
import { DayControls } from './DayControls'
import './day.css'
import { ALL, type DayFilter, namesIn } from './day-filter'
import { useDay, useDayStore } from './use-day'
import { longDay } from './words'

/** The appointments of a day, each asked of its payer on one press. Nothing is booked, ordered or written. */
export default function DayList({ desk }: { readonly desk: Desk }) {
  const { session, ports } = desk
  const today = dayOf(ports.clock.now())
  const [date, setDate] = useState(today)
  const [filter, setFilter] = useState<DayFilter>(ALL)
  const missing = missingRights(session.scopes)
  const reading = useDay(desk, date, missing.length === 0)
  const store = useDayStore(desk)
  const change = useCallback((next: string) => {
    setDate(next)
    // The places and people of another day may be others.
    setFilter(({ order }) => ({ ...ALL, order }))
  }, [])
  if (missing.length > 0) return <NoRight missing={missing} ehrName={session.ehrName} />
  const read = reading.data?.ok === true ? reading.data.value : undefined
  return (
    <div className="stack fd-day">
      <Panel level={1} title={`Appointments on ${longDay(date)}`}>
        <DayControls
          clock={ports.clock}
          date={date}
          today={today}
          onDate={change}
          filter={filter}
          onFilter={setFilter}
          names={namesIn(read?.rows ?? [])}
          isReading={reading.isFetching}
          onReadAgain={() => void reading.refetch()}
        />
      </Panel>
      {reading.isPending && <Skeleton lines={10} label="Reading the appointments" />}
      {reading.isError && <Notice tone="no" title="The appointments could not be read." role="alert" />}
      {reading.data?.ok === false && (
        <ProblemNotice
          problem={reading.data.problem}
          notDone="The appointments of this day were not read. Nobody was asked."
          onRetry={() => void reading.refetch()}
          role="alert"
        />
      )}
      {read && <DayBoard key={date} desk={desk} read={read} store={store} filter={filter} onDate={change} />}
    </div>
  )
}

/** What this launch may not read, and the way to it (U15). */
function NoRight({ missing, ehrName }: { readonly missing: readonly string[]; readonly ehrName: string }) {
  return (
    <Panel level={1} title="The day’s list">
      <Notice
        tone="ask"
        title={`${ehrName} does not let this app look through the appointments of all patients.`}
      >
        <p>Nothing was read. One question about one patient can still be asked.</p>
        <p>
          Whoever looks after this app can add{' '}
          {missing.map((type) => (
            <code key={type}>user/{type}.rs </code>
          ))}
          to its scopes, and have {ehrName} grant them to you.
        </p>
      </Notice>
    </Panel>
  )
}
