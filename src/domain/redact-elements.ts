/** The de-identified profiles of CRD 1.1 (profile-patient-deident, profile-coverage-deident), and what R4 cannot do without. */

export const profiles: Readonly<Record<string, string>> = {
  Patient: 'http://hl7.org/fhir/us/davinci-crd/StructureDefinition/profile-patient-deident',
  Coverage: 'http://hl7.org/fhir/us/davinci-crd/StructureDefinition/profile-coverage-deident',
}

export const patientElements: {
  /** 0..0 in the profile; `link` leads to other records of the same person. */
  readonly removed: ReadonlySet<string>
  /** What of an address the profile leaves. */
  readonly address: ReadonlySet<string>
} = {
  removed: new Set([
    'text',
    'identifier',
    'name',
    'telecom',
    'deceased',
    'multipleBirth',
    'photo',
    'contact',
    'link',
  ]),
  address: new Set(['use', 'type', 'state', 'country']),
}

/** `beneficiary` stays, because R4 requires it and the guide does not hold Patient.id for PHI. */
export const coverageElements: { readonly removed: ReadonlySet<string> } = {
  removed: new Set([
    'text',
    'identifier',
    'policyHolder',
    'subscriber',
    'subscriberId',
    'dependent',
    'relationship',
    'order',
    'network',
    'costToBeneficiary',
    'subrogation',
    'contract',
  ]),
}

/** Elements with at least one value in R4, or in the US Core and CRD profiles, that the removals may empty. */
export const requiredElements: ReadonlySet<string> = new Set([
  'AllergyIntolerance.code',
  'Communication.payload.contentString',
  'CommunicationRequest.payload.contentString',
  'Condition.code',
  'Coverage.payor',
  'Coverage.class.value',
  'DeviceRequest.codeCodeableConcept',
  'DiagnosticReport.code',
  'DocumentReference.type',
  'DocumentReference.content.attachment',
  'Encounter.class',
  'Encounter.type',
  'Encounter.location.location',
  'Goal.description',
  'Immunization.vaccineCode',
  'MedicationAdministration.medicationCodeableConcept',
  'MedicationDispense.medicationCodeableConcept',
  'MedicationRequest.medicationCodeableConcept',
  'MedicationRequest.requester',
  'MedicationStatement.medicationCodeableConcept',
  'Observation.code',
  'Procedure.code',
  'Provenance.entity.what',
  'ServiceRequest.code',
  'Task.code',
  'VisionPrescription.lensSpecification.product',
])

/** What tells one device from all others. */
export const deviceElements: ReadonlySet<string> = new Set([
  'udiCarrier',
  'serialNumber',
  'lotNumber',
  'distinctIdentifier',
])

/** Who gives care and who pays is found by the identifier (CRD hook-1). */
export const keepsIdentifier: ReadonlySet<string> = new Set([
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Location',
  'HealthcareService',
  'Medication',
])

/** Elements of R4 that someone may have typed into; a Coding's `display` and a concept's `text` among them. */
export const freeText: ReadonlySet<string> = new Set([
  'text',
  'display',
  'comment',
  'note',
  'description',
  'title',
  'patientInstruction',
  'instruction',
  'contentString',
  'valueString',
  'valueMarkdown',
  'conclusion',
  'summary',
  'div',
  'details',
  'data',
  'presentedForm',
  'authorString',
  'investigation',
  'preparation',
])

/** Names that are the patient's own. */
export const namedForThePatient: ReadonlySet<string> = new Set([
  'CareTeam.name',
  'Group.name',
  'Account.name',
])
