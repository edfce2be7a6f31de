import type {
  Address,
  CodeableConcept,
  FhirResource,
  HumanName,
  Patient,
  Practitioner,
  Reference,
} from 'fhir/r4'

/** A CodeableConcept in words: its text, else the first display, else the code. */
export function conceptText(concept: CodeableConcept | undefined): string | undefined {
  const coding = concept?.coding?.find((c) => c.display) ?? concept?.coding?.[0]
  return concept?.text ?? coding?.display ?? coding?.code
}

function nameText(names: readonly HumanName[] | undefined): string | undefined {
  const name = names?.find((n) => n.use === 'official') ?? names?.[0]
  if (name === undefined) return undefined
  return name.text ?? [...(name.prefix ?? []), ...(name.given ?? []), name.family].filter(Boolean).join(' ')
}

/** The name of a person, organization or place; `Not known` where there is none. */
export function displayName(resource: FhirResource | undefined): string {
  switch (resource?.resourceType) {
    case 'Patient':
    case 'Practitioner':
    case 'RelatedPerson':
      return nameText(resource.name) || 'Not known'
    case 'Organization':
    case 'Location':
      return resource.name ?? 'Not known'
    default:
      return 'Not known'
  }
}

export function familyFirst(patient: Patient | Practitioner): string {
  const name = patient.name?.find((n) => n.use === 'official') ?? patient.name?.[0]
  return name?.family
    ? [name.family, (name.given ?? []).join(' ')].filter(Boolean).join(', ')
    : displayName(patient)
}

/** What else a patient is called: names besides the one shown. */
export function otherNames(patient: Patient): readonly string[] {
  const shown = displayName(patient)
  return (patient.name ?? []).flatMap((name) => nameText([name]) ?? []).filter((text) => text !== shown)
}

/** The medical record number: the identifier typed MR, else the first one. */
export function medicalRecordNumber(patient: Patient): string {
  const typed = patient.identifier?.find((i) => i.type?.coding?.some((c) => c.code === 'MR'))
  return (typed ?? patient.identifier?.[0])?.value ?? 'Not known'
}

/** Whole years between two dates, `YYYY-MM-DD`; undefined where the birth date is not that exact. */
export function ageAt(birthDate: string | undefined, today: string): number | undefined {
  if (birthDate === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(birthDate)) return undefined
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A FHIR date or dateTime for people, as exact as it is: `2024`, `Mar 2024`, `5 Mar 2024`. Not shifted to another zone. */
export function dateText(value: string | undefined): string | undefined {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(value ?? '') ?? []
  if (year === undefined) return value
  const name = month === undefined ? undefined : MONTHS[Number(month) - 1]
  return [day === undefined ? undefined : String(Number(day)), name, year].filter(Boolean).join(' ')
}

/** Hours and minutes of a dateTime as written, `14:05`; undefined for a mere date. */
export function timeText(value: string | undefined): string | undefined {
  return /T(\d{2}:\d{2})/.exec(value ?? '')?.[1]
}

export function addressText(address: Address | undefined): string | undefined {
  if (address === undefined) return undefined
  return (
    address.text ??
    [...(address.line ?? []), address.city, address.state, address.postalCode].filter(Boolean).join(', ')
  )
}

/** What a reference says of itself; the reference as such if nothing. */
export function referenceText(reference: Reference | undefined): string | undefined {
  return reference?.display ?? reference?.identifier?.value ?? reference?.reference
}
