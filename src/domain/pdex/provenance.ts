import type { FhirJson } from '../json'

/** Where a record comes from, as its Provenance says (PDex ProvenanceSourceFrom). Without one: `unknown`. */
export type Origin = 'billing-derived' | 'clinical' | 'unknown'

export interface RecordProvenance {
  readonly origin: Origin
  /** Code of ProvenancePayerDataSource, e.g. `x12837`. */
  readonly sourceFormat?: string
  /** Who made the record, by name. */
  readonly author?: string
  /** Who handed it on last, by name. */
  readonly transmitter?: string
  /** Instant, as written. */
  readonly recorded?: string
  /** The Provenance resources it was read from. */
  readonly resources: readonly FhirJson[]
}
