import { type Code, codes, conceptText } from '../fhir/coding'
import { objects } from '../json'
import type { ComparedRecord } from './reconcile-record'

/** Code systems under the names that people know, by each of their addresses. */
const SYSTEMS: readonly (readonly [name: string, ...addresses: readonly string[]])[] = [
  ['SNOMED CT', 'http://snomed.info/sct', 'urn:oid:2.16.840.1.113883.6.96'],
  ['ICD-10', 'http://hl7.org/fhir/sid/icd-10-cm', 'urn:oid:2.16.840.1.113883.6.90'],
  ['ICD-9', 'http://hl7.org/fhir/sid/icd-9-cm', 'urn:oid:2.16.840.1.113883.6.103'],
  ['ICD-10-PCS', 'http://www.cms.gov/Medicare/Coding/ICD10', 'urn:oid:2.16.840.1.113883.6.4'],
  ['CPT', 'http://www.ama-assn.org/go/cpt', 'urn:oid:2.16.840.1.113883.6.12'],
  [
    'HCPCS',
    'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets',
    'https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets',
    'urn:oid:2.16.840.1.113883.6.285',
  ],
  ['LOINC', 'http://loinc.org', 'urn:oid:2.16.840.1.113883.6.1'],
  ['RxNorm', 'http://www.nlm.nih.gov/research/umls/rxnorm', 'urn:oid:2.16.840.1.113883.6.88'],
  ['NDC', 'http://hl7.org/fhir/sid/ndc', 'urn:oid:2.16.840.1.113883.6.69'],
  ['CVX', 'http://hl7.org/fhir/sid/cvx', 'urn:oid:2.16.840.1.113883.12.292'],
]

const BY_ADDRESS = new Map(
  SYSTEMS.flatMap(([name, ...addresses]) => addresses.map((a) => [a, name] as const)),
)

/** A system's name for people; its address where we know none. */
const systemName = (system: string): string => {
  const address = system.replace(/\/+$/, '')
  return BY_ADDRESS.get(address) ?? address
}

/** Spellings of one code made alike: ICD with or without its dot, NDC in 5-4-2 (PDex facts 9). Nothing is guessed. */
function spelling(name: string, code: string): string {
  const written = code.trim().toUpperCase()
  if (name === 'ICD-10' || name === 'ICD-9' || name === 'ICD-10-PCS') return written.replace('.', '')
  if (name !== 'NDC') return written
  const parts = written.split('-')
  if (parts.length !== 3) return written
  const [labeler = '', product = '', pack = ''] = parts
  return `${labeler.padStart(5, '0')}${product.padStart(4, '0')}${pack.padStart(2, '0')}`
}

/** `system name|code`; undefined for a code without a system: it could be anything. */
export function codeKey({ system, code }: Code): string | undefined {
  if (system === undefined) return undefined
  const name = systemName(system)
  return `${name}|${spelling(name, code)}`
}

/** Case, spaces and punctuation at the end do not tell names apart; anything more would be guessing. */
export const plainText = (written: string): string =>
  written
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/[\s.,;]+$/, '')
    .trim()

/** The element that says what a record is. A category would match everything. Of medicines it is what `display` resolved. */
const WHAT: Readonly<Record<string, string>> = {
  Condition: 'code',
  Procedure: 'code',
  AllergyIntolerance: 'code',
  Immunization: 'vaccineCode',
  Observation: 'code',
  DiagnosticReport: 'code',
  DocumentReference: 'type',
  ServiceRequest: 'code',
  Device: 'type',
  Goal: 'description',
}

/** What a record is, to compare by. */
export interface RecordCodes {
  /** `codeKey`s. */
  readonly keys: readonly string[]
  /** Exact name, made plain. */
  readonly text?: string
}

const isMedicine = (type: string): boolean => type.startsWith('Medication')

export function recordCodes({ resource, display }: ComparedRecord): RecordCodes {
  const type = resource.resourceType
  const element = Object.hasOwn(WHAT, type) ? WHAT[type] : undefined
  const concept = element === undefined ? undefined : objects(resource, element)[0]
  const listed = isMedicine(type) ? display.codes : codes(concept)
  const isNamed = isMedicine(type) || element === undefined
  const name = isNamed
    ? display.what.endsWith('not described')
      ? undefined
      : display.what
    : conceptText(concept)
  return {
    keys: [...new Set(listed.flatMap((code) => codeKey(code) ?? []))],
    ...(name !== undefined && { text: plainText(name) }),
  }
}

export const keySystems = (keys: readonly string[]): readonly string[] => [
  ...new Set(keys.map((key) => key.slice(0, key.indexOf('|')))),
]
