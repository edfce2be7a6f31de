/** Spaces that a font may lack, and that a search does not find. */
const plainSpaces = (text: string): string => text.replace(/[\u00a0\u202f\u2009]/g, ' ')

/** A FHIR date as a language writes it: "November 27, 2026", "julio de 1965", "1965"; undefined where it is none. */
export function dayIn(locale: string, date: string | undefined): string | undefined {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(date ?? '') ?? []
  if (year === undefined) return undefined
  const at = Date.parse(`${year}-${month ?? '01'}-${day ?? '01'}T00:00:00Z`)
  if (Number.isNaN(at)) return undefined
  const format = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    year: 'numeric',
    ...(month !== undefined && { month: 'long' }),
    ...(day !== undefined && { day: 'numeric' }),
  })
  return plainSpaces(format.format(at))
}

/** A moment with its zone: "November 21, 2026 at 10:32 AM CST". `zone`: an IANA name. */
export const momentIn = (locale: string, epochMs: number, zone: string): string =>
  plainSpaces(
    new Intl.DateTimeFormat(locale, {
      timeZone: zone,
      year: 'numeric',
      month: 'long',
      day: 'numeric',
      hour: 'numeric',
      minute: '2-digit',
      timeZoneName: 'short',
    }).format(epochMs),
  )

/** A number with the form of the noun that goes with it. */
export function counted(
  locale: string,
  count: number,
  forms: { readonly one: string; readonly other: string },
): string {
  const form = new Intl.PluralRules(locale).select(count) === 'one' ? forms.one : forms.other
  return `${new Intl.NumberFormat(locale).format(count)} ${form}`
}
