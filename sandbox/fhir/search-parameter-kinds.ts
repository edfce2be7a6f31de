import type { SearchParameter } from './search-parameters'

/** A token parameter: Coding, CodeableConcept, Identifier, ContactPoint, code or boolean at the paths. */
export const token = (...paths: string[]): SearchParameter => ({ kind: 'token', paths })

/** A date parameter: date, dateTime, instant, Period or Timing at the paths. */
export const date = (...paths: string[]): SearchParameter => ({ kind: 'date', paths })

/** A string parameter: string, HumanName or Address at the paths. */
export const string = (...paths: string[]): SearchParameter => ({ kind: 'string', paths })

/** A uri parameter. */
export const uri = (...paths: string[]): SearchParameter => ({ kind: 'uri', paths })

/** A reference parameter; `targets` separated by `|`, empty = any type. */
export const reference = (targets: string, ...paths: string[]): SearchParameter => ({
  kind: 'reference',
  paths,
  ...(targets ? { targets: targets.split('|') } : {}),
})

/** The pair most types have: `subject` of any type, and `patient` for Patients only. */
export const subjectAt = (path: string) => ({
  subject: reference('', path),
  patient: reference('Patient', path),
})

/** The `patient` parameter of types that call the element so. */
export const patientAt = (path: string) => ({ patient: reference('Patient', path) })
