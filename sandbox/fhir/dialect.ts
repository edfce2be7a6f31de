import type { CapabilityStatement } from 'fhir/r4'
import type { Resource } from './types'

/** How an endpoint speaks another FHIR version than the R4 of its store: at its door, in and out. */
export interface Dialect {
  /** Content-Type of what goes out. */
  readonly contentType: string
  /** What `/metadata` says. */
  readonly statement: (statement: CapabilityStatement) => object
  /** A resource or Bundle as this version writes it. */
  readonly write: (resource: Resource) => object
  /** A body as R4. Refuses what is no such resource in this version. */
  readonly read: (body: unknown) => unknown
}
