import { type FhirJson, text } from '../json'
import { answersDetail, carePlanDetail, careTeamDetail, goalDetail } from './display-care'
import { claimDetail, claimKind, claimSection } from './display-claim'
import {
  allergyDetail,
  conditionDetail,
  consentDetail,
  coverageDetail,
  type Detail,
  deviceDetail,
  documentDetail,
  doseDetail,
  orderDetail,
  personDetail,
  procedureDetail,
  reportDetail,
  specimenDetail,
  visitDetail,
} from './display-detail'
import { dispenseDetail, prescriptionDetail, statementDetail } from './display-medicine'
import { isVitalSign, observationDetail } from './display-value'
import { contained } from './references'
import type { Section } from './section'

/** Element names joined by dots; lists on the way are walked through. */
export type Path = string

/** Where a type keeps what a row shows, best first. */
export interface DisplayFields {
  readonly section: Section
  readonly what: readonly Path[]
  readonly when: readonly Path[]
  readonly who: readonly Path[]
  /** All that are there are shown. */
  readonly status: readonly Path[]
  readonly detail?: Detail
  /** Where the resource decides: a prior authorization is no claim, a weight no laboratory result. */
  readonly sectionOf?: (resource: FhirJson) => Section
  /** Before the kind's name, where none of `what` is there. */
  readonly otherwise?: (resource: FhirJson) => string | undefined
}

const MEDICINE = ['medicationCodeableConcept', 'medicationReference']

const FIELDS: Readonly<Record<string, DisplayFields>> = {
  Condition: {
    section: 'problems',
    what: ['code'],
    when: ['onsetDateTime', 'onsetPeriod', 'recordedDate'],
    who: ['asserter', 'recorder'],
    status: ['clinicalStatus', 'verificationStatus'],
    detail: conditionDetail,
  },
  Procedure: {
    section: 'procedures',
    what: ['code', 'category'],
    when: ['performedDateTime', 'performedPeriod'],
    who: ['performer.actor', 'performer.onBehalfOf', 'location', 'recorder'],
    status: ['status'],
    detail: procedureDetail,
  },
  Encounter: {
    section: 'visits',
    what: ['type', 'serviceType', 'class'],
    when: ['period'],
    who: ['serviceProvider', 'participant.individual', 'location.location'],
    status: ['status'],
    detail: visitDetail,
  },
  MedicationRequest: {
    section: 'medicines',
    what: MEDICINE,
    when: ['authoredOn', 'dosageInstruction.timing.event'],
    who: ['requester', 'performer'],
    status: ['status'],
    detail: prescriptionDetail,
  },
  MedicationDispense: {
    section: 'medicines',
    what: MEDICINE,
    when: ['whenHandedOver', 'whenPrepared'],
    who: ['performer.actor', 'location'],
    status: ['status'],
    detail: dispenseDetail,
  },
  MedicationStatement: {
    section: 'medicines',
    what: MEDICINE,
    when: ['effectiveDateTime', 'effectivePeriod', 'dateAsserted'],
    who: ['informationSource'],
    status: ['status'],
    detail: statementDetail,
  },
  Observation: {
    section: 'results',
    sectionOf: (resource) => (isVitalSign(resource) ? 'vitals' : 'results'),
    what: ['code'],
    when: ['effectiveDateTime', 'effectivePeriod', 'effectiveInstant', 'issued'],
    who: ['performer'],
    status: ['status'],
    detail: observationDetail,
  },
  Immunization: {
    section: 'immunizations',
    what: ['vaccineCode'],
    when: ['occurrenceDateTime', 'recorded'],
    who: ['performer.actor', 'location'],
    status: ['status'],
    detail: doseDetail,
  },
  AllergyIntolerance: {
    section: 'allergies',
    what: ['code', 'reaction.substance'],
    when: ['onsetDateTime', 'onsetPeriod', 'recordedDate'],
    who: ['recorder', 'asserter'],
    status: ['clinicalStatus', 'verificationStatus'],
    detail: allergyDetail,
  },
  DiagnosticReport: {
    section: 'results',
    what: ['code', 'category'],
    when: ['effectiveDateTime', 'effectivePeriod', 'issued'],
    who: ['performer', 'resultsInterpreter'],
    status: ['status'],
    detail: reportDetail,
  },
  DocumentReference: {
    section: 'documents',
    what: ['description', 'type', 'content.attachment.title', 'category'],
    when: ['date', 'context.period'],
    who: ['author', 'custodian'],
    status: ['status', 'docStatus'],
    detail: documentDetail,
  },
  CarePlan: {
    section: 'care',
    what: ['title', 'description', 'category'],
    otherwise: () => 'Care plan',
    when: ['period', 'created'],
    who: ['author', 'contributor', 'careTeam'],
    status: ['status'],
    detail: carePlanDetail,
  },
  CareTeam: {
    section: 'care',
    what: ['name', 'category'],
    when: ['period'],
    who: ['managingOrganization', 'participant.member'],
    status: ['status'],
    detail: careTeamDetail,
  },
  Goal: {
    section: 'care',
    what: ['description', 'category'],
    when: ['startDate', 'statusDate', 'target.dueDate'],
    who: ['expressedBy'],
    status: ['lifecycleStatus', 'achievementStatus'],
    detail: goalDetail,
  },
  ServiceRequest: {
    section: 'orders',
    what: ['code', 'category'],
    when: ['authoredOn', 'occurrenceDateTime', 'occurrencePeriod'],
    who: ['requester', 'performer'],
    status: ['status', 'intent'],
    detail: orderDetail,
  },
  Device: {
    section: 'devices',
    what: ['deviceName.name', 'type', 'modelNumber'],
    when: ['manufactureDate', 'expirationDate'],
    who: ['owner', 'location'],
    status: ['status'],
    detail: deviceDetail,
  },
  Specimen: {
    section: 'results',
    what: ['type'],
    when: ['collection.collectedDateTime', 'collection.collectedPeriod', 'receivedTime'],
    who: ['collection.collector'],
    status: ['status'],
    detail: specimenDetail,
  },
  QuestionnaireResponse: {
    section: 'documents',
    what: ['_questionnaire.extension.valueString'],
    otherwise: questionnaireName,
    when: ['authored'],
    who: ['author', 'source'],
    status: ['status'],
    detail: answersDetail,
  },
  ExplanationOfBenefit: {
    section: 'claims',
    sectionOf: claimSection,
    what: ['item.productOrService', 'procedure.procedureCodeableConcept'],
    otherwise: claimKind,
    when: ['billablePeriod', 'item.servicedDate', 'item.servicedPeriod', 'created'],
    who: ['provider', 'facility', 'careTeam.provider'],
    status: ['status', 'outcome'],
    detail: claimDetail,
  },
  Coverage: {
    section: 'coverage',
    what: ['type', 'class.name'],
    otherwise: () => 'Health coverage',
    when: ['period'],
    who: ['payor'],
    status: ['status'],
    detail: coverageDetail,
  },
  Consent: {
    section: 'other',
    what: ['scope', 'category'],
    when: ['dateTime'],
    who: ['organization', 'performer'],
    status: ['status'],
    detail: consentDetail,
  },
  RelatedPerson: {
    section: 'other',
    what: ['relationship'],
    when: ['period'],
    who: [],
    status: [],
    detail: personDetail,
  },
}

/** Of a type we have no table for: the elements that most resources use for these things. */
const GENERIC: DisplayFields = {
  section: 'other',
  what: ['code', 'type', 'title', 'name', 'description', 'category'],
  when: ['date', 'authoredOn', 'authored', 'occurrenceDateTime', 'period', 'created', 'recorded'],
  who: ['author', 'requester', 'performer', 'recorder'],
  status: ['status'],
}

export const fieldsOf = (type: string): DisplayFields =>
  Object.hasOwn(FIELDS, type) ? (FIELDS[type] ?? GENERIC) : GENERIC

/** The form's own words where it is in the record, else what its address ends with ("phq-9"). */
function questionnaireName(resource: FhirJson): string | undefined {
  const canonical = text(resource, 'questionnaire')
  const form = canonical?.startsWith('#') ? contained(resource, canonical.slice(1)) : undefined
  const ending = canonical?.split('|')[0]?.split('/').at(-1)?.replaceAll(/[-_]/g, ' ')
  const name = text(form, 'title') ?? text(form, 'name') ?? ending
  return `Questionnaire answers${name === undefined || name.startsWith('#') ? '' : `: ${name}`}`
}
