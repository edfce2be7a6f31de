import { type FhirJson, type JsonObject, list, objects, text } from '../json'
import { hasCode } from './coding'
import { formatDate } from './format-date'

/** "Jane Roe"; "Not known" where there is no name. */
export const personName = (person: FhirJson): string => nameText(bestName(person)) ?? 'Not known'

/** FHIR date, as written. */
export const birthDate = (person: FhirJson): string | undefined => text(person, 'birthDate')

/** administrative-gender code. */
const gender = (person: FhirJson): string | undefined => text(person, 'gender')

/** "Roe, Jane": for banners and lists; as it is said where it is not in Latin letters; "Not known" where there is no name. */
export function bannerName(person: FhirJson): string {
  const name = bestName(person)
  const said = nameText(name)
  if (said !== undefined && !isLatin(said)) return said
  const parts = [familyName(name), words(name, 'given').join(' ')].filter((p) => p !== undefined && p !== '')
  return parts.length === 0 ? (text(name, 'text') ?? 'Not known') : parts.join(', ')
}

/** A person in words, element by element. What is absent here reads "Not known" on screen. */
export interface Person {
  /** "Jane Roe". */
  readonly name?: string
  /** "Roe, Jane". */
  readonly listName?: string
  /** Where the name is in another script, the chart's name in Latin letters: "Wei Zhang". */
  readonly latinName?: string
  /** FHIR date, as written. */
  readonly birthDate?: string
  /** administrative-gender code. */
  readonly gender?: string
  /** `label`: "MRN" where it is one, else what the identifier calls itself. */
  readonly identifier?: { readonly label: string; readonly value: string }
}

/** A name with its form in Latin letters beside it: "王伟 (Wei Zhang)". `name`: the one of the two forms to begin with. */
export const withLatinName = (name: string | undefined, { latinName }: Person): string | undefined =>
  name === undefined || latinName === undefined ? name : `${name} (${latinName})`

/** "Jane Roe"; "王伟 (Wei Zhang)"; "Not known" where there is no name. */
export const fullName = (person: FhirJson): string =>
  withLatinName(personName(person), readPerson(person)) ?? 'Not known'

/** Reads a Patient or Practitioner. Never fails. */
export function readPerson(person: FhirJson): Person {
  const chosen = bestName(person)
  const name = nameText(chosen)
  const born = birthDate(person)
  const stated = gender(person)
  const number = numberIdentifier(person)
  const latin = name === undefined ? undefined : latinAlias(person, name)
  return {
    ...(name !== undefined && { name }),
    ...(latin !== undefined && { latinName: latin }),
    ...(chosen !== undefined && name !== undefined && { listName: bannerName(person) }),
    ...(born !== undefined && { birthDate: born }),
    ...(stated !== undefined && { gender: stated }),
    ...(number !== undefined && { identifier: number }),
  }
}

/** The medical record number (identifier of type MR), else the first identifier with a value. */
function numberIdentifier(person: FhirJson): Person['identifier'] {
  const withValue = objects(person, 'identifier').filter((i) => text(i, 'value') !== undefined)
  const medical = withValue.find((i) => hasCode(i.type, 'MR'))
  const chosen = medical ?? withValue[0]
  const value = text(chosen, 'value')
  if (value === undefined) return undefined
  return { label: medical ? 'MRN' : (text(chosen, 'type', 'text') ?? 'Identifier'), value }
}

/** The HumanName to call a person by: the official one, else the usual one, else one that is not a former one. */
export function bestName(person: FhirJson): JsonObject | undefined {
  const names = objects(person, 'name')
  return (
    names.find((n) => n.use === 'official') ??
    names.find((n) => n.use === 'usual') ??
    names.find((n) => n.use !== 'old') ??
    names[0]
  )
}

/** In Latin letters only, accents included: what most people at a front desk and every font can read. */
const isLatin = (name: string): boolean =>
  /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]*$/u.test(name)

/** A present name of the same person that can be read where `name` cannot. */
const latinAlias = (person: FhirJson, name: string): string | undefined =>
  isLatin(name)
    ? undefined
    : objects(person, 'name')
        .filter((other) => other.use !== 'old')
        .map(nameText)
        .find((other) => other !== undefined && /\p{Script=Latin}/u.test(other) && isLatin(other))

const words = (value: unknown, element: string): readonly string[] =>
  list(value, element).filter((part): part is string => typeof part === 'string' && part.trim() !== '')

/** FHIR DSTU2 has a list of family names, later versions one. */
export const familyName = (name: unknown): string | undefined =>
  text(name, 'family') ?? (words(name, 'family').join(' ') || undefined)

/** A HumanName as it is said: its own text, else given and family names. */
export function nameText(name: JsonObject | undefined): string | undefined {
  const parts = [...words(name, 'given'), familyName(name)].filter((p) => p !== undefined)
  return text(name, 'text') ?? (parts.length === 0 ? undefined : parts.join(' '))
}

/** One field in which two Patients differ; "Not stated" where one says nothing. */
export interface PersonDifference {
  readonly field: 'family name' | 'birth date' | 'gender'
  readonly chart: string
  readonly payer: string
}

/**
 * What speaks against two Patients being one person. Birth date and one family name have to agree and be stated on both sides;
 * genders have to agree where both state one (`unknown` and `other` state none to compare).
 */
export function comparePersons(chart: FhirJson, payer: FhirJson): readonly PersonDifference[] {
  const differences: PersonDifference[] = []
  const differ = (field: PersonDifference['field'], a: string | undefined, b: string | undefined): void => {
    differences.push({ field, chart: a ?? 'Not stated', payer: b ?? 'Not stated' })
  }
  const [ours, theirs] = [familyNames(chart), familyNames(payer)]
  if (!ours.some((a) => theirs.some((b) => sameName(a, b)))) differ('family name', ours[0], theirs[0])
  const [bornHere, bornThere] = [birthDate(chart), birthDate(payer)]
  if (bornHere === undefined || bornHere !== bornThere)
    differ('birth date', bornHere && formatDate(bornHere), bornThere && formatDate(bornThere))
  const [genderHere, genderThere] = [statedGender(chart), statedGender(payer)]
  if (genderHere !== undefined && genderThere !== undefined && genderHere !== genderThere)
    differ('gender', genderHere, genderThere)
  return differences
}

/** In every use, present and former: a payer may know a maiden name. */
const familyNames = (person: FhirJson): readonly string[] =>
  objects(person, 'name').flatMap((name) => familyName(name) ?? [])

function statedGender(person: FhirJson): string | undefined {
  const stated = gender(person)
  return stated === 'male' || stated === 'female' ? stated : undefined
}

/** Case, accents, hyphens and spaces do not tell people apart: payers often keep names in capitals without accents. */
const sameName = (a: string, b: string): boolean => {
  const plain = (name: string): string =>
    name
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .replace(/[^\p{L}\p{N}]/gu, '')
      .toLowerCase()
  return plain(a) !== '' && plain(a) === plain(b)
}
