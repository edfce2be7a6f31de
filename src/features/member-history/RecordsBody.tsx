import { useMemo } from 'react'
import { lastVisit } from '../../domain/pdex/last-visit'
import { useWork } from '../work'
import './records.css'
import { ComparePanel } from './ComparePanel'
import { FilterBar } from './FilterBar'
import { ReadingPanel } from './ReadingPanel'
import { RecordsBar } from './RecordsBar'
import type { RecordsProps } from './RecordsStep'
import { SectionList } from './SectionList'
import { NO_RECORDS } from './sections'
import { useChartRecords } from './use-chart-records'
import { useJudgement } from './use-judgement'
import { useSections } from './use-sections'

/** What was read, what of it to show, and what was chosen. Nothing is chosen for the user (U12). */
export default function RecordsBody(props: RecordsProps) {
  const { member, snapshot, selection, filter } = props
  const { ports } = useWork()
  const { records, running } = snapshot
  const { sections, hidden } = useSections(snapshot, filter)
  const chart = useChartRecords(records.length > 0)
  const { judged, problem, again } = useJudgement(member.payer.fhirBase, snapshot, chart.data)
  const visit = useMemo(
    () =>
      lastVisit(chart.data?.records ?? NO_RECORDS, new Date(ports.clock.now()).toISOString().slice(0, 10)),
    [chart.data, ports],
  )
  return (
    <>
      <ReadingPanel
        snapshot={snapshot}
        payerName={member.payer.name}
        phone={member.payer.phone}
        onStop={props.onStop}
        onContinue={props.onContinue}
      />
      {records.length > 0 && (
        <>
          <FilterBar filter={filter} hidden={hidden} lastVisit={visit} onFilter={props.onFilter} />
          <ComparePanel
            judged={judged}
            problem={problem}
            payerRunning={running}
            onCompare={again}
            onAgain={() => void chart.refetch()}
          />
        </>
      )}
      <SectionList
        member={member}
        snapshot={snapshot}
        sections={sections}
        judged={judged}
        selection={selection}
        onToggle={props.onToggle}
        onToggleGroup={props.onToggleGroup}
      />
      <RecordsBar selection={selection} records={records} sections={sections} onReview={props.onReview} />
    </>
  )
}
