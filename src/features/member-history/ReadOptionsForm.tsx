import { useMemo } from 'react'
import { SECTION_TITLES, SECTIONS } from '../../domain/fhir/section'
import { lastVisit } from '../../domain/pdex/last-visit'
import type { HistoryPreset } from '../../domain/pdex/preset'
import { Button, useAnnounce } from '../../ui'
import { useWork } from '../work'
import './filter.css'
import { filterOf, isPreset, namedPresets } from './filter-presets'
import { PeriodField } from './PeriodField'
import type { ReadOptionsProps } from './ReadOptions'
import { type ReadChoice, readAll } from './read-choice'
import { choiceOf, scopeOf } from './read-scope'
import { noFilter } from './record-filter'
import { NO_RECORDS } from './sections'
import { useChartRecords } from './use-chart-records'
import { useToday } from './use-filter-rule'
import { useOwnPresets } from './use-own-presets'

/** Sections and period of the requests; a preset sets them and the filter of the list at once. */
export default function ReadOptionsForm({ choice, payerName, filter, onChoice, onFilter }: ReadOptionsProps) {
  const announce = useAnnounce()
  const { site } = useWork()
  const { presets: own = [] } = useOwnPresets()
  const today = useToday()
  const chart = useChartRecords(true)
  const visit = useMemo(() => lastVisit(chart.data?.records ?? NO_RECORDS, today), [chart.data, today])
  const presets = namedPresets(site.memberHistory?.presets, own)
  const choose = (next: ReadChoice): void =>
    onChoice(next, scopeOf(next, { today, ...(visit !== undefined && { lastVisit: visit }) }))
  const apply = (preset: HistoryPreset): void => {
    const isOn = isPreset(preset, filter)
    choose(isOn ? readAll : choiceOf(preset))
    onFilter(isOn ? noFilter : filterOf(preset, filter))
    announce(isOn ? 'Everything is read.' : `“${preset.name}” is chosen.`)
  }
  return (
    <div className="stack mh-read-options mh-presets">
      <p className="field-hint">
        Less is asked of {payerName}, and what is left out is said. You can ask for the rest later.
      </p>
      {presets.length > 0 && (
        <ul className="plain cluster" aria-label="Filters under a name">
          {presets.map(({ key, preset }) => {
            // A last visit that is still being looked up would be left out of the requests in silence.
            const isEarly = preset.period === 'last-visit' && chart.data === undefined
            return (
              <li key={key}>
                <Button aria-pressed={isPreset(preset, filter)} busy={isEarly} onClick={() => apply(preset)}>
                  {preset.name}
                </Button>
              </li>
            )
          })}
        </ul>
      )}
      <PeriodField
        id="mh-read-period"
        period={choice.period}
        lastVisit={visit}
        onPeriod={(next) => {
          const { period: _, ...rest } = choice
          choose(next === undefined ? rest : { ...rest, period: next })
        }}
      />
      {choice.period === 'last-visit' && visit === undefined && (
        <p className="small">
          No earlier visit was found in the chart, so records of any time are asked for.
        </p>
      )}
      {choice.period !== undefined && (
        <fieldset>
          <legend>Counted by</legend>
          {(['event', 'updated'] as const).map((by) => (
            <label className="check" key={by}>
              <input
                type="radio"
                name="mh-read-by"
                checked={choice.by === by}
                onChange={() => choose({ ...choice, by })}
              />
              {by === 'event' ? 'When it happened' : `When ${payerName} last changed its record`}
            </label>
          ))}
        </fieldset>
      )}
      <fieldset>
        <legend>Only these sections</legend>
        <p className="field-hint">
          {choice.sections.length === 0 ? 'None ticked: all are read.' : `${choice.sections.length} ticked.`}
        </p>
        <ul className="plain">
          {SECTIONS.map((section) => (
            <li key={section}>
              <label className="check">
                <input
                  type="checkbox"
                  checked={choice.sections.includes(section)}
                  onChange={() =>
                    choose({
                      ...choice,
                      sections: SECTIONS.filter((one) => choice.sections.includes(one) !== (one === section)),
                    })
                  }
                />
                {SECTION_TITLES[section]}
              </label>
            </li>
          ))}
        </ul>
      </fieldset>
    </div>
  )
}
