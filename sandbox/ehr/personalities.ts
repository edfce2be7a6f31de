import type { Offer, TypeRules } from '../fhir/types'

const READ: TypeRules = { interactions: ['read', 'vread', 'search-type'], conditionalCreate: false }
const CREATE: TypeRules = {
  interactions: ['read', 'vread', 'search-type', 'create', 'update'],
  conditionalCreate: true,
}

/** What every personality lets be read: US Core's types and those that a launch or a hook needs. */
const READ_TYPES = [
  'AllergyIntolerance',
  'Appointment',
  'Binary',
  'CarePlan',
  'CareTeam',
  'CommunicationRequest',
  'Condition',
  'Coverage',
  'Device',
  'DeviceRequest',
  'DiagnosticReport',
  'DocumentReference',
  'Encounter',
  'Goal',
  'Immunization',
  'Location',
  'Medication',
  'MedicationDispense',
  'MedicationRequest',
  'MedicationStatement',
  'NutritionOrder',
  'Observation',
  'Organization',
  'Patient',
  'Practitioner',
  'PractitionerRole',
  'Procedure',
  'Provenance',
  'RelatedPerson',
  'ServiceRequest',
  'Specimen',
  'VisionPrescription',
] as const

/** The clinical types that a full-write EHR takes (PDex facts §6). */
const WRITABLE_TYPES = [
  'AllergyIntolerance',
  'Binary',
  'Condition',
  'DiagnosticReport',
  'DocumentReference',
  'Encounter',
  'Immunization',
  'MedicationRequest',
  'MedicationStatement',
  'Observation',
  'Procedure',
  'Provenance',
] as const

function rules(types: readonly string[], rule: TypeRules): Record<string, TypeRules> {
  return Object.fromEntries(types.map((type) => [type, rule]))
}

/** One kind of EHR, as a person chooses it in the launch. */
export interface Personality {
  /** In the URL: the FHIR base is `/{id}/fhir`. */
  readonly id: string
  readonly label: string
  readonly offer: Offer
}

export const PERSONALITIES: readonly Personality[] = [
  {
    id: 'full',
    label: 'Full write',
    offer: {
      name: 'Lakeside EHR, full write',
      types: { ...rules(READ_TYPES, READ), ...rules(WRITABLE_TYPES, CREATE) },
      batch: true,
      transaction: true,
      everything: true,
    },
  },
  {
    id: 'readonly',
    label: 'Read only',
    offer: {
      name: 'Lakeside EHR, read only',
      types: rules(READ_TYPES, READ),
      batch: true,
      transaction: false,
      everything: true,
    },
  },
]

export function findPersonality(id: string | undefined): Personality | undefined {
  return PERSONALITIES.find((personality) => personality.id === id)
}

/** Does this EHR take anything at all? Where it does not, it grants no scope that writes. */
export function takesWrites(personality: Personality): boolean {
  return Object.values(personality.offer.types).some((rule) =>
    rule.interactions.some((i) => i === 'create' || i === 'update' || i === 'delete'),
  )
}
