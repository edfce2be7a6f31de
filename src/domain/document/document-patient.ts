import { ageInYears, formatDate } from '../fhir/format-date'
import { readPerson, withLatinName } from '../fhir/person'
import type { FhirJson } from '../json'
import type { DocumentPatient } from './document'

/** A Patient as every paper names them. `at`: epoch milliseconds of the making, for the age; absent: no age. */
export function documentPatient(patient: FhirJson, at?: number): DocumentPatient {
  const person = readPerson(patient)
  const born = formatDate(person.birthDate)
  const age = at === undefined ? undefined : ageInYears(person.birthDate, at)
  const { identifier } = person
  return {
    name: withLatinName(person.listName, person) ?? 'Not known',
    born: age === undefined ? born : `${born} (${age} y)`,
    gender: capital(person.gender ?? 'Not known'),
    identifier: identifier ? `${identifier.label} ${identifier.value}` : 'Not known',
  }
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
