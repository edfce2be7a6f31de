import type { DayRow } from '../../../domain/front-desk/day-rows'

/** Which rows are shown, and in which order. Empty: all. */
export interface DayFilter {
  readonly where: string
  readonly who: string
  readonly order: 'need' | 'time'
}

export const ALL: DayFilter = { where: '', who: '', order: 'need' }

/** What there is to choose from. */
export const namesIn = (rows: readonly DayRow[]): Readonly<Record<'where' | 'who', readonly string[]>> => ({
  where: distinct(rows.flatMap(({ where }) => where)),
  who: distinct(rows.flatMap(({ who }) => who)),
})

const distinct = (names: readonly string[]): readonly string[] =>
  [...new Set(names)].toSorted((a, b) => a.localeCompare(b))

export const fits = (row: DayRow, { where, who }: DayFilter): boolean =>
  (where === '' || row.where.includes(where)) && (who === '' || row.who.includes(who))

/** "Lakeside Clinic, Suite 4; Dr. Moreno"; undefined where all are shown. */
export const filterWords = ({ where, who }: DayFilter): string | undefined =>
  [where, who].filter((part) => part !== '').join('; ') || undefined
