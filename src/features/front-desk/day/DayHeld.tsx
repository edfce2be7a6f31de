import type { Held } from '../../../domain/front-desk/day-queue'
import type { StandingRow } from '../../../domain/front-desk/day-rows'
import { timeOf } from './words'

interface Props {
  readonly held: readonly Held[]
  readonly rows: readonly StandingRow[]
}

/** Payers that are asked more slowly, and why: the others go on. */
export function DayHeld({ held, rows }: Props) {
  if (held.length === 0) return null
  const nameOf = (id: string): string =>
    rows.find(({ row }) => row.payer?.id === id)?.row.payer?.name ?? 'A payer'
  const others = rows.some(
    ({ row, standing }) =>
      standing.kind === 'waiting' &&
      !held.some(({ payerId, until }) => until !== undefined && payerId === row.payer?.id),
  )
  return (
    <ul className="plain small fd-day-held">
      {held.map(({ payerId, until, atOnce }) => (
        <li key={payerId}>
          {until === undefined
            ? `${nameOf(payerId)} is slow or was asked too fast: it gets ${atOnce === 1 ? 'one question' : `${atOnce} questions`} at a time.`
            : `${nameOf(payerId)} asks to wait: nothing goes to it until ${timeOf(until, true)}.${others ? ' Others go on.' : ''}`}
        </li>
      ))}
    </ul>
  )
}
