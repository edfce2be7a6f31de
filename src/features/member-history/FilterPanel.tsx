import { useMemo } from 'react'
import { SECTION_TITLES, SECTIONS, type Section } from '../../domain/fhir/section'
import type { HistorySnapshot } from '../../domain/pdex/history'
import type { Origin } from '../../domain/pdex/provenance'
import { FilterOwn } from './FilterOwn'
import { FilterParties } from './FilterParties'
import { PeriodField } from './PeriodField'
import { capital, originWords } from './reading-words'
import type { RecordFilter } from './record-filter'
import type { FilterSetting } from './use-filter-rule'

interface Props {
  readonly filter: RecordFilter
  readonly setting: FilterSetting
  readonly snapshot: HistorySnapshot
  readonly onFilter: (filter: RecordFilter) => void
}

const ORIGINS: readonly Origin[] = ['clinical', 'billing-derived', 'unknown']

/** The further choices: period, sections, sources, own organization, people and places. */
export function FilterPanel({ filter, setting, snapshot, onFilter }: Props) {
  const { records, searched } = snapshot
  const counts = useMemo(() => {
    const sections = new Map<Section, number>()
    const origins = new Map<Origin, number>()
    for (const { display, provenance } of records) {
      sections.set(display.section, (sections.get(display.section) ?? 0) + 1)
      origins.set(provenance.origin, (origins.get(provenance.origin) ?? 0) + 1)
    }
    return { sections, origins }
  }, [records])
  return (
    <div className="mh-more-filters">
      <div className="stack">
        <PeriodField
          id="mh-period"
          period={filter.period}
          lastVisit={setting.world.lastVisit}
          onPeriod={(next) => {
            const { period: _, ...rest } = filter
            onFilter(next === undefined ? rest : { ...rest, period: next })
          }}
        />
        <Ticks
          legend="Show only these sources"
          all={ORIGINS}
          chosen={filter.origins}
          words={(origin) => capital(originWords[origin])}
          counts={counts.origins}
          onChoose={(origins) => onFilter({ ...filter, origins })}
        />
        {(searched?.size ?? 0) > 0 && (
          <label className="check">
            <input
              type="checkbox"
              checked={filter.searchedOnly}
              onChange={(event) => onFilter({ ...filter, searchedOnly: event.currentTarget.checked })}
            />
            Show only what your own search found ({searched?.size})
          </label>
        )}
        <FilterOwn filter={filter} setting={setting} records={records} onFilter={onFilter} />
      </div>
      <Ticks
        legend="Show only these sections"
        all={SECTIONS}
        chosen={filter.sections}
        words={(section) => SECTION_TITLES[section]}
        counts={counts.sections}
        onChoose={(sections) => onFilter({ ...filter, sections })}
      />
      <FilterParties filter={filter} setting={setting} records={records} onFilter={onFilter} />
    </div>
  )
}

interface TicksProps<T extends string> {
  readonly legend: string
  readonly all: readonly T[]
  readonly chosen: readonly T[]
  readonly words: (one: T) => string
  readonly counts: ReadonlyMap<T, number>
  readonly onChoose: (chosen: readonly T[]) => void
}

/** A list of checkboxes for what was read; what is ticked stays there when nothing of it was. */
function Ticks<T extends string>({ legend, all, chosen, words, counts, onChoose }: TicksProps<T>) {
  const listed = all.filter((one) => counts.has(one) || chosen.includes(one))
  return (
    <fieldset>
      <legend>{legend}</legend>
      <p className="field-hint">
        {chosen.length === 0 ? 'None ticked: all are shown.' : `${chosen.length} ticked.`}
      </p>
      <ul className="plain">
        {listed.map((one) => (
          <li key={one}>
            <label className="check">
              <input
                type="checkbox"
                checked={chosen.includes(one)}
                onChange={() => onChoose(all.filter((each) => chosen.includes(each) !== (each === one)))}
              />
              <span>
                {words(one)} <span className="soft small">{counts.get(one) ?? 0}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
