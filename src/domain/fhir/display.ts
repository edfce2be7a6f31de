import { at, type FhirJson, isObject, text } from '../json'
import { hasWords, isStated, isWord, said } from './code-words'
import { type Code, codes, conceptText } from './coding'
import { type DisplayFields, fieldsOf, type Path } from './display-fields'
import { shortened } from './phrase'
import { type References, referenceName } from './references'
import type { Section } from './section'
import { words } from './type-words'

export { words } from './type-words'

/** A resource in words: one row of a list. */
export interface RecordDisplay {
  /** Never empty: a resource that says nothing reads e.g. "Procedure, not described". */
  readonly what: string
  readonly codes: readonly Code[]
  /** FHIR date, dateTime or instant, as written; may be partial. */
  readonly when?: string
  /** Person, organization or place, by name. */
  readonly who?: string
  /** Status in the resource's own codes, e.g. "active, confirmed". */
  readonly status?: string
  readonly section: Section
  /** A word or two that a reader needs beside it, e.g. "30 days' supply". */
  readonly detail?: string
}

/** Any resource as one row. Never fails: an element that cannot be read is left out. */
export function display(resource: FhirJson, references: References): RecordDisplay {
  const fields = fieldsOf(resource.resourceType)
  const named = (isNamed: (concept: unknown) => boolean): unknown =>
    firstOf(fields.what, (path) =>
      concepts(resource, path, references).filter((each) => isStated(each) && isNamed(each)),
    )
  // What is said in words goes before what is only a code, wherever they stand.
  const title = named(hasWords) ?? named((concept) => said(concept) !== undefined)
  const own = codes(title)
  const coded = own.length > 0 ? own : codes(named((concept) => codes(concept).length > 0))
  const when = firstOf(fields.when, (path) => steps(resource, path).map(date))
  const who = whoOf(resource, fields, references) ?? visited(resource, references)
  const status = fields.status
    .flatMap((path) => steps(resource, path).flatMap((value) => statusWord(value) ?? []))
    .join(', ')
  const detail = fields.detail?.(resource, references)
  return {
    what:
      titled(resource, title) ??
      fields.otherwise?.(resource) ??
      `${words(resource.resourceType)}, not described`,
    codes: coded,
    section: fields.sectionOf?.(resource) ?? fields.section,
    ...(when !== undefined && { when }),
    ...(who !== undefined && { who }),
    ...(status !== '' && { status }),
    ...(detail !== undefined && { detail }),
  }
}

/** A code that nobody can read says at least what it is a code of: "Procedure (code 7)". */
function titled(resource: FhirJson, concept: unknown): string | undefined {
  const found = said(concept)
  const isCode =
    found !== undefined && !hasWords(concept) && codes(concept).some((code) => code.code === found)
  return isCode && !isWord(found)
    ? `${words(resource.resourceType)} (code ${found})`
    : found && shortened(found)
}

/** FHIR's status codes are words, with hyphens in between. */
const statusWord = (value: unknown): string | undefined =>
  (text(value) ?? codes(value)[0]?.code)?.replaceAll('-', ' ') ?? conceptText(value)

const whoOf = (resource: FhirJson, fields: DisplayFields, references: References): string | undefined =>
  firstOf(fields.who, (path) =>
    steps(resource, path).map((reference) => referenceName(reference, references, resource)),
  )

/** Where the record itself names nobody: the place or the people of the visit that it belongs to. */
function visited(resource: FhirJson, references: References): string | undefined {
  const visit = references.find(at(resource, 'encounter') ?? at(resource, 'context'), resource)
  return visit?.resourceType === 'Encounter' ? whoOf(visit, fieldsOf('Encounter'), references) : undefined
}

/** The first value that any of the paths yields. */
function firstOf<T>(paths: readonly Path[], read: (path: Path) => readonly (T | undefined)[]): T | undefined {
  for (const path of paths) {
    const found = read(path).find((value) => value !== undefined)
    if (found !== undefined) return found
  }
  return undefined
}

/** All values at a path; lists on the way are walked through. */
function steps(value: unknown, path: Path): readonly unknown[] {
  let here: readonly unknown[] = [value]
  for (const step of path.split('.')) {
    here = here.flatMap((v) => {
      const next = at(v, step)
      return next === undefined ? [] : Array.isArray(next) ? next : [next]
    })
  }
  return here
}

/** CodeableConcepts and plain texts at a path. A Reference stands for the `code` of what it points to (Medication). */
function concepts(resource: FhirJson, path: Path, references: References): readonly unknown[] {
  return steps(resource, path).flatMap((value) => {
    if (typeof value === 'string') return [{ text: value }]
    if (!isObject(value)) return []
    const isReference =
      value.reference !== undefined || (value.coding === undefined && value.code === undefined)
    const target = isReference ? references.find(value, resource) : undefined
    if (target !== undefined && isObject(target.code)) return [target.code]
    if (typeof value.display === 'string' && value.coding === undefined) return [{ text: value.display }]
    // A lone Coding, as Encounter.class has it, is read as a concept with one.
    return [typeof value.code === 'string' ? { coding: [value] } : value]
  })
}

/** A date out of a dateTime, a Period (its start, else its end) or a Timing (its first event). */
function date(value: unknown): string | undefined {
  const written = text(value) ?? text(value, 'start') ?? text(value, 'end') ?? text(value, 'event', 0)
  return written !== undefined && /^\d{4}(-\d{2}){0,2}(T.+)?$/.test(written) ? written : undefined
}
