import { useDeferredValue, useMemo } from 'react'
import { SECTION_TITLES, SECTIONS, type Section } from '../../domain/fhir/section'
import type { HistorySnapshot } from '../../domain/pdex/history'
import type { HistoryRecord } from '../../domain/pdex/record'
import { selectedRecords } from '../../domain/pdex/selection'
import { ActionBar, Button } from '../../ui'
import './records.css'
import { EmptySections } from './EmptySections'
import { FilterBar } from './FilterBar'
import { ReadingPanel } from './ReadingPanel'
import { RecordSection } from './RecordSection'
import type { RecordsProps } from './RecordsStep'
import { filterRecords, newestFirst, type RecordFilter } from './record-filter'
import { plural } from './words'

/** What was read, by clinical section. Nothing is chosen for the user (U12). */
export default function RecordsBody(props: RecordsProps) {
  const { member, selection, filter } = props
  const payerName = member.payer.name
  const { records, running } = props.snapshot
  // Pages and typing stay quick while thousands of rows are sorted and filtered behind them.
  const shownFilter = useDeferredValue(filter)
  const laterRecords = useDeferredValue(records)
  const shownRecords = running ? laterRecords : records
  const groups = useMemo(() => bySection(shownRecords, shownFilter), [shownRecords, shownFilter])
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
        <FilterBar filter={filter} hidden={shownRecords.length - shown} onFilter={props.onFilter} />
      )}
      {groups
        .filter(({ all }) => all > 0)
        .map(({ section, all, shown: visible }) => (
          <RecordSection
            key={section}
            name={SECTION_TITLES[section]}
            records={visible}
            total={all}
            empty={`No record here matches the filter; ${all} hidden.`}
            selection={selection}
            onToggle={props.onToggle}
            onToggleGroup={props.onToggleGroup}
          />
        ))}
      <EmptySections
        sections={groups.filter(({ all }) => all === 0).map(({ section }) => section)}
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

/** Every section, newest first; those without a record too, so that an empty one says why. */
function bySection(records: HistorySnapshot['records'], filter: RecordFilter): readonly Group[] {
  const held = new Map<Section, HistoryRecord[]>(SECTIONS.map((section) => [section, []]))
  for (const record of newestFirst(records)) held.get(record.display.section)?.push(record)
  return [...held].map(([section, own]) => ({
    section,
    all: own.length,
    shown: filterRecords(own, filter),
  }))
}
