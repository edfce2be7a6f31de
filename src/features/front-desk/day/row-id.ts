import type { DayRow } from '../../../domain/front-desk/day-rows'

/** The id of the button that opens a row. */
export const rowId = ({ key }: DayRow): string => `fd-day-row-${key}`
