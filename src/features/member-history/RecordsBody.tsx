import { useDeferredValue, useMemo } from 'react'
import { SECTION_TITLES, SECTIONS, type Section } from '../../domain/fhir/section'
import type { HistorySnapshot } from '../../domain/pdex/history'
import { lastVisit } from '../../domain/pdex/last-visit'
import type { HistoryRecord } from '../../domain/pdex/record'
import { selectedRecords } from '../../domain/pdex/selection'
import { ActionBar, Button } from '../../ui'
import { useWork } from '../work'
import './records.css'
import { ComparePanel } from './ComparePanel'
import { EmptySections } from './EmptySections'
import { FilterBar } from './FilterBar'
import { ReadingPanel } from './ReadingPanel'
import { RecordSection } from './RecordSection'
import type { RecordsProps } from './RecordsStep'
import { emptySentence, sectionTypes } from './reading-words'
import { filterRecords, newestFirst, type RecordFilter } from './record-filter'
import { useChartRecords } from './use-chart-records'
import { useJudgement } from './use-judgement'
import { plural } from './words'

/** What was read, by clinical section. Nothing is chosen for the user (U12). */
export default function RecordsBody(props: RecordsProps) {
  const { member, selection, filter } = props
  const { ports } = useWork()
  const payerName = member.payer.name
  const { records, running } = props.snapshot
  // Pages and typing stay quick while thousands of rows are sorted and filtered behind them.
  const shownFilter = useDeferredValue(filter)
  const laterRecords = useDeferredValue(records)
  const shownRecords = running ? laterRecords : records
  const groups = useMemo(() => bySection(shownRecords, shownFilter), [shownRecords, shownFilter])
  const chart = useChartRecords(records.length > 0)
  const judged = useJudgement(member.payer.fhirBase, props.snapshot, chart.data)
  const visit = useMemo(
    () => lastVisit(chart.data?.records ?? NONE, new Date(ports.clock.now()).toISOString().slice(0, 10)),
    [chart.data, ports],
  )
  const chartOnly = useMemo(() => groupBySection(judged?.onlyChart ?? []), [judged])
  const shown = groups.reduce((sum, group) => sum + group.shown.length, 0)
  const chosen = useMemo(() => selectedRecords(selection, records).length, [selection, records])
  const chosenShown = groups.reduce((sum, group) => sum + selectedRecords(selection, group.shown).length, 0)
  const notLoaded = selection.size - chosen
  return (
    <>
      <ReadingPanel
        snapshot={props.snapshot}
        payerName={payerName}
        phone={member.payer.phone}
        onStop={props.onStop}
        onContinue={props.onContinue}
      />
      {records.length > 0 && (
        <FilterBar
          filter={filter}
          hidden={shownRecords.length - shown}
          lastVisit={visit}
          onFilter={props.onFilter}
        />
      )}
      {records.length > 0 && (
        <ComparePanel judged={judged} payerRunning={running} onAgain={() => void chart.refetch()} />
      )}
      {groups
        .filter(({ section, all }) => all > 0 || chartOnly.has(section))
        .map(({ section, all, shown: visible }) => (
          <RecordSection
            key={section}
            name={SECTION_TITLES[section]}
            payerName={payerName}
            records={visible}
            total={all}
            chartOnly={chartOnly.get(section) ?? NONE}
            judged={judged}
            empty={
              all > 0
                ? `No record here matches the filter; ${all} hidden.`
                : emptySentence(
                    section,
                    SECTION_TITLES[section],
                    props.snapshot.types.filter(({ type }) => sectionTypes[section].includes(type)),
                    payerName,
                  )
            }
            selection={selection}
            onToggle={props.onToggle}
            onToggleGroup={props.onToggleGroup}
          />
        ))}
      <EmptySections
        sections={groups
          .filter(({ section, all }) => all === 0 && !chartOnly.has(section))
          .map(({ section }) => section)}
        types={props.snapshot.types}
        payerName={payerName}
      />
      <ActionBar
        status={
          <span>
            <strong>
              {chosen} of {records.length} selected
            </strong>
            {chosen === 0 && <span className="soft"> · Select what the chart should keep</span>}
            {chosen > chosenShown && (
              <span className="soft"> · {chosen - chosenShown} of them hidden by the filter</span>
            )}
            {notLoaded > 0 && <span className="soft"> · {notLoaded} more not read yet</span>}
          </span>
        }
      >
        <Button id="mh-review" variant="primary" disabled={chosen === 0} onClick={props.onReview}>
          {chosen === 0 ? 'Review records' : `Review ${plural(chosen, 'record')}`}
        </Button>
      </ActionBar>
    </>
  )
}

interface Group {
  readonly section: Section
  readonly all: number
  readonly shown: readonly HistoryRecord[]
}

const NONE: readonly HistoryRecord[] = []

function groupBySection(records: readonly HistoryRecord[]): ReadonlyMap<Section, readonly HistoryRecord[]> {
  const held = new Map<Section, HistoryRecord[]>()
  for (const record of newestFirst(records)) {
    const known = held.get(record.display.section)
    if (known) known.push(record)
    else held.set(record.display.section, [record])
  }
  return held
}

/** Every section, newest first; those without a record too, so that an empty one says why. */
function bySection(records: HistorySnapshot['records'], filter: RecordFilter): readonly Group[] {
  const held = groupBySection(records)
  return SECTIONS.map((section) => {
    const own = held.get(section) ?? NONE
    return { section, all: own.length, shown: filterRecords(own, filter) }
  })
}
