import { isJson } from './elements'

/** Lower case, without accents: what FHIR string search compares. */
export const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    // letters that NFD does not take apart
    .replace(/ł/g, 'l')
    .replace(/ø/g, 'o')
    .replace(/đ/g, 'd')
    .replace(/ß/g, 'ss')
    .replace(/æ/g, 'ae')

/** The strings of an element: itself, or the parts of a HumanName or an Address. */
export const stringsOf = (element: unknown): readonly string[] => {
  if (typeof element === 'string') return [element]
  if (!isJson(element)) return []
  const { text, family, given, prefix, suffix, line, city, district, state, postalCode, country } = element
  return [text, family, given, prefix, suffix, line, city, district, state, postalCode, country].flatMap(
    (part) =>
      Array.isArray(part)
        ? part.filter((p) => typeof p === 'string')
        : typeof part === 'string'
          ? [part]
          : [],
  )
}

/** Whether an element matches: by default from its start, case and accents ignored; `exact` literally; `contains` anywhere. */
export const stringMatches = (
  element: unknown,
  wanted: string,
  mode: 'start' | 'exact' | 'contains' = 'start',
): boolean =>
  stringsOf(element).some((text) => {
    if (mode === 'exact') return text === wanted
    return mode === 'contains' ? fold(text).includes(fold(wanted)) : fold(text).startsWith(fold(wanted))
  })
