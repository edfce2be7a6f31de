import { fingerprint } from '../document/fingerprint'
import { codes, hasCode } from '../fhir/coding'
import { display, type RecordDisplay } from '../fhir/display'
import type { References } from '../fhir/references'
import { type FhirJson, isObject, list, objects } from '../json'
import { type RecordProvenance, readProvenance } from './provenance'

/** `payer id/Type/id`: the same record has the same key after every reload. */
export type RecordKey = string

/**
 * Why a group never chooses a record (U12): it is void (`entered-in-error`), the payer blanked it (`withheld`), it carries a
 * label of restricted or specially protected data (`restricted`), or an extension we do not know changes its meaning (`modified`).
 */
export type Hold = 'entered-in-error' | 'withheld' | 'restricted' | 'modified'

/**
 * Why a group leaves a record out although it may be kept: it says that something did not happen (`not-done`), was ruled out
 * (`refuted`), or that a claim was taken back or failed (`cancelled`). PDex facts 9.
 */
export type Caution = 'not-done' | 'refuted' | 'cancelled'

/** One record of the payer's, ready to be shown and chosen. */
export interface HistoryRecord {
  readonly key: RecordKey
  /** As the payer sent it. */
  readonly resource: FhirJson
  readonly display: RecordDisplay
  readonly provenance: RecordProvenance
  readonly hold?: Hold
  readonly caution?: Caution
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
  const caution = cautionOf(resource)
  return {
    key: recordKey(payerId, resource),
    resource,
    display: display(resource, references),
    provenance: billed(resource, readProvenance(provenance, references)),
    ...(hold !== undefined && { hold }),
    ...(caution !== undefined && { caution }),
  }
}

function holdOf(resource: FhirJson): Hold | undefined {
  if (resource.status === 'entered-in-error' || hasCode(resource.verificationStatus, 'entered-in-error'))
    return 'entered-in-error'
  const labels = objects(resource, 'meta', 'security').flatMap((coding) => codes({ coding: [coding] }))
  if (labels.some((label) => label.code === 'REDACTED' || label.code === 'MASKED')) return 'withheld'
  if (labels.some((label) => RESTRICTED.has(label.code))) return 'restricted'
  return isModified(resource, 0) || resource.implicitRules !== undefined ? 'modified' : undefined
}

/** This app knows no modifier extension: one anywhere may turn the meaning around (R4 extensibility.html#modifierExtension). */
function isModified(value: unknown, depth: number): boolean {
  if (depth > 12) return false
  if (Array.isArray(value)) return value.some((each) => isModified(each, depth + 1))
  if (!isObject(value)) return false
  return (
    list(value, 'modifierExtension').length > 0 ||
    Object.values(value).some((each) => typeof each === 'object' && isModified(each, depth + 1))
  )
}

function cautionOf(resource: FhirJson): Caution | undefined {
  const { status } = resource
  if (hasCode(resource.verificationStatus, 'refuted')) return 'refuted'
  if (status === 'not-done' || status === 'not-taken' || resource.doNotPerform === true) return 'not-done'
  const isBill = resource.resourceType === 'ExplanationOfBenefit'
  if (status === 'cancelled' || status === 'declined' || (isBill && resource.outcome === 'error'))
    return 'cancelled'
  return undefined
}

/** A bill comes from billing, in whatever format it was handed on. */
const billed = (resource: FhirJson, provenance: RecordProvenance): RecordProvenance =>
  resource.resourceType === 'ExplanationOfBenefit' ? { ...provenance, origin: 'billing-derived' } : provenance

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
