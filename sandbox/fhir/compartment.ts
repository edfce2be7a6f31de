import { valuesAt } from './elements'
import { referenceKey } from './references'
import type { Resource } from './types'

/**
 * Patient compartment: by which elements a resource belongs to a patient (CompartmentDefinition `patient` of R4). Device, Task, Binary and Bundle are
 * not in R4's definition, but hold patient data, so a patient's token has to be held to them. Provenance follows its targets.
 */
const membership: Readonly<Record<string, readonly string[]>> = {
  AllergyIntolerance: ['patient', 'recorder', 'asserter'],
  Appointment: ['participant.actor'],
  Binary: ['securityContext'],
  Bundle: ['entry.resource.subject', 'entry.resource.patient'],
  CarePlan: ['subject', 'activity.detail.performer'],
  CareTeam: ['subject', 'participant.member'],
  Claim: ['patient', 'payee.party'],
  ClaimResponse: ['patient'],
  Communication: ['subject', 'sender', 'recipient'],
  CommunicationRequest: ['subject', 'sender', 'recipient', 'requester'],
  Composition: ['subject', 'author'],
  Condition: ['subject', 'asserter'],
  Consent: ['patient'],
  Coverage: ['beneficiary', 'policyHolder', 'subscriber', 'payor'],
  Device: ['patient'],
  DeviceRequest: ['subject', 'performer'],
  DiagnosticReport: ['subject'],
  DocumentReference: ['subject', 'author'],
  Encounter: ['subject'],
  EpisodeOfCare: ['patient'],
  ExplanationOfBenefit: ['patient', 'payee.party'],
  FamilyMemberHistory: ['patient'],
  Flag: ['subject'],
  Goal: ['subject'],
  Group: ['member.entity'],
  ImagingStudy: ['subject'],
  Immunization: ['patient'],
  List: ['subject', 'source'],
  Media: ['subject'],
  MedicationAdministration: ['subject'],
  MedicationDispense: ['subject', 'receiver'],
  MedicationRequest: ['subject'],
  MedicationStatement: ['subject'],
  NutritionOrder: ['patient'],
  Observation: ['subject', 'performer'],
  Person: ['link.target'],
  Procedure: ['subject', 'performer.actor'],
  QuestionnaireResponse: ['subject', 'author'],
  RelatedPerson: ['patient'],
  RequestGroup: ['subject'],
  ServiceRequest: ['subject', 'performer'],
  Specimen: ['subject'],
  Task: ['for'],
  VisionPrescription: ['patient'],
}

/** Types without patient data, which a patient's token may read. */
const shared = new Set([
  'Endpoint',
  'HealthcareService',
  'InsurancePlan',
  'Location',
  'Medication',
  'Organization',
  'OrganizationAffiliation',
  'Practitioner',
  'PractitionerRole',
  'Questionnaire',
  'Schedule',
  'Slot',
  'ValueSet',
])

/** True when resources of this type belong to nobody and everybody may read them. */
export const isShared = (type: string): boolean => shared.has(type)

/** Ids of the patients in whose compartment the resource is, from its own elements only (empty for Provenance: see FhirStore.patientsOf). */
export const ownPatients = (resource: Resource): readonly string[] => {
  if (resource.resourceType === 'Patient') return resource.id === undefined ? [] : [resource.id]
  const found = new Set<string>()
  for (const path of membership[resource.resourceType] ?? []) {
    for (const value of valuesAt(resource, path)) {
      const key = referenceKey(value)
      if (key?.startsWith('Patient/')) found.add(key.slice('Patient/'.length))
    }
  }
  return [...found]
}
