import { fingerprint } from '../document/fingerprint'
import { codes, hasCode } from '../fhir/coding'
import { display, type RecordDisplay } from '../fhir/display'
import type { References } from '../fhir/references'
import { type FhirJson, list, objects } from '../json'
import { type RecordProvenance, readProvenance } from './provenance'

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

/** A resource without an id is known by its content. */
export const recordKey = (payerId: string, resource: FhirJson): RecordKey =>
  `${payerId}/${resource.resourceType}/${resource.id ?? `~${fingerprint(JSON.stringify(resource))}`}`

/** Makes a row of a payer's resource and the Provenance resources that target it. */
export function historyRecord(
  payerId: string,
  resource: FhirJson,
  references: References,
  provenance: readonly FhirJson[],
): HistoryRecord {
  const hold = holdOf(resource)
  return {
    key: recordKey(payerId, resource),
    resource,
    display: display(resource, references),
    provenance: readProvenance(provenance, references),
    ...(hold !== undefined && { hold }),
  }
}

function holdOf(resource: FhirJson): Hold | undefined {
  if (resource.status === 'entered-in-error' || hasCode(resource.verificationStatus, 'entered-in-error'))
    return 'entered-in-error'
  const labels = objects(resource, 'meta', 'security').flatMap((coding) => codes({ coding: [coding] }))
  if (labels.some((label) => label.code === 'REDACTED' || label.code === 'MASKED')) return 'withheld'
  if (labels.some((label) => RESTRICTED.has(label.code))) return 'restricted'
  if (list(resource, 'modifierExtension').length > 0 || resource.implicitRules !== undefined)
    return 'modified'
  return undefined
}

/** v3-Confidentiality R and V, and the v3-ActCode sensitivity and policy labels for specially protected data. */
const RESTRICTED: ReadonlySet<string> = new Set([
  'R',
  'V',
  '42CFRPart2',
  'ETH',
  'ETHUD',
  'OPIOIDUD',
  'SUD',
  'GDIS',
  'HIV',
  'MST',
  'PSY',
  'PSYTHPN',
  'BH',
  'COGN',
  'DVD',
  'EMOTDIS',
  'MH',
  'SCA',
  'SDV',
  'SEX',
  'SPI',
  'STD',
  'TBOO',
  'VIO',
  'IDS',
])
