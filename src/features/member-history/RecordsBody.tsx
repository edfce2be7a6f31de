import './records.css'
import { ComparePanel } from './ComparePanel'
import { FilterBar } from './FilterBar'
import { OwnSearch } from './OwnSearch'
import { ReadingPanel } from './ReadingPanel'
import { RecordsBar } from './RecordsBar'
import type { RecordsProps } from './RecordsStep'
import { SearchedRecords } from './SearchMark'
import { TimelineOrSections } from './TimelineOrSections'
import { useChartRecords } from './use-chart-records'
import { useFilterRule } from './use-filter-rule'
import { useJudgement } from './use-judgement'
import { useSections } from './use-sections'

/** What was read, what of it to show, and what was chosen. Nothing is chosen for the user (U12). */
export default function RecordsBody(props: RecordsProps) {
  const { member, snapshot, selection, filter } = props
  const { records, running } = snapshot
  const chart = useChartRecords(records.length > 0)
  const setting = useFilterRule(snapshot, filter, chart.data)
  const { sections, hidden } = useSections(snapshot, setting.rule)
  const { judged, problem, again } = useJudgement(member.payer.fhirBase, snapshot, chart.data)
  return (
    <>
      <ReadingPanel
        snapshot={snapshot}
        payerName={member.payer.name}
        phone={member.payer.phone}
        onStop={props.onStop}
        onContinue={props.onContinue}
        onWiden={props.onWiden}
      />
      <OwnSearch payerName={member.payer.name} running={running} onSearch={props.onSearch} />
      {records.length > 0 && (
        <>
          <FilterBar
            filter={filter}
            setting={setting}
            snapshot={snapshot}
            hidden={hidden}
            onFilter={props.onFilter}
          />
          <ComparePanel
            judged={judged}
            problem={problem}
            payerRunning={running}
            onCompare={again}
            onAgain={() => void chart.refetch()}
          />
        </>
      )}
      <SearchedRecords value={setting.world.searched}>
        <TimelineOrSections
          lastVisit={setting.world.lastVisit}
          member={member}
          snapshot={snapshot}
          sections={sections}
          judged={judged}
          selection={selection}
          onToggle={props.onToggle}
          onToggleGroup={props.onToggleGroup}
        />
      </SearchedRecords>
      <RecordsBar
        selection={selection}
        records={records}
        sections={sections}
        judged={judged}
        onToggle={props.onToggle}
        onReview={props.onReview}
      />
    </>
  )
}
