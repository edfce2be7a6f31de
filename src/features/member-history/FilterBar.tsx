import { useState } from 'react'
import type { HistorySnapshot } from '../../domain/pdex/history'
import { Button, Disclosure, Field, formatDate } from '../../ui'
import './filter.css'
import { FilterPanel } from './FilterPanel'
import type { HiddenGroup } from './filter-hidden'
import { PresetBar } from './PresetBar'
import { datesOf, isFiltering, noFilter, type RecordFilter } from './record-filter'
import type { FilterSetting } from './use-filter-rule'

interface Props {
  readonly filter: RecordFilter
  readonly setting: FilterSetting
  readonly snapshot: HistorySnapshot
  readonly hidden: readonly HiddenGroup[]
  readonly onFilter: (filter: RecordFilter) => void
}

/** What is shown. It changes nothing of what was asked for or selected (U12). */
export function FilterBar({ filter, setting, snapshot, hidden, onFilter }: Props) {
  const [open, setOpen] = useState(false)
  const { lastVisit } = setting.world
  const dates = datesOf(filter.period, setting.world)
  const isSinceVisit = filter.period === 'last-visit'
  const setDates = (next: typeof dates): void => {
    const { period: _, ...rest } = filter
    onFilter(next.from === '' && next.to === '' ? rest : { ...rest, period: next })
  }
  return (
    <search className="stack mh-filters">
      <div className="mh-filter">
        <Field id="mh-words" label="Filter" hint="Words or a code, in any order">
          {(control) => (
            <input
              {...control}
              type="search"
              value={filter.words}
              autoComplete="off"
              onChange={(event) => onFilter({ ...filter, words: event.currentTarget.value })}
            />
          )}
        </Field>
        <Field id="mh-from" label="From">
          {(control) => (
            <input
              {...control}
              type="date"
              value={dates.from}
              onChange={(event) => setDates({ ...dates, from: event.currentTarget.value })}
            />
          )}
        </Field>
        <Field id="mh-to" label="To">
          {(control) => (
            <input
              {...control}
              type="date"
              value={dates.to}
              onChange={(event) => setDates({ ...dates, to: event.currentTarget.value })}
            />
          )}
        </Field>
      </div>
      <PresetBar filter={filter} onFilter={onFilter}>
        {lastVisit !== undefined && (
          <Button
            aria-pressed={isSinceVisit}
            onClick={() => {
              const { period: _, ...rest } = filter
              onFilter(isSinceVisit ? rest : { ...rest, period: 'last-visit' })
            }}
          >
            Since the last visit here, {formatDate(lastVisit)}
          </Button>
        )}
      </PresetBar>
      {isFiltering(filter) && (
        <Hidden filter={filter} setting={setting} hidden={hidden} onFilter={onFilter} />
      )}
      <Disclosure summary={moreTitle(filter)} open={open} onToggle={setOpen}>
        {open && <FilterPanel filter={filter} setting={setting} snapshot={snapshot} onFilter={onFilter} />}
      </Disclosure>
    </search>
  )
}

/** How many of the folded choices are made: they work unseen. */
function moreTitle({
  sections,
  origins,
  excludeOwnOrganization,
  parties,
  searchedOnly,
}: RecordFilter): string {
  const count = [
    sections.length,
    origins.length,
    excludeOwnOrganization,
    parties.length,
    searchedOnly,
  ].filter(Boolean).length
  return count === 0 ? 'More filters' : `More filters (${count} in use)`
}

/** How many are hidden and why, with one press to show them all. */
function Hidden({
  filter,
  setting,
  hidden,
  onFilter,
}: Pick<Props, 'filter' | 'setting' | 'hidden' | 'onFilter'>) {
  const total = hidden.reduce((sum, { count }) => sum + count, 0)
  const { own } = setting
  return (
    <p className="mh-hidden" role="status">
      {total} hidden
      {hidden.length > 0 && `: ${hidden.map(({ count, words }) => `${count} ${words}`).join(', ')}`}.{' '}
      {filter.excludeOwnOrganization && filter.own === undefined && own.kind !== 'known' && (
        <>
          {own.kind === 'asking'
            ? 'Your organization is being looked up.'
            : 'Your organization is not known, so nothing is hidden for it. Say which it is under More filters.'}{' '}
        </>
      )}
      {filter.period === 'last-visit' && setting.world.lastVisit === undefined && (
        <>No earlier visit was found in the chart, so any time is shown. </>
      )}
      <Button variant="quiet" onClick={() => onFilter(noFilter)}>
        Show all
      </Button>
    </p>
  )
}
