import { at, type FhirJson, isObject, text } from '../json'
import { type Code, codes, conceptText } from './coding'
import { fieldsOf, type Path } from './display-fields'
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
  const what = firstOf(fields.what, (path) => concepts(resource, path, references).map(said))
  const listed = firstOf(fields.what, (path) =>
    concepts(resource, path, references)
      .map(codes)
      .filter((c) => c.length > 0),
  )
  const when = firstOf(fields.when, (path) => steps(resource, path).map(date))
  const who = firstOf(fields.who, (path) =>
    steps(resource, path).map((reference) => referenceName(reference, references, resource)),
  )
  const status = fields.status
    .flatMap((path) => steps(resource, path).flatMap((value) => text(value) ?? codes(value)[0]?.code ?? []))
    .join(', ')
  const detail = fields.detail?.(resource)
  return {
    what: what ?? fields.otherwise?.(resource) ?? `${words(resource.resourceType)}, not described`,
    codes: listed ?? [],
    section: fields.sectionOf?.(resource) ?? fields.section,
    ...(when !== undefined && { when }),
    ...(who !== undefined && { who }),
    ...(status !== '' && { status }),
    ...(detail !== undefined && { detail }),
  }
}

/** The codes that bills use alone, by the name that people know them by. */
const CODE_NAMES: Readonly<Record<string, string>> = {
  'http://hl7.org/fhir/sid/ndc': 'NDC',
  'http://www.ama-assn.org/go/cpt': 'CPT',
  'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets': 'HCPCS',
  'https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets': 'HCPCS',
  'http://hl7.org/fhir/sid/icd-10-cm': 'ICD-10',
  'http://hl7.org/fhir/sid/icd-10': 'ICD-10',
  'http://www.cms.gov/Medicare/Coding/ICD10': 'ICD-10-PCS',
  'http://hl7.org/fhir/sid/icd-9-cm': 'ICD-9',
  'http://hl7.org/fhir/sid/cvx': 'CVX',
  'http://loinc.org': 'LOINC',
  'http://snomed.info/sct': 'SNOMED CT',
  'http://www.nlm.nih.gov/research/umls/rxnorm': 'RxNorm',
  'https://www.nubc.org/CodeSystem/RevenueCodes': 'Revenue code',
}

/** A concept in words; a code without any words says what kind of code it is ("NDC 00093-0058-01"). */
function said(concept: unknown): string | undefined {
  const words = conceptText(concept)
  const bare = codes(concept).find((code) => code.code === words)
  if (words === undefined || bare?.system === undefined) return words
  const system = Object.hasOwn(CODE_NAMES, bare.system) ? CODE_NAMES[bare.system] : undefined
  return system === undefined ? words : `${system} ${words}`
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
