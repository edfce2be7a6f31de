import type { RecordDisplay } from '../fhir/display'
import type { References } from '../fhir/references'
import type { FhirJson } from '../json'
import { type Party, visitParties } from './reconcile-parties'
import type { HistoryRecord, Hold, RecordKey } from './record'
import { sourceUrl } from './source-identifier'

/** What comparing needs of a record: plain data with nothing behind it, so that it can be sent to where comparing runs. */
export interface ComparedRecord {
  readonly key: RecordKey
  /** Without what no rule reads. */
  readonly resource: FhirJson
  readonly display: Pick<RecordDisplay, 'what' | 'codes' | 'when'>
  readonly hold?: Hold
  /** Of a payer's record: the identifier that its copy in the chart carries. */
  readonly url?: string
  /** Of a visit: the practitioners and the organization. */
  readonly parties?: readonly Party[]
}

/** `payerBase`: base URL of the payer's FHIR API, for its records; absent for the chart's. */
export function comparedRecord(
  { key, resource, display, hold }: HistoryRecord,
  references: References,
  payerBase?: string,
): ComparedRecord {
  const { what, codes, when } = display
  return {
    key,
    resource: bare(resource),
    display: { what, codes, ...(when !== undefined && { when }) },
    ...(hold !== undefined && { hold }),
    ...(payerBase !== undefined && { url: sourceUrl(payerBase, resource) }),
    ...(resource.resourceType === 'Encounter' && { parties: visitParties(resource, references) }),
  }
}

/** Narrative and attachments may be megabytes. */
function bare(resource: FhirJson): FhirJson {
  const { text, contained, content, presentedForm, ...rest } = resource
  return { ...rest, resourceType: resource.resourceType }
}
