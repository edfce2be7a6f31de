import { useMemo } from 'react'
import type { HistorySnapshot } from '../../domain/pdex/history'
import { lastVisit } from '../../domain/pdex/last-visit'
import type { HistoryRecord } from '../../domain/pdex/record'
import { type RecordParties, recordParties } from '../../domain/pdex/record-parties'
import { useWork } from '../work'
import { type FilterRule, filterRule } from './filter-rule'
import type { FilterWorld, RecordFilter } from './record-filter'
import { NO_RECORDS } from './sections'
import { type OwnState, useOwnOrganization } from './use-own-organization'

export interface FilterSetting {
  readonly rule: FilterRule
  readonly world: FilterWorld
  readonly own: OwnState
}

const NOBODY: FilterWorld['own'] = []
const NOTHING: FilterWorld['searched'] = new Set()

/** What a filter means for this patient, user and day. */
export function useFilterRule(
  { records, references, running, searched = NOTHING }: HistorySnapshot,
  filter: RecordFilter,
  chart: HistorySnapshot | undefined,
): FilterSetting {
  const today = useToday()
  const own = useOwnOrganization(filter.excludeOwnOrganization)
  const ownParties = own.kind === 'known' ? own.own.parties : NOBODY
  const visit = useMemo(() => lastVisit(chart?.records ?? NO_RECORDS, today), [chart, today])
  // Once for each record, and once more whenever something came after the last page: who is named may come later than the record.
  const settled = running ? undefined : records
  // biome-ignore lint/correctness/useExhaustiveDependencies: begun anew when what was read changed
  const partiesOf = useMemo(() => {
    const held = new WeakMap<HistoryRecord, RecordParties>()
    return (record: HistoryRecord): RecordParties => {
      const known = held.get(record) ?? recordParties(record, references)
      held.set(record, known)
      return known
    }
  }, [references, settled])
  const world = useMemo(
    (): FilterWorld => ({
      today,
      own: ownParties,
      partiesOf,
      searched,
      ...(visit !== undefined && { lastVisit: visit }),
    }),
    [today, ownParties, partiesOf, searched, visit],
  )
  const rule = useMemo(() => filterRule(filter, world), [filter, world])
  return { rule, world, own }
}

/** ISO date, as the chart and the payer write it. */
export function useToday(): string {
  const { ports } = useWork()
  return new Date(ports.clock.now()).toISOString().slice(0, 10)
}
