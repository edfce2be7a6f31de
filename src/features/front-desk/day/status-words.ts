import type { QueueState } from '../../../domain/front-desk/day-queue'
import {
  GROUPS,
  groupOf,
  isUnanswered,
  type RowGroup,
  type StandingRow,
} from '../../../domain/front-desk/day-rows'
import { groupWords } from '../../../domain/front-desk/day-words'
import { appointments } from './words'

/** The id of a group's heading. */
export const groupId = (group: RowGroup | 'all'): string => `fd-day-${group}`

/** How far asking is, in a line. */
export function statusWords(rows: readonly StandingRow[], queue: QueueState): string {
  const { phase, done, total, asking } = queue
  switch (phase) {
    case 'running':
      return `Asking: ${done} of ${total} done`
    case 'stopping':
      return `Stopping: ${asking.size === 1 ? 'one answer' : `${asking.size} answers`} still to come`
    case 'stopped':
      return `Stopped: ${done} of ${total} done`
    case 'idle':
      return idleWords(rows)
  }
}

/** Those without an answer are named: part of it is never called all of it (U14). */
function idleWords(rows: readonly StandingRow[]): string {
  if (rows.length === 0) return 'Nobody can be asked about these appointments'
  const asked = rows.filter(({ standing }) => standing.kind === 'answered').length
  const failed = rows.filter(isUnanswered).length
  if (asked === 0) return `${appointments(rows.length)} to ask about`
  const of = asked < rows.length ? `${asked} of ${appointments(rows.length)}` : allOf(rows.length)
  return `${of} asked about${failed === 0 ? '' : `: ${failed} without an answer`}`
}

const allOf = (count: number): string => (count === 1 ? '1 appointment' : `All ${appointments(count)}`)

/** "Acme Health 12, Borealis Mutual 8". */
export function payerCounts(rows: readonly StandingRow[]): string {
  const counts = new Map<string, number>()
  for (const { row } of rows) {
    const name = row.payer?.name ?? ''
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')
}

/** "Authorization needed 3, Not covered 2": what is on paper above the rows. */
export const groupCounts = (rows: readonly StandingRow[]): string =>
  GROUPS.flatMap((group) => {
    const count = rows.filter(({ standing }) => groupOf(standing) === group).length
    return count === 0 ? [] : [`${groupWords[group]} ${count}`]
  }).join(', ')
