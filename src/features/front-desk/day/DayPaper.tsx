import { createPortal } from 'react-dom'
import { formatMadeAt, instantAt } from '../../../domain/document/made-at'
import { readPerson } from '../../../domain/fhir/person'
import type { StandingRow } from '../../../domain/front-desk/day-rows'
import { detailWords, groupWords, notAskedWords, standingWords } from '../../../domain/front-desk/day-words'
import { formatDate } from '../../../ui'
import { WhilePrinting } from '../../../ui/WhilePrinting'
import type { Desk } from '../../work'
import type { ShownGroup } from './DayGroups'
import { type DayFilter, filterWords } from './day-filter'
import { groupCounts } from './status-words'
import { longDay, timeOf } from './words'

interface Props {
  readonly desk: Desk
  readonly date: string
  readonly rows: readonly StandingRow[]
  readonly groups: readonly ShownGroup[]
  readonly filter: DayFilter
}

/** What the browser prints while this list is on screen: all rows, nothing folded, black on white (U19). */
export function DayPaper(props: Props) {
  return <WhilePrinting>{createPortal(<Sheet {...props} />, document.body)}</WhilePrinting>
}

function Sheet({ desk, date, rows, groups, filter }: Props) {
  const { session, chart, ports } = desk
  const now = ports.clock.now()
  const made = formatMadeAt(instantAt(now, -new Date(now).getTimezoneOffset()))
  const facts = [
    ['Made', made],
    ['By', (chart.user && readPerson(chart.user).name) ?? 'Not known'],
    ['From', session.ehrName],
    ['Shown', filterWords(filter) ?? 'All places, everybody'],
    ['Counts', groupCounts(rows.filter(({ row }) => row.question !== undefined)) || 'None to ask about'],
  ] as const
  const apart = rows.filter(({ row }) => row.notAsked !== undefined)
  return (
    <article className="paper fd-day-paper" aria-hidden="true">
      <h1>Appointments on {longDay(date)}</h1>
      <p>
        <strong>
          What payers said. Not an order, not a guarantee of payment. Nothing was booked or written.
        </strong>
      </p>
      <dl>
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}: </dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {groups.map(({ group, rows: own }) => (
        <PaperRows key={group} title={group === 'all' ? 'By time' : groupWords[group]} rows={own} />
      ))}
      {apart.length > 0 && <PaperRows title="Not asked about" rows={apart} />}
    </article>
  )
}

const PaperRows = ({ title, rows }: { readonly title: string; readonly rows: readonly StandingRow[] }) => (
  <section>
    <h2>
      {title} ({rows.length})
    </h2>
    <table data-pairs="false">
      <thead>
        <tr>
          {['Time', 'Patient', 'Service, with, place', 'Payer', 'Answer'].map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ row, standing }) => (
          <tr key={row.key}>
            <th scope="row">{row.time ?? '–'}</th>
            <td>
              {row.patient ?? 'Name not known'}
              <br />
              Born {formatDate(row.born)}
            </td>
            <td>{[row.service ?? 'Service not known', ...row.who, ...row.where].join(', ')}</td>
            <td>{row.payer?.name}</td>
            <td>
              {answerLines({ row, standing }).map((line) => (
                <div key={line}>{line}</div>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)

function answerLines({ row, standing }: StandingRow): readonly string[] {
  if (row.notAsked !== undefined) return [notAskedWords(row.notAsked)]
  const answer = standing.kind === 'answered' ? standing.answer : undefined
  return [
    standingWords(standing),
    detailWords(standing) ?? '',
    ...(answer && answer.references.length > 0 ? [`Reference ${answer.references.join(', ')}`] : []),
    ...(answer
      ? [`${answer.state === 'could-not-ask' ? 'Asked' : 'Answered'} ${timeOf(answer.endedAt)}`]
      : []),
  ].filter((line) => line !== '')
}
