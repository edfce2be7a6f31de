import type { StandingRow } from '../../../domain/front-desk/day-rows'
import { notAskedWords } from '../../../domain/front-desk/day-words'
import { formatDate, Panel } from '../../../ui'

/** Appointments of which no payer is ever told, and why. */
export function NotAskedList({ rows }: { readonly rows: readonly StandingRow[] }) {
  const apart = rows.flatMap(({ row }) => (row.notAsked === undefined ? [] : [{ row, reason: row.notAsked }]))
  if (apart.length === 0) return null
  return (
    <Panel title="Not asked about" aside={<span className="soft small num">{apart.length}</span>}>
      <ul className="plain fd-day-apart">
        {apart.map(({ row, reason }) => (
          <li key={row.key}>
            <span className="num">{row.time ?? '–'}</span>
            <span>
              <strong>{row.patient ?? 'Name not known'}</strong>{' '}
              <span className="small soft">Born {formatDate(row.born)}</span>
              <br />
              {row.service ?? 'Service not known'}
            </span>
            <span>{notAskedWords(reason)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
