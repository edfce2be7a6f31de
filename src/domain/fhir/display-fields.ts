import { type FhirJson, number, text } from '../json'
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
  readonly detail?: (resource: FhirJson) => string | undefined
}

const FIELDS: Readonly<Record<string, DisplayFields>> = {
  Condition: {
    section: 'problems',
    what: ['code'],
    when: ['onsetDateTime', 'onsetPeriod', 'recordedDate'],
    who: ['asserter', 'recorder'],
    status: ['clinicalStatus', 'verificationStatus'],
  },
  Procedure: {
    section: 'procedures',
    what: ['code', 'category'],
    when: ['performedDateTime', 'performedPeriod'],
    who: ['performer.actor', 'performer.onBehalfOf', 'location', 'recorder'],
    status: ['status'],
  },
  Encounter: {
    section: 'visits',
    what: ['type', 'serviceType', 'class'],
    when: ['period'],
    who: ['serviceProvider', 'participant.individual', 'location.location'],
    status: ['status'],
    detail: (resource) => text(resource, 'reasonCode', 0, 'coding', 0, 'display'),
  },
  MedicationRequest: {
    section: 'medicines',
    what: ['medicationCodeableConcept', 'medicationReference'],
    when: ['authoredOn', 'dosageInstruction.timing.event'],
    who: ['requester', 'performer'],
    status: ['status'],
    detail: (resource) => text(resource, 'dosageInstruction', 0, 'text'),
  },
  MedicationDispense: {
    section: 'medicines',
    what: ['medicationCodeableConcept', 'medicationReference'],
    when: ['whenHandedOver', 'whenPrepared'],
    who: ['performer.actor', 'location'],
    status: ['status'],
    detail: supply,
  },
  MedicationStatement: {
    section: 'medicines',
    what: ['medicationCodeableConcept', 'medicationReference'],
    when: ['effectiveDateTime', 'effectivePeriod', 'dateAsserted'],
    who: ['informationSource'],
    status: ['status'],
    detail: (resource) => text(resource, 'dosage', 0, 'text'),
  },
  Observation: {
    section: 'results',
    what: ['code'],
    when: ['effectiveDateTime', 'effectivePeriod', 'effectiveInstant', 'issued'],
    who: ['performer'],
    status: ['status'],
    detail: observationValue,
  },
  Immunization: {
    section: 'immunizations',
    what: ['vaccineCode'],
    when: ['occurrenceDateTime', 'recorded'],
    who: ['performer.actor', 'location'],
    status: ['status'],
  },
  AllergyIntolerance: {
    section: 'allergies',
    what: ['code', 'reaction.substance'],
    when: ['onsetDateTime', 'onsetPeriod', 'recordedDate'],
    who: ['recorder', 'asserter'],
    status: ['clinicalStatus', 'verificationStatus'],
  },
  DiagnosticReport: {
    section: 'results',
    what: ['code', 'category'],
    when: ['effectiveDateTime', 'effectivePeriod', 'issued'],
    who: ['performer', 'resultsInterpreter'],
    status: ['status'],
  },
  DocumentReference: {
    section: 'documents',
    what: ['description', 'type', 'category'],
    when: ['date', 'context.period'],
    who: ['author', 'custodian'],
    status: ['status', 'docStatus'],
  },
  ExplanationOfBenefit: {
    section: 'claims',
    what: ['item.productOrService', 'type'],
    when: ['billablePeriod', 'created'],
    who: ['provider', 'facility'],
    status: ['status', 'outcome'],
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

function supply(resource: FhirJson): string | undefined {
  const days = number(resource, 'daysSupply', 'value')
  return days === undefined ? undefined : `${days} days' supply`
}

function observationValue(resource: FhirJson): string | undefined {
  const quantity = number(resource, 'valueQuantity', 'value')
  if (quantity !== undefined)
    return [quantity, text(resource, 'valueQuantity', 'unit')].filter((part) => part !== undefined).join(' ')
  return (
    text(resource, 'valueString') ??
    text(resource, 'valueCodeableConcept', 'text') ??
    text(resource, 'valueCodeableConcept', 'coding', 0, 'display')
  )
}
