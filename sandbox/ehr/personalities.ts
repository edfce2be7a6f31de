import type { Dialect } from '../fhir/dialect'
import type { Offer, TypeRules } from '../fhir/types'
import {
  firstAttachment,
  noBundle,
  noPdf,
  oneContent,
  rtfAndCda,
  strictXhtml,
  textOnly,
} from './vendor-rules'
import { DSTU2, STU3, typesOf } from './versions/dialects'

const READ: TypeRules = { interactions: ['read', 'vread', 'search-type'], conditionalCreate: false }
const CREATE: TypeRules = {
  interactions: ['read', 'vread', 'search-type', 'create', 'update'],
  conditionalCreate: true,
}

/** Creates, and nothing that helps after a lost answer: no If-None-Exist, no update (PDex facts 0, 6). */
const CREATE_ONCE: TypeRules = {
  interactions: ['read', 'vread', 'search-type', 'create'],
  conditionalCreate: false,
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

/** An EHR that takes DocumentReferences and no clinical resource. */
function documentsOnly(name: string, refuse?: Offer['refuse']): Offer {
  const rule: TypeRules = { ...CREATE_ONCE, conditionalCreate: true }
  return {
    name,
    types: { ...rules(READ_TYPES, READ), ...rules(['DocumentReference'], rule) },
    batch: true,
    transaction: false,
    everything: true,
    ...(refuse ? { refuse } : {}),
  }
}

/** An EHR of a vendor's: single creates of these types, and nothing else that writes. */
function vendor(name: string, creates: Readonly<Record<string, TypeRules>>, more: Partial<Offer>): Offer {
  return {
    name,
    types: { ...rules(READ_TYPES, READ), ...creates },
    batch: false,
    transaction: false,
    everything: false,
    ...more,
  }
}

/** An EHR of an older FHIR version: it is read, and takes DocumentReferences. */
function older(name: string, types: readonly string[], more: Partial<Offer>): Offer {
  return {
    name,
    types: { ...rules(types, READ), ...rules(['DocumentReference'], CREATE_ONCE) },
    batch: false,
    transaction: false,
    everything: false,
    ...more,
  }
}

/** Where a note is found again: not by its identifier. */
const NOTE_SEARCHES = ['_id', 'patient', 'subject', 'category', 'type', 'date', 'encounter', 'status']

/** What the text-only kind creates (Epic, PDex facts 6.3). */
const NOTE_TYPES: Readonly<Record<string, TypeRules>> = {
  ...rules(['AllergyIntolerance', 'Condition', 'Observation'], CREATE_ONCE),
  DocumentReference: { ...CREATE_ONCE, searchParams: NOTE_SEARCHES },
}

/** What the one-content kind creates besides documents (Oracle Health, PDex facts 6.3). */
const ONE_CONTENT_TYPES = rules(
  [
    'AllergyIntolerance',
    'Condition',
    'DiagnosticReport',
    'DocumentReference',
    'Immunization',
    'MedicationRequest',
    'Observation',
    'Procedure',
    'Provenance',
  ],
  CREATE_ONCE,
)

/** One kind of EHR, as a person chooses it in the launch. */
export interface Personality {
  /** In the URL: the FHIR base is `/{id}/fhir`. */
  readonly id: string
  readonly label: string
  readonly offer: Offer
  /** The FHIR version that it speaks, where it is not R4. */
  readonly dialect?: Dialect
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
    id: 'documents',
    label: 'Documents only',
    offer: documentsOnly('Lakeside EHR, documents only'),
  },
  {
    id: 'no-bundle',
    label: 'Documents without FHIR',
    offer: documentsOnly('Lakeside EHR, documents without FHIR', noBundle),
  },
  {
    id: 'no-pdf',
    label: 'Documents as HTML or text',
    offer: documentsOnly('Lakeside EHR, documents as HTML or text', noPdf),
  },
  {
    id: 'text-only',
    label: 'Plain text notes in a visit',
    offer: vendor('Lakeside EHR, plain text notes', NOTE_TYPES, {
      refuse: textOnly,
      keep: firstAttachment,
      location: 'relative',
      silentForbidden: true,
    }),
  },
  {
    id: 'one-content',
    label: 'One file per document',
    offer: vendor('Lakeside EHR, one file per document', ONE_CONTENT_TYPES, {
      refuse: oneContent,
      answers: 'empty',
    }),
  },
  {
    id: 'rtf',
    label: 'RTF or C-CDA only',
    offer: vendor('Lakeside EHR, RTF or C-CDA', rules(['DocumentReference', 'Observation'], CREATE_ONCE), {
      refuse: rtfAndCda,
    }),
  },
  {
    id: 'dstu2',
    label: 'FHIR DSTU2, XHTML only',
    dialect: DSTU2,
    offer: older('Lakeside EHR, DSTU2', typesOf('DSTU2'), { refuse: strictXhtml, answers: 'empty' }),
  },
  {
    id: 'stu3',
    label: 'FHIR STU3',
    dialect: STU3,
    offer: older('Lakeside EHR, STU3', typesOf('STU3'), {}),
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
