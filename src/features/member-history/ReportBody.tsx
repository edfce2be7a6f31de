import { Panel } from '../../ui'
import { useWork } from '../work'
import { ReportRecords } from './ReportRecords'
import { canContinue, type ReportRow, reportCounts, reportNotices } from './report'
import { reportDocument } from './report-document'
import { SavePanel } from './SavePanel'
import { TakeAway } from './TakeAway'
import { UserQuestions } from './UserQuestions'
import type { WriteRun } from './use-write'
import { plural } from './words'

interface Props {
  readonly run: WriteRun
  readonly rows: readonly ReportRow[]
  readonly onSettle: (step: string, seen: 'there' | 'absent') => void
  readonly onTaken: () => void
}

/** Every record with its state, what only the user can find out, and everything that has to be saved. */
export default function ReportBody({ run: { plan, report }, rows, onSettle, onTaken }: Props) {
  const { session } = useWork()
  const counts = reportCounts(rows)
  const running = report.ended === 'running'
  const keysOf = (state: 'failed' | 'unknown') =>
    rows.filter(({ outcome }) => outcome.state === state).map(({ outcome }) => outcome.key)
  return (
    <>
      {!running && reportNotices(report, session.ehrName).map((notice) => <p key={notice}>{notice}</p>)}
      {!running && <UserQuestions rows={rows} ehrName={session.ehrName} onSettle={onSettle} />}
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
      <ReportRecords rows={rows} running={running} />
      {!running && counts.failed > 0 && (
        <SavePanel
          title={`Save ${plural(counts.failed, 'record')} that could not be written`}
          plan={plan}
          keys={keysOf('failed')}
          first={false}
          onTaken={onTaken}
        />
      )}
      {!running && counts.asked > 0 && (
        <SavePanel
          title={`Save ${plural(counts.unknown, 'record')} that ${counts.unknown === 1 ? 'is' : 'are'} not certain`}
          plan={plan}
          keys={keysOf('unknown')}
          first={false}
          onTaken={onTaken}
        />
      )}
      {!running && (
        <div className="no-print">
          <Panel title="Keep this report">
            <TakeAway what="report" document={reportDocument(plan, report, rows)} />
          </Panel>
        </div>
      )}
    </>
  )
}
