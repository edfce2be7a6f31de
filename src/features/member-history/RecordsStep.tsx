import { type Ref, useDeferredValue, useMemo } from 'react'
import { fullName } from '../../domain/fhir/person'
import { SECTION_TITLES, SECTIONS, type Section } from '../../domain/fhir/section'
import type { HistorySnapshot } from '../../domain/pdex/history'
import type { Member } from '../../domain/pdex/member-match'
import type { HistoryRecord } from '../../domain/pdex/record'
import { type Selection, selectedRecords } from '../../domain/pdex/selection'
import { ActionBar, Button } from '../../ui'
import { FilterBar } from './FilterBar'
import { ReadingPanel } from './ReadingPanel'
import { RecordSection } from './RecordSection'
import { filterRecords, newestFirst, type RecordFilter } from './record-filter'
import { usePacedAnnounce } from './use-paced-announce'
import { emptySentence, plural, sectionTypes } from './words'

interface Props {
  readonly member: Member
  readonly snapshot: HistorySnapshot
  readonly selection: Selection
  readonly filter: RecordFilter
  readonly headingRef: Ref<HTMLHeadingElement>
  readonly onToggle: (record: HistoryRecord) => void
  readonly onToggleGroup: (records: readonly HistoryRecord[]) => void
  readonly onFilter: (filter: RecordFilter) => void
  readonly onStop: () => void
  readonly onContinue: () => void
  readonly onReview: () => void
}

/** Second step: reading and choosing. Nothing is chosen for the user (U12). */
export function RecordsStep(props: Props) {
  const { member, snapshot, selection, filter } = props
  const { records, running } = snapshot
  const payerName = member.payer.name
  // Typing stays quick while a thousand rows are filtered behind it.
  const shownFilter = useDeferredValue(filter)
  const groups = useMemo(() => bySection(records, shownFilter), [records, shownFilter])
  const shown = groups.reduce((sum, group) => sum + group.shown.length, 0)
  const chosen = selectedRecords(selection, records).length
  const chosenShown = groups.reduce((sum, group) => sum + selectedRecords(selection, group.shown).length, 0)
  const notLoaded = selection.size - chosen
  usePacedAnnounce(
    running
      ? `${plural(records.length, 'record')} read so far.`
      : `Reading ended. ${plural(records.length, 'record')}.`,
    running,
  )
  return (
    <div className="stack">
      <div>
        <h1 ref={props.headingRef} tabIndex={-1}>
          {payerName} {running ? 'has sent' : 'sent'} {plural(records.length, 'record')}
          {running && ' so far'} for {fullName(member.patient)}
        </h1>
        <p className="soft">
          Payer records can be late or incomplete. A bill can name a diagnosis that was only looked into; a
          fill is not proof of use.
        </p>
      </div>
      <ReadingPanel
        snapshot={snapshot}
        payerName={payerName}
        phone={member.payer.phone}
        onStop={props.onStop}
        onContinue={props.onContinue}
      />
      {records.length > 0 && (
        <FilterBar filter={filter} hidden={records.length - shown} onFilter={props.onFilter} />
      )}
      {groups.map(({ section, all, shown: visible }) => (
        <RecordSection
          key={section}
          name={SECTION_TITLES[section]}
          records={visible}
          total={all}
          empty={
            all > 0
              ? `No record here matches the filter; ${all} hidden.`
              : emptySentence(
                  SECTION_TITLES[section],
                  snapshot.types.filter(({ type }) => sectionTypes[section]?.includes(type)),
                  payerName,
                )
          }
          selection={selection}
          onToggle={props.onToggle}
          onToggleGroup={props.onToggleGroup}
        />
      ))}
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
    </div>
  )
}

interface Group {
  readonly section: Section
  readonly all: number
  readonly shown: readonly HistoryRecord[]
}

/** The sections that are read always, so that an empty one says why; any other only with something in it. */
function bySection(records: readonly HistoryRecord[], filter: RecordFilter): readonly Group[] {
  const sorted = newestFirst(records)
  return SECTIONS.flatMap((section) => {
    const own = sorted.filter((record) => record.display.section === section)
    if (own.length === 0 && sectionTypes[section] === undefined) return []
    return [{ section, all: own.length, shown: filterRecords(own, filter) }]
  })
}
