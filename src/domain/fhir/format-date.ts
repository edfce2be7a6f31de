const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/**
 * A FHIR date, dateTime or instant for people: `14-Jul-1965`, `Jul-1965`, `1965`; times of day are left out, the day is the
 * one that was written (no shift to another zone). What is absent or unreadable reads "Not known".
 */
export function formatDate(value: string | undefined): string {
  const found = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(value ?? '')
  if (!found) return 'Not known'
  const [, year, month, day] = found
  const name = month === undefined ? undefined : MONTHS[Number(month) - 1]
  return [day, name, year].filter((part) => part !== undefined).join('-')
}

/** Whole years at a moment (epoch milliseconds); undefined where the birth date is not a full date or lies in the future. */
export function ageInYears(birthDate: string | undefined, now: number): number | undefined {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(birthDate ?? '')
  if (!found) return undefined
  const today = new Date(now)
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])]
  const before = today.getMonth() + 1 < month || (today.getMonth() + 1 === month && today.getDate() < day)
  const years = today.getFullYear() - year - (before ? 1 : 0)
  return years < 0 ? undefined : years
}
