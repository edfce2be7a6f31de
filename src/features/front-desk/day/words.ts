import { formatDate } from '../../../ui'

const DAY_MS = 86_400_000
const WEEKDAY = new Intl.DateTimeFormat('en-US', { weekday: 'long', timeZone: 'UTC' })

/** "Monday, 23-Nov-2026". */
export const longDay = (date: string): string =>
  `${WEEKDAY.format(Date.parse(`${date}T00:00:00Z`))}, ${formatDate(date)}`

/** So many days later. `YYYY-MM-DD` */
export const dayAfter = (date: string, days = 1): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

/** The next day that is no Saturday or Sunday. */
export function nextWorkday(date: string): string {
  const next = dayAfter(date)
  return [0, 6].includes(new Date(`${next}T00:00:00Z`).getUTCDay()) ? nextWorkday(next) : next
}

/** "1 appointment", "24 appointments". */
export const appointments = (count: number): string =>
  `${count} ${count === 1 ? 'appointment' : 'appointments'}`

/** "10:44", by the user's clock. */
export function timeOf(epochMs: number, withSeconds = false): string {
  const at = new Date(epochMs)
  const two = (part: number): string => String(part).padStart(2, '0')
  const seconds = withSeconds ? `:${two(at.getSeconds())}` : ''
  return `${two(at.getHours())}:${two(at.getMinutes())}${seconds}`
}
