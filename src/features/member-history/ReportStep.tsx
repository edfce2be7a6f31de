import { type Ref, useMemo } from 'react'
import { ActionBar, Button, Meter, Notice, ProblemNotice } from '../../ui'
import { useWork } from '../work'
import { latePart } from './late-part'
import {
  byUrgency,
  canContinue,
  type ReportCounts,
  reportCounts,
  reportRows,
  reportTitle,
  settledCount,
} from './report'
import { usePacedAnnounce } from './use-paced-announce'
import type { WriteRun } from './use-write'
import { plural } from './words'

const ReportBody = latePart(() => import('./ReportBody'), { name: 'The report', lines: 4 })

interface Props {
  readonly run: WriteRun
  readonly stopping: boolean
  readonly headingRef: Ref<HTMLHeadingElement>
  readonly onStop: () => void
  readonly onContinue: () => void
  /** What the user saw in the chart of something that was sent without an answer. */
  readonly onSettle: (step: string, seen: 'there' | 'absent') => void
  readonly onTaken: () => void
  readonly onBack: () => void
}

/** Last step: each record with its state while writing, and what became of it afterwards (U14). */
export function ReportStep(props: Props) {
  const { run, stopping, headingRef, onStop, onContinue, onSettle, onTaken, onBack } = props
  const { session, site } = useWork()
  const { plan, report } = run
  const rows = useMemo(() => byUrgency(reportRows(plan, report), report), [plan, report])
  const counts = reportCounts(rows)
  const running = report.ended === 'running'
  const title = reportTitle(report, counts)
  const done = settledCount(counts)
  usePacedAnnounce(title, running)
  return (
    <div className="stack mh-narrow">
      <h1 ref={headingRef} tabIndex={-1}>
        {title}
      </h1>
      {running && (
        <div>
          <Meter value={done} max={counts.total} label={`${done} of ${counts.total} done`} />
          <p className="small soft num">
            {Math.round((done / Math.max(counts.total, 1)) * 100)} %. Keep this window open.
          </p>
        </div>
      )}
      {!running && report.problem !== undefined && (
        <ProblemNotice
          problem={report.problem}
          notDone={`${plural(counts.left + counts.unknown, 'record')} of ${counts.total} not finished. Nothing is sent twice: before anything is sent again it is looked up.`}
          technicalDetails={site.policy.technicalDetails}
          role="alert"
        />
      )}
      {!running && <Uncertain counts={counts} ehrName={session.ehrName} />}
      <ReportBody run={run} rows={rows} onSettle={onSettle} onTaken={onTaken} />
      <ActionBar
        status={
          <span className="soft num">
            {running ? `${done} of ${counts.total} done` : `${counts.stored} of ${counts.total} in the chart`}
          </span>
        }
      >
        {running ? (
          <Button onClick={onStop} busy={stopping}>
            {stopping ? 'Stopping after this item…' : 'Stop after this item'}
          </Button>
        ) : (
          <>
            <Button onClick={onBack}>Back to history</Button>
            {canContinue(counts) && (
              <Button variant="primary" onClick={onContinue}>
                Check and continue
              </Button>
            )}
          </>
        )}
      </ActionBar>
    </div>
  )
}

function Uncertain({ counts, ehrName }: { readonly counts: ReportCounts; readonly ehrName: string }) {
  const { left } = counts
  const unknown = counts.unknown - counts.asked
  if (unknown === 0 && left === 0) return null
  const parts = [unknown > 0 && `${unknown} not certain`, left > 0 && `${left} left`]
  return (
    <Notice tone="ask" title={`${parts.filter(Boolean).join(', ')}: check and continue.`}>
      {unknown > 0 && (
        <p>
          {plural(unknown, 'record')} {unknown === 1 ? 'was' : 'were'} sent and {ehrName} did not answer.
          Check and continue looks for {unknown === 1 ? 'it' : 'them'} in the chart before anything is sent
          again.
        </p>
      )}
    </Notice>
  )
}
