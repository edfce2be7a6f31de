import type { RecordDisplay } from '../fhir/display'
import type { FhirJson } from '../json'
import type { RecordProvenance } from './provenance'

/** `payer id/Type/id`: the same record has the same key after every reload. */
export type RecordKey = string

/**
 * Why a group never chooses a record (U12): it is void (`entered-in-error`), the payer blanked it (`withheld`), it carries a
 * label of restricted or specially protected data (`restricted`), or an extension we do not know changes its meaning (`modified`).
 */
export type Hold = 'entered-in-error' | 'withheld' | 'restricted' | 'modified'

/** One record of the payer's, ready to be shown and chosen. */
export interface HistoryRecord {
  readonly key: RecordKey
  /** As the payer sent it. */
  readonly resource: FhirJson
  readonly display: RecordDisplay
  readonly provenance: RecordProvenance
  readonly hold?: Hold
}
