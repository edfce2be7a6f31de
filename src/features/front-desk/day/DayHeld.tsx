import type { Held } from '../../../domain/front-desk/day-queue'
import type { StandingRow } from '../../../domain/front-desk/day-rows'
import { timeOf } from './words'

interface Props {
  readonly held: readonly Held[]
  readonly rows: readonly StandingRow[]
}

/** Payers that are asked more slowly, and why: the others go on. */
export function DayHeld({ held, rows }: Props) {
  const waiting = rows.filter(({ standing }) => standing.kind === 'waiting')
  const isHeld = ({ row }: StandingRow): boolean =>
    held.some(({ payerId, until }) => until !== undefined && payerId === row.payer?.id)
  // A payer that nothing waits for holds nobody up.
  const shown = held.flatMap((each) => {
    const name = waiting.find(({ row }) => row.payer?.id === each.payerId)?.row.payer?.name
    return name === undefined ? [] : [{ ...each, name }]
  })
  if (shown.length === 0) return null
  const others = waiting.some((each) => !isHeld(each)) ? ' Others go on.' : ''
  return (
    <ul className="plain small fd-day-held">
      {shown.map(({ payerId, name, until, atOnce }) => (
        <li key={payerId}>
          {until === undefined
            ? `${name} is slow or was asked too fast: it gets ${atOnce === 1 ? 'one question' : `${atOnce} questions`} at a time.`
            : `${name} asks to wait: nothing goes to it until ${timeOf(until, true)}.${others}`}
        </li>
      ))}
    </ul>
  )
}
