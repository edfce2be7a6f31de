import { type Ref, useMemo } from 'react'
import type { RecordOutcome, RecordState } from '../../domain/pdex/write'
import { ActionBar, Button, formatDate, Meter, Notice, Panel, ProblemNotice, StateTag } from '../../ui'
import { useWork } from '../work'
import {
  canContinue,
  type ReportCounts,
  type ReportRow,
  reportCounts,
  reportDocument,
  reportRows,
  reportTitle,
  settledCount,
} from './report'
import { SavePanel } from './SavePanel'
import { TakeAway } from './TakeAway'
import { usePacedAnnounce } from './use-paced-announce'
import type { WriteRun } from './use-write'
import { outcomeTones, outcomeWords, plural } from './words'

interface Props {
  readonly run: WriteRun
  readonly stopping: boolean
  readonly headingRef: Ref<HTMLHeadingElement>
  readonly onStop: () => void
  readonly onContinue: () => void
  readonly onTaken: () => void
  readonly onBack: () => void
}

/** Last step: each record with its state while writing, and what became of it afterwards (U14). */
export function ReportStep({ run, stopping, headingRef, onStop, onContinue, onTaken, onBack }: Props) {
  const { session, site } = useWork()
  const { plan, report } = run
  const rows = useMemo(() => reportRows(plan, report), [plan, report])
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
      {!running && report.download !== undefined && (
        <SavePanel
          title={`Save ${plural(counts.download, 'record')} that the chart does not hold`}
          plan={plan}
          keys={report.download.keys}
          download={report.download}
          first={!canContinue(counts)}
          onTaken={onTaken}
        />
      )}
      <div className="mh-section">
        <Panel title={`Records for ${session.ehrName}`}>
          <ul className="mh-list">
            {rows.map((row) => (
              <OutcomeRow key={row.outcome.key} row={row} running={running} />
            ))}
          </ul>
        </Panel>
      </div>
      {!running && counts.failed > 0 && (
        <SavePanel
          title={`Save ${plural(counts.failed, 'record')} that could not be written`}
          plan={plan}
          keys={rows.filter(({ outcome }) => outcome.state === 'failed').map(({ outcome }) => outcome.key)}
          first={false}
          onTaken={onTaken}
        />
      )}
      {!running && (
        <Panel title="Keep this report">
          <TakeAway what="report" document={reportDocument(plan, report, rows)} />
        </Panel>
      )}
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
  const { unknown, left } = counts
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

function OutcomeRow({ row, running }: { readonly row: ReportRow; readonly running: boolean }) {
  const { planned, outcome } = row
  return (
    <li className="mh-outcome">
      <div>
        <span className="mh-what">{planned.record.display.what}</span>{' '}
        <span className="soft small num">{formatDate(planned.record.display.when)}</span>
      </div>
      <div>
        <StateTag tone={outcomeTones[outcome.state]}>
          {running && outcome.state === 'unknown' ? 'No answer yet, checking' : outcomeWords[outcome.state]}
        </StateTag>
      </div>
      <OutcomeWhy outcome={outcome} />
    </li>
  )
}

const isElsewhere = (state: RecordState): boolean => state === 'in-document' || state === 'download'

function OutcomeWhy({ outcome }: { readonly outcome: RecordOutcome }) {
  const parts = [
    outcome.reference !== undefined && `In the chart as ${outcome.reference}.`,
    outcome.reason !== undefined && isElsewhere(outcome.state)
      ? `Not as an entry: ${outcome.reason}`
      : outcome.reason,
    outcome.provenance === 'not-stored' && 'Its source could not be stored beside it.',
    outcome.provenance === 'left' && 'Its source is not stored beside it yet.',
  ].filter((part) => typeof part === 'string')
  return parts.length === 0 ? null : <p className="soft small">{parts.join(' ')}</p>
}
