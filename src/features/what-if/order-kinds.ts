import type { OrderKind } from '../../domain/crd/scenario'

export type { OrderKind }

export interface CodeSystemChoice {
  readonly system: string
  readonly name: string
}

interface KindOfOrder {
  readonly kind: OrderKind
  readonly label: string
  readonly hint: string
  /** National canonicals that `$expand` is asked for after the site's own, in this order, until one is known to the EHR. */
  readonly valueSets: readonly string[]
  /** For an entry by hand, likeliest first. */
  readonly systems: readonly CodeSystemChoice[]
}

const CPT = { system: 'http://www.ama-assn.org/go/cpt', name: 'CPT' }
const HCPCS = { system: 'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets', name: 'HCPCS Level II' }
const SNOMED = { system: 'http://snomed.info/sct', name: 'SNOMED CT' }
const LOINC = { system: 'http://loinc.org', name: 'LOINC' }
const RXNORM = { system: 'http://www.nlm.nih.gov/research/umls/rxnorm', name: 'RxNorm' }
const NDC = { system: 'http://hl7.org/fhir/sid/ndc', name: 'NDC' }
const CDT = { system: 'http://www.ada.org/cdt', name: 'CDT (dental)' }

export const ORDER_KINDS: readonly KindOfOrder[] = [
  {
    kind: 'ServiceRequest',
    label: 'Service, test or referral',
    hint: 'For example: MRI, nutrition counselling, cardiology referral',
    valueSets: ['http://hl7.org/fhir/us/core/ValueSet/us-core-procedure-code'],
    systems: [CPT, HCPCS, SNOMED, LOINC, CDT],
  },
  {
    kind: 'DeviceRequest',
    label: 'Device or supply',
    hint: 'For example: CPAP device, wheelchair, glucose monitor',
    valueSets: ['http://hl7.org/fhir/ValueSet/device-kind'],
    systems: [HCPCS, SNOMED],
  },
  {
    kind: 'MedicationRequest',
    label: 'Medicine',
    hint: 'For example: Lipitor, atorvastatin 20 mg',
    // CRD prof-14: RxNorm, with HCPCS for what is given by a clinician.
    valueSets: ['http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113762.1.4.1010.4'],
    systems: [RXNORM, NDC, HCPCS],
  },
]

/** The row of a kind. */
export function kindOfOrder(kind: OrderKind): KindOfOrder {
  const found = ORDER_KINDS.find((k) => k.kind === kind)
  if (!found) throw new Error(`no row for ${kind}`)
  return found
}

/** Other URLs that charts use for the same code systems, and systems that are only read. */
const ALSO: readonly CodeSystemChoice[] = [
  { system: 'https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets', name: HCPCS.name },
  { system: 'http://terminology.hl7.org/CodeSystem/HCPCS', name: HCPCS.name },
  { system: 'urn:oid:2.16.840.1.113883.6.285', name: HCPCS.name },
  { system: 'urn:oid:2.16.840.1.113883.6.12', name: CPT.name },
  { system: 'http://hl7.org/fhir/sid/icd-10-cm', name: 'ICD-10-CM' },
]

/** A code system's name for people; its URL where we have none. */
export const systemName = (system: string): string =>
  [...ORDER_KINDS.flatMap((k) => k.systems), ...ALSO].find((s) => s.system === system)?.name ?? system
