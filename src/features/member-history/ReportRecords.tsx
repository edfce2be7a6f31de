import { useMemo } from 'react'
import { formatDate, Panel, StateTag } from '../../ui'
import { useWork } from '../work'
import { ownWords, placeWords, whereWords } from './outcome-words'
import { byDocument, type ReportRow } from './report'
import { outcomeTones, outcomeWords } from './words'

interface Props {
  readonly rows: readonly ReportRow[]
  readonly running: boolean
}

/** Each record with its state. Those of one document stand below its name, once it has one: while writing no row moves. */
export function ReportRecords({ rows, running }: Props) {
  const { session } = useWork()
  const { alone, documents } = useMemo(
    () => (running ? { alone: rows, documents: [] } : byDocument(rows)),
    [rows, running],
  )
  return (
    <div className="mh-section">
      <Panel title={`Records for ${session.ehrName}`}>
        <Rows rows={alone} running={running} words={(row) => whereWords(row.outcome, session.ehrName)} />
        {documents.map(([first, ...others]) => (
          <div key={first.outcome.key} className="mh-document">
            <h3>
              In one document <span className="soft">{others.length + 1}</span>
            </h3>
            <p className="small soft">{placeWords(first.outcome, session.ehrName)}</p>
            <Rows rows={[first, ...others]} running={running} words={(row) => ownWords(row.outcome)} />
          </div>
        ))}
      </Panel>
    </div>
  )
}

function Rows({ rows, running, words }: Props & { readonly words: (row: ReportRow) => string }) {
  if (rows.length === 0) return null
  return (
    <ul className="mh-list">
      {rows.map((row) => (
        <OutcomeRow key={row.outcome.key} row={row} running={running} where={words(row)} />
      ))}
    </ul>
  )
}

interface RowProps {
  readonly row: ReportRow
  readonly running: boolean
  readonly where: string
}

function OutcomeRow({ row: { planned, outcome }, running, where }: RowProps) {
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
      {where !== '' && <p className="soft small">{where}</p>}
    </li>
  )
}
