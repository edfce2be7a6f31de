import { ageInYears, formatDate } from '../domain/fhir/format-date'
import { readPerson, withLatinName } from '../domain/fhir/person'
import type { FhirJson } from '../domain/json'

interface Props {
  readonly patient: FhirJson
  /** Epoch milliseconds. */
  readonly now: number
}

const GENDER: Readonly<Record<string, string>> = { female: 'Female', male: 'Male', other: 'Other' }

/** Who this is about (U1): name, born (age), gender, identifier; what is unknown reads "Not known". */
export function PatientBanner({ patient, now }: Props) {
  const person = readPerson(patient)
  const born = person.birthDate
  const age = ageInYears(born, now)
  const items = [
    ['Born', age === undefined ? formatDate(born) : `${formatDate(born)} (${age} y)`],
    ['Gender', GENDER[person.gender ?? ''] ?? 'Not known'],
    [person.identifier?.label ?? 'Identifier', person.identifier?.value ?? 'Not known'],
  ] as const
  return (
    <section className="banner" aria-label="Patient">
      <span className="banner-name">{withLatinName(person.listName, person) ?? 'Name not known'}</span>
      <dl>
        {items.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
