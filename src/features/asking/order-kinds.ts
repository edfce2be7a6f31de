import type { OrderType } from '../../domain/crd/scenario'

export interface CodeSystemChoice {
  readonly system: string
  readonly name: string
}

interface KindOfOrder {
  readonly kind: OrderType
  readonly label: string
  /** Above the box where it is searched for. */
  readonly what: string
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
const CVX = { system: 'http://hl7.org/fhir/sid/cvx', name: 'CVX (vaccines)' }
const CDT = { system: 'http://www.ada.org/cdt', name: 'CDT (dental)' }

const ICD10 = { system: 'http://hl7.org/fhir/sid/icd-10-cm', name: 'ICD-10-CM' }

/** For a reason that stands in no problem list. */
export const REASON_SYSTEMS: readonly CodeSystemChoice[] = [ICD10, SNOMED]

/** For what a visit is. */
export const VISIT_SYSTEMS: readonly CodeSystemChoice[] = [CPT, SNOMED, HCPCS]

export const ORDER_KINDS: readonly KindOfOrder[] = [
  {
    kind: 'ServiceRequest',
    label: 'Service, test or referral',
    what: 'Service, device, medicine or referral',
    hint: 'For example: MRI, nutrition counselling, cardiology referral',
    valueSets: ['http://hl7.org/fhir/us/core/ValueSet/us-core-procedure-code'],
    systems: [CPT, HCPCS, SNOMED, LOINC, CDT],
  },
  {
    kind: 'DeviceRequest',
    label: 'Device or supply',
    what: 'Service, device, medicine or referral',
    hint: 'For example: CPAP device, wheelchair, glucose monitor',
    valueSets: ['http://hl7.org/fhir/ValueSet/device-kind'],
    systems: [HCPCS, SNOMED],
  },
  {
    kind: 'MedicationRequest',
    label: 'Medicine or vaccine',
    what: 'Service, device, medicine or referral',
    hint: 'For example: Lipitor, atorvastatin 20 mg',
    // CRD prof-14: RxNorm, with HCPCS for what is given by a clinician.
    valueSets: ['http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113762.1.4.1010.4'],
    systems: [RXNORM, NDC, HCPCS, CVX],
  },
  {
    kind: 'NutritionOrder',
    label: 'Diet or formula',
    what: 'Diet, supplement or formula',
    hint: 'For example: low sodium diet, enteral formula',
    valueSets: ['http://hl7.org/fhir/ValueSet/diet-type'],
    systems: [SNOMED, HCPCS],
  },
  {
    kind: 'VisionPrescription',
    label: 'Glasses or lenses',
    what: 'Glasses, lens or contact lens',
    hint: 'For example: single vision lens, contact lens',
    valueSets: ['http://hl7.org/fhir/ValueSet/vision-product'],
    systems: [
      HCPCS,
      SNOMED,
      {
        system: 'http://terminology.hl7.org/CodeSystem/ex-visionprescriptionproduct',
        name: 'Vision product',
      },
    ],
  },
  {
    kind: 'CommunicationRequest',
    label: 'Records from others',
    what: 'Record or document to be sent',
    hint: 'For example: discharge summary, progress note',
    valueSets: ['http://hl7.org/fhir/us/core/ValueSet/us-core-documentreference-type'],
    systems: [LOINC, SNOMED],
  },
]

/** The row of a kind. */
export function kindOfOrder(kind: OrderType): KindOfOrder {
  const found = ORDER_KINDS.find((k) => k.kind === kind)
  if (!found) throw new Error(`no row for ${kind}`)
  return found
}

/** Other URLs that charts use for the same code systems, and systems that are only read. */
const ALSO: readonly CodeSystemChoice[] = [
  ICD10,
  { system: 'https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets', name: HCPCS.name },
  { system: 'http://terminology.hl7.org/CodeSystem/HCPCS', name: HCPCS.name },
  { system: 'urn:oid:2.16.840.1.113883.6.285', name: HCPCS.name },
  { system: 'urn:oid:2.16.840.1.113883.6.12', name: CPT.name },
]

/** A code system's name for people; its URL where we have none. */
export const systemName = (system: string): string =>
  [...ORDER_KINDS.flatMap((k) => k.systems), ...ALSO].find((s) => s.system === system)?.name ?? system
