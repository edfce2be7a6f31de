/**
 * The types that are read of a member, in the order they are asked for: what PDex has a payer serve about a patient (facts 5), the
 * clinical core first. Organizations, practitioners, places and medications come along with what names them.
 */
export const HISTORY_TYPES = [
  'Condition',
  'MedicationRequest',
  'MedicationDispense',
  'AllergyIntolerance',
  'Procedure',
  'Encounter',
  'Immunization',
  'Observation',
  'DiagnosticReport',
  'DocumentReference',
  'ExplanationOfBenefit',
  'CarePlan',
  'CareTeam',
  'Goal',
  'ServiceRequest',
  'Device',
  'MedicationStatement',
  'Specimen',
  'QuestionnaireResponse',
  'Coverage',
  'Consent',
  'RelatedPerson',
] as const

export type HistoryType = (typeof HISTORY_TYPES)[number]

/** How a type is searched beyond `patient`. */
interface TypeSearch {
  /** Element and parameter that name the member, where it is not `patient`. */
  readonly member?: string
  /** What is wanted along with it. */
  readonly includes: readonly string[]
  /**
   * Where a server takes no search by patient alone: the second parameter that US Core makes it a SHALL with, and all of its values
   * that US Core and R4 define.
   */
  readonly narrowed?: readonly (readonly [name: string, value: string])[]
  /** Date parameters that tell when it took place, best first (PDex facts 5). */
  readonly dates?: readonly string[]
}

export const TYPE_SEARCHES: Readonly<Record<HistoryType, TypeSearch>> = {
  Condition: {
    includes: ['Condition:asserter', 'Condition:recorder'],
    dates: ['recorded-date', 'asserted-date', 'onset-date'],
    narrowed: [['category', 'problem-list-item,encounter-diagnosis,health-concern']],
  },
  MedicationRequest: {
    includes: ['MedicationRequest:medication', 'MedicationRequest:requester'],
    dates: ['authoredon'],
    narrowed: [
      ['intent', 'proposal,plan,order,original-order,reflex-order,filler-order,instance-order,option'],
    ],
  },
  MedicationDispense: {
    includes: ['MedicationDispense:medication', 'MedicationDispense:performer'],
    dates: ['whenhandedover', 'whenprepared'],
  },
  AllergyIntolerance: { includes: ['AllergyIntolerance:recorder', 'AllergyIntolerance:asserter'] },
  Procedure: { includes: ['Procedure:performer', 'Procedure:location'], dates: ['date'] },
  Encounter: {
    includes: ['Encounter:service-provider', 'Encounter:participant', 'Encounter:location'],
    dates: ['date'],
  },
  Immunization: { includes: ['Immunization:performer', 'Immunization:location'], dates: ['date'] },
  Observation: {
    includes: ['Observation:performer'],
    dates: ['date'],
    narrowed: [
      [
        'category',
        'laboratory,vital-signs,social-history,survey,exam,imaging,procedure,therapy,activity,sdoh,functional-status,disability-status,cognitive-status',
      ],
    ],
  },
  DiagnosticReport: {
    includes: ['DiagnosticReport:performer', 'DiagnosticReport:results-interpreter'],
    dates: ['date'],
    narrowed: [
      [
        'category',
        'LAB,RAD,PAT,MB,CP,http://loinc.org|LP29684-5,http://loinc.org|LP29708-2,http://loinc.org|LP7839-6',
      ],
    ],
  },
  DocumentReference: {
    includes: ['DocumentReference:author', 'DocumentReference:custodian'],
    dates: ['date', 'period'],
    narrowed: [['category', 'clinical-note']],
  },
  ExplanationOfBenefit: {
    includes: [
      'ExplanationOfBenefit:provider',
      'ExplanationOfBenefit:care-team',
      'ExplanationOfBenefit:facility',
    ],
    dates: ['service-date', 'created'],
  },
  CarePlan: { includes: [], dates: ['date'], narrowed: [['category', 'assess-plan']] },
  CareTeam: {
    includes: ['CareTeam:participant'],
    narrowed: [['status', 'proposed,active,suspended,inactive,entered-in-error']],
  },
  Goal: { includes: [] },
  ServiceRequest: {
    includes: ['ServiceRequest:requester', 'ServiceRequest:performer'],
    dates: ['authored', 'occurrence'],
    narrowed: [
      [
        'category',
        '108252007,363679005,409063005,409073007,387713003,386053000,410606002,sdoh,functional-status,disability-status,cognitive-status',
      ],
    ],
  },
  Device: { includes: ['Device:organization'] },
  MedicationStatement: {
    includes: ['MedicationStatement:medication', 'MedicationStatement:source'],
    dates: ['effective'],
  },
  Specimen: { includes: [] },
  QuestionnaireResponse: { includes: ['QuestionnaireResponse:author'], dates: ['authored'] },
  Coverage: { member: 'beneficiary', includes: ['Coverage:payor'] },
  Consent: { includes: [] },
  RelatedPerson: { includes: [] },
}
