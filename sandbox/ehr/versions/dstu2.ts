import { isJson, type Json } from '../../fhir/elements'
import { documentAsDSTU2 } from './document'
import { asCode, codeOf, eachAs, firstAs, listOf, notesAs, renamed, type TypeMapping } from './mapping'

/** DSTU2 wrote family names as a list. */
const name = ({ family, ...rest }: Json): Json => ({
  ...rest,
  ...(family === undefined ? {} : { family: [family] }),
})

const CLASSES: Readonly<Record<string, string>> = {
  AMB: 'ambulatory',
  IMP: 'inpatient',
  ACUTE: 'inpatient',
  EMER: 'emergency',
  HH: 'home',
  FLD: 'field',
  SS: 'daytime',
  VR: 'virtual',
}

const CLINICAL = { inactive: 'resolved', recurrence: 'relapse' }

const VERIFICATION = { unconfirmed: 'provisional' }

/** The category of the Argonaut profile for problems; the rest is what DSTU2 itself knows. */
function conditionCategory(value: unknown): Json {
  const coding =
    codeOf(value) === 'problem-list-item'
      ? { system: 'http://argonaut.hl7.org', code: 'problem' }
      : { system: 'http://hl7.org/fhir/condition-category', code: 'diagnosis' }
  return { category: { coding: [coding] } }
}

/** One status where R4 has two. */
function allergyStatus({ clinicalStatus, verificationStatus }: Json): Json {
  const [clinical, verified] = [codeOf(clinicalStatus), codeOf(verificationStatus)]
  const decided = verified === 'refuted' || verified === 'entered-in-error' ? verified : clinical
  return { status: decided ?? 'active' }
}

const CRITICALITY: Readonly<Record<string, string>> = {
  low: 'CRITL',
  high: 'CRITH',
  'unable-to-assess': 'CRITU',
}

const STATEMENTS = new Set(['active', 'completed', 'entered-in-error', 'intended'])

function dosage({ text, timing, route, method, asNeededBoolean, doseAndRate }: Json): Json {
  const quantity = listOf(doseAndRate)[0]?.doseQuantity
  const elements = { text, timing, route, method, asNeededBoolean, quantityQuantity: quantity }
  return Object.fromEntries(Object.entries(elements).filter(([, value]) => value !== undefined))
}

/** The types that the DSTU2 EHR serves, and what became of their elements in R4. It has no Coverage: DSTU2's names no patient. */
export const DSTU2_TYPES: Readonly<Record<string, TypeMapping>> = {
  Patient: {
    keep: [
      'identifier',
      'active',
      'telecom',
      'gender',
      'birthDate',
      'deceasedBoolean',
      'deceasedDateTime',
      'address',
      'maritalStatus',
      'multipleBirthBoolean',
      'multipleBirthInteger',
      'photo',
      'communication',
      'managingOrganization',
    ],
    change: { name: eachAs('name', name), generalPractitioner: renamed('careProvider') },
  },
  Practitioner: {
    keep: [
      'identifier',
      'active',
      'telecom',
      'address',
      'gender',
      'birthDate',
      'photo',
      'qualification',
      'communication',
    ],
    change: { name: (names) => ({ name: name(listOf(names)[0] ?? {}) }) },
  },
  Organization: {
    keep: ['identifier', 'active', 'name', 'telecom', 'address', 'partOf'],
    change: { type: firstAs('type') },
  },
  Location: {
    keep: [
      'identifier',
      'status',
      'name',
      'description',
      'mode',
      'telecom',
      'address',
      'physicalType',
      'position',
      'managingOrganization',
      'partOf',
    ],
    change: { type: firstAs('type') },
  },
  Encounter: {
    keep: [
      'identifier',
      'status',
      'type',
      'priority',
      'participant',
      'period',
      'length',
      'location',
      'serviceProvider',
      'partOf',
    ],
    change: {
      subject: renamed('patient'),
      class: (value) => ({ class: CLASSES[isJson(value) ? String(value.code) : ''] ?? 'other' }),
      reasonCode: renamed('reason'),
      appointment: firstAs('appointment'),
    },
  },
  Condition: {
    keep: [
      'identifier',
      'encounter',
      'asserter',
      'code',
      'severity',
      'onsetDateTime',
      'onsetString',
      'abatementDateTime',
      'abatementString',
      'bodySite',
    ],
    change: {
      subject: renamed('patient'),
      category: conditionCategory,
      clinicalStatus: asCode('clinicalStatus', CLINICAL),
      verificationStatus: asCode('verificationStatus', VERIFICATION),
      recordedDate: (date) => ({ dateRecorded: String(date).slice(0, 10) }),
      note: notesAs('notes'),
    },
    add: ({ verificationStatus }) =>
      verificationStatus === undefined ? { verificationStatus: 'unknown' } : {},
  },
  AllergyIntolerance: {
    keep: ['identifier', 'recorder', 'patient', 'type', 'recordedDate'],
    change: {
      code: renamed('substance'),
      category: firstAs('category'),
      criticality: (value) => ({ criticality: CRITICALITY[String(value)] }),
      reaction: eachAs('reaction', ({ note: _, ...rest }) => rest),
    },
    add: allergyStatus,
  },
  MedicationStatement: {
    keep: [
      'identifier',
      'medicationCodeableConcept',
      'medicationReference',
      'effectiveDateTime',
      'effectivePeriod',
      'dateAsserted',
      'informationSource',
    ],
    change: {
      subject: renamed('patient'),
      status: (status) => ({
        status: STATEMENTS.has(String(status)) ? status : 'completed',
        ...(status === 'not-taken' ? { wasNotTaken: true } : {}),
      }),
      note: notesAs('note'),
      dosage: eachAs('dosage', dosage),
    },
  },
  Procedure: {
    keep: [
      'identifier',
      'category',
      'code',
      'subject',
      'performedDateTime',
      'performedPeriod',
      'encounter',
      'location',
      'bodySite',
      'outcome',
    ],
    change: {
      status: (status) => (status === 'not-done' ? { status: 'completed', notPerformed: true } : { status }),
      performer: eachAs('performer', ({ actor }) => ({ actor })),
      reasonCode: firstAs('reasonCodeableConcept'),
    },
  },
  DocumentReference: { keep: [], add: documentAsDSTU2 },
  Binary: { keep: ['contentType'], change: { data: renamed('content') } },
}
