import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { auditKey } from '../../../domain/audit-key'
import { type PlannedVisit, planDay } from '../../../domain/front-desk/day-plan'
import { type Day, readDay } from '../../../domain/front-desk/day-read'
import { type DayRow, rowsOf } from '../../../domain/front-desk/day-rows'
import { ok, type Result } from '../../../domain/result'
import { afterPaint } from '../../asking/after-paint'
import { instant } from '../../asking/local-time'
import { ONCE } from '../../asking/once'
import type { Desk } from '../../work'
import { createDayStore, type DayAsked, type DayStore, loadEngine } from './day-store'

/** The appointments of a day, and whom each leads to. */
export interface DayRead {
  readonly day: Day
  readonly planned: readonly PlannedVisit[]
  readonly rows: readonly DayRow[]
}

/** Reads a day once; nobody is asked by it. `date`: YYYY-MM-DD. */
export function useDay(desk: Desk, date: string, isAllowed: boolean) {
  const { session } = desk
  return useQuery({
    queryKey: ['front-desk', session.key, 'day', date],
    queryFn: ({ signal }) => readWhole(desk, date, signal),
    enabled: isAllowed,
    // Maps and functions: nothing in it is compared part by part.
    structuralSharing: false,
    ...ONCE,
  })
}

async function readWhole(
  { session, site, ports, chart }: Desk,
  date: string,
  signal: AbortSignal,
): Promise<Result<DayRead>> {
  const { fhirBase } = session
  const read = await readDay(ports.ehr, { date, ...boundsOf(date) }, fhirBase, { signal })
  if (!read.ok) return read
  const day = read.value
  if (chart.user !== undefined) day.cache.seed(chart.user)
  const planned = await planDay(day, { fhirBase, payers: site.payers, cds: ports.cds })
  return ok({ day, planned, rows: rowsOf(day, planned) })
}

/** The user's own day. */
function boundsOf(date: string): { readonly from: string; readonly until: string } {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  return {
    from: instant(new Date(year, month - 1, day)),
    until: instant(new Date(year, month - 1, day + 1)),
  }
}

/** Asking of this page's days. The log is read anew once all is asked, not for each answer. */
export function useDayStore(desk: Desk): DayStore & { readonly asked: DayAsked } {
  const client = useQueryClient()
  const [store] = useState(() => createDayStore(desk))
  const asked = useSyncExternalStore(store.subscribe, store.state)
  const isGoing = asked.queue.phase === 'running' || asked.queue.phase === 'stopping'
  useEffect(() => () => store.end(), [store])
  useEffect(() => afterPaint(() => void loadEngine().catch(() => undefined)), [])
  useEffect(() => {
    if (isGoing || store.state().answers.size === 0) return
    const [log] = auditKey('')
    void client.invalidateQueries({ queryKey: [log] })
  }, [isGoing, store, client])
  useEffect(() => {
    if (!isGoing) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [isGoing])
  return { ...store, asked }
}
