import { readPerson, withLatinName } from '../fhir/person'
import { byUrgency, type FrontDeskAnswer } from './answer'
import type { Askable, NotAsked, PlannedVisit } from './day-plan'
import type { Day } from './day-read'
import { type VisitParty, wallTime } from './day-visit'
import { STATES } from './verdict'

/** An appointment in words. What is not known is absent. */
export interface DayRow {
  /** The appointment's id. */
  readonly key: string
  /** `YYYY-MM-DD` and `HH:MM`, by the clinic's clock. */
  readonly date: string
  readonly time?: string
  /** "Roe, Jane". */
  readonly patient?: string
  readonly born?: string
  readonly service?: string
  readonly who: readonly string[]
  readonly where: readonly string[]
  /** Absent: nobody is asked, for this reason. */
  readonly payer?: { readonly id: string; readonly name: string }
  /** "Acme Health, Gold PPO". */
  readonly coverage?: string
  /** Further insurances, which are not asked from here. */
  readonly others: readonly string[]
  readonly notAsked?: NotAsked
  /** Equal for equal questions: an answer to an appointment that was changed since is not this row's. Absent: nobody is asked. */
  readonly question?: string
}

/** The appointments of a day in words, in its order. */
export const rowsOf = (day: Day, planned: readonly PlannedVisit[]): readonly DayRow[] =>
  planned.map((each): DayRow => {
    const { visit } = each
    const at = wallTime(visit.start)
    const chart = visit.patientId === undefined ? undefined : day.patients.get(visit.patientId)
    const person = chart && readPerson(chart)
    const patient = (person && withLatinName(person.listName ?? person.name, person)) ?? visit.patientName
    const named = (parties: readonly VisitParty[]): readonly string[] =>
      parties.flatMap(({ reference, name }) => name ?? day.names.get(reference) ?? [])
    return {
      key: visit.id,
      date: at?.day ?? day.date,
      who: named(visit.practitioners),
      where: named(visit.places),
      others: each.kind === 'askable' ? each.others : [],
      ...(at && { time: at.time }),
      ...(patient !== undefined && { patient }),
      ...(person?.birthDate !== undefined && { born: person.birthDate }),
      ...(visit.service !== undefined && { service: visit.service }),
      ...(each.kind === 'askable'
        ? {
            payer: { id: each.payer.id, name: each.payer.name },
            coverage: each.coverage.name,
            question: questionOf(each),
          }
        : { notAsked: each.reason }),
    }
  })

/** What is asked about an appointment, told from another question about it. */
export const questionOf = ({ visit, scenario }: Askable): string =>
  JSON.stringify([visit.id, scenario(() => visit.id)])

/** Where asking about a row stands. */
export type RowStanding =
  | { readonly kind: 'unasked' | 'waiting' | 'asking' }
  | { readonly kind: 'answered'; readonly answer: FrontDeskAnswer }

export interface StandingRow {
  readonly row: DayRow
  readonly standing: RowStanding
}

/** What needs doing comes first; what is not known yet, last. */
export const GROUPS = [...STATES, 'asking', 'unasked'] as const
export type RowGroup = (typeof GROUPS)[number]

export function groupOf(standing: RowStanding): RowGroup {
  if (standing.kind === 'answered') return standing.answer.state
  return standing.kind === 'unasked' ? 'unasked' : 'asking'
}

/** Rows under what they ask of the desk; within it those that have to be done soonest first, then by the clock. */
export const grouped = (
  rows: readonly StandingRow[],
): readonly { readonly group: RowGroup; readonly rows: readonly StandingRow[] }[] =>
  GROUPS.flatMap((group) => {
    const own = rows.filter(({ standing }) => groupOf(standing) === group).toSorted(bySoonest)
    return own.length === 0 ? [] : [{ group, rows: own }]
  })

function bySoonest(a: StandingRow, b: StandingRow): number {
  const urgency =
    a.standing.kind === 'answered' && b.standing.kind === 'answered'
      ? byUrgency(
          { answer: a.standing.answer, date: a.row.date },
          { answer: b.standing.answer, date: b.row.date },
        )
      : 0
  return urgency || byClock(a, b)
}

/** By the day's own clock; what has no time comes last. */
export const byClock = (a: StandingRow, b: StandingRow): number =>
  (a.row.time ?? '99').localeCompare(b.row.time ?? '99') || a.row.key.localeCompare(b.row.key)

/** Rows whose question has no answer of the payer: worth asking again. */
export const isUnanswered = ({ standing }: StandingRow): boolean =>
  standing.kind === 'answered' && groupOf(standing) === 'could-not-ask'
