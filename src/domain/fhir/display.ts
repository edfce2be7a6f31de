import type { FhirJson } from '../json'
import type { Code } from './coding'
import type { References } from './references'
import type { Section } from './section'

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
  /** A word or two that a reader needs beside it, e.g. "90 days, quantity 180". */
  readonly detail?: string
}

export declare function display(resource: FhirJson, references: References): RecordDisplay
