import { type Fault, parseFault } from './fault'

/** Ways to fail that a third of the patients meet, in turn: fails, unreadable, no answer for a minute, refuses for now, line cut. */
const WAYS = ['http-500', 'malformed', 'slow:60000', 'http-429', 'drop'] as const

/** The number in an id such as `crowd-007`; of other ids the sum of their characters. */
const numberOf = (id: string): number =>
  Number(/\d+$/.exec(id)?.[0] ?? [...id].reduce((sum, character) => sum + character.charCodeAt(0), 0))

/** What the fault `third` does to a patient: nothing to two thirds, to the others one of five things, always the same. */
export function faultOfThird(patient: string | undefined): readonly Fault[] {
  if (patient === undefined) return []
  const number = numberOf(patient)
  const way = number % 3 === 0 ? WAYS[(number / 3) % WAYS.length] : undefined
  const fault = way && parseFault(way, patient, undefined)
  return fault ? [fault] : []
}

/** Counts calls, and says when there were too many within a second. */
export class CallLimit {
  private taken: readonly number[] = []

  /** Whether one more call may pass at `now` (milliseconds) when so many may in a second; what is refused does not count. */
  passes(most: number, now: number): boolean {
    this.taken = this.taken.filter((time) => now - time < 1000)
    if (this.taken.length >= most) return false
    this.taken = [...this.taken, now]
    return true
  }
}
