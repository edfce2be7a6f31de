import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { byClock, grouped, type StandingRow } from '../../../domain/front-desk/day-rows'
import { Button, Notice, Panel } from '../../../ui'
import type { Desk } from '../../work'
import { DayGroups, type ShownGroup } from './DayGroups'
import { DayStatus } from './DayStatus'
import { type DayFilter, fits } from './day-filter'
import { type DayAsked, type DayStore, standingOf } from './day-store'
import { NotAskedList } from './NotAskedList'
import type { DayRead } from './use-day'
import { longDay, nextWorkday } from './words'

const DayExport = lazy(() => import('./DayExport'))

interface Props {
  readonly desk: Desk
  readonly read: DayRead
  readonly store: DayStore & { readonly asked: DayAsked }
  readonly filter: DayFilter
  readonly onDate: (date: string) => void
}

/** A day that was read: who can be asked, what was said, and who is never asked. */
export function DayBoard({ desk, read, store, filter, onDate }: Props) {
  const { day, rows, planned } = read
  const { asked } = store
  const all = useMemo(
    () => rows.map((row): StandingRow => ({ row, standing: standingOf(row.question, asked) })),
    [rows, asked],
  )
  const isGoing = asked.queue.phase === 'running' || asked.queue.phase === 'stopping'
  const placed = usePlaced(all, isGoing)
  const shown = all.filter(({ row }) => fits(row, filter))
  const askable = shown.filter(({ row }) => row.question !== undefined)
  const visits = useMemo(
    () =>
      new Map(
        rows.flatMap(({ question }, index) => {
          const visit = planned[index]
          return question === undefined || visit?.kind !== 'askable' ? [] : [[question, visit] as const]
        }),
      ),
    [rows, planned],
  )
  const { ask: send } = store
  const ask = useCallback(
    (questions: readonly string[]) => {
      const own = questions.map((question) => visits.get(question))
      send(
        own.filter((visit) => visit !== undefined),
        day,
      )
    },
    [send, visits, day],
  )
  const groups = useMemo((): readonly ShownGroup[] => {
    const here = placed.filter(({ row }) => row.question !== undefined && fits(row, filter))
    const now = new Map(all.map((each) => [each.row.key, each]))
    const live = (each: StandingRow): StandingRow => now.get(each.row.key) ?? each
    if (filter.order === 'time') return [{ group: 'all', rows: here.toSorted(byClock).map(live) }]
    return grouped(here).map(({ group, rows: own }) => ({ group, rows: own.map(live) }))
  }, [placed, all, filter])
  const next = nextWorkday(day.date)
  if (rows.length === 0)
    return (
      <Panel title="No appointments">
        <p>Nobody is booked on {longDay(day.date)}, as far as you may see.</p>
        <div className="cluster">
          <Button onClick={() => onDate(next)}>Show {longDay(next)}</Button>
        </div>
      </Panel>
    )
  return (
    <>
      {(day.unreadable > 0 || day.isCut) && (
        <Notice tone="ask" title="This is not the whole day.">
          {day.unreadable > 0 && (
            <p>
              {day.unreadable === 1 ? 'One appointment' : `${day.unreadable} appointments`} could not be read.
            </p>
          )}
          {day.isCut && <p>There are more appointments than are read here.</p>}
        </Notice>
      )}
      <DayStatus
        clock={desk.ports.clock}
        rows={askable}
        store={store}
        onAsk={ask}
        groups={isGoing ? [] : groups}
      />
      <DayGroups groups={groups} isGoing={isGoing} onAsk={ask} />
      <NotAskedList rows={shown} />
      <Suspense fallback={null}>
        <DayExport desk={desk} date={day.date} rows={shown} groups={groups} filter={filter} />
      </Suspense>
    </>
  )
}

/** Rows as they are placed: as long as answers come in, each row keeps its place, so that nothing moves under the hand (U5). */
function usePlaced(all: readonly StandingRow[], isGoing: boolean): readonly StandingRow[] {
  const [placed, setPlaced] = useState(all)
  const isOther = placed.length !== all.length || placed.some(({ row }, i) => row !== all[i]?.row)
  if ((!isGoing && placed !== all) || isOther) setPlaced(all)
  return placed
}
