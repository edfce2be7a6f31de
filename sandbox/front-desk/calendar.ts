const DAY_MS = 86_400_000

/** The zone of the clinic (Madison, Wisconsin). */
const ZONE = 'America/Chicago'

/** A day so many days after another, both `YYYY-MM-DD`. */
export const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

/** 1 = Monday … 7 = Sunday. */
const weekday = (day: string): number => new Date(`${day}T12:00:00Z`).getUTCDay() || 7

const isWorkday = (day: string): boolean => weekday(day) <= 5

/** The day so many working days (Monday to Friday) after another; 0 from a weekend is the Monday after. */
export function workdaysAfter(day: string, count: number): string {
  let found = day
  while (!isWorkday(found)) found = daysAfter(found, 1)
  for (let left = count; left > 0; left -= 1) {
    found = daysAfter(found, 1)
    while (!isWorkday(found)) found = daysAfter(found, 1)
  }
  return found
}

/** How many working days lie after `from` up to and with `to`; 0 when `to` is not later. */
export function workdaysBetween(from: string, to: string): number {
  let count = 0
  for (let day = daysAfter(from, 1); day <= to; day = daysAfter(day, 1)) if (isWorkday(day)) count += 1
  return count
}

/** The day that the front desk works on: today, at a weekend the Monday after. */
export const deskDay = (now: Date): string => workdaysAfter(now.toISOString().slice(0, 10), 0)

/** The ten working days from the Monday of the desk day's week on. */
export function twoWeeks(desk: string): readonly string[] {
  const monday = daysAfter(desk, 1 - weekday(desk))
  return Array.from({ length: 10 }, (_, i) => workdaysAfter(monday, i))
}

/** The day that is free for a busy one: the Monday after the two weeks. */
export const freeDay = (desk: string): string => daysAfter(desk, 15 - weekday(desk))

/** A wall time at the clinic as a FHIR instant that still reads as that wall time, e.g. `2026-11-23T09:30:00-06:00`. */
export function clinicTime(day: string, minutes: number): string {
  const two = (n: number) => String(n).padStart(2, '0')
  const zone = new Intl.DateTimeFormat('en-US', { timeZone: ZONE, timeZoneName: 'longOffset' })
    .formatToParts(new Date(`${day}T18:00:00Z`))
    .find(({ type }) => type === 'timeZoneName')?.value
  return `${day}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:00${zone?.replace('GMT', '') || 'Z'}`
}

/** Minutes after midnight of `HH:MM`. */
export const minutesOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}
