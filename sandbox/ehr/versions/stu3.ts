import type { Json } from '../../fhir/elements'
import { documentAsSTU3 } from './document'
import { asCode, codeOf, eachAs, firstAs, listOf, renamed, type TypeMapping } from './mapping'

const VERIFICATION = { unconfirmed: 'provisional' }

const TAKEN: Readonly<Record<string, string>> = { active: 'y', completed: 'y', 'not-taken': 'n' }

const NOT_IN_STU3: Readonly<Record<string, string>> = { unknown: 'active', 'not-taken': 'stopped' }

/** R4 moved the dose into `doseAndRate`. */
function dosage(item: Json): Json {
  const { doseAndRate, ...rest } = item
  const { type: _, ...dose } = listOf(doseAndRate)[0] ?? {}
  return { ...rest, ...dose }
}

/** STU3 knows four names of a class by element, not by code. */
const GROUPINGS: Readonly<Record<string, readonly [value: string, name: string]>> = {
  group: ['group', 'groupDisplay'],
  subgroup: ['subGroup', 'subGroupDisplay'],
  plan: ['plan', 'planDisplay'],
  subplan: ['subPlan', 'subPlanDisplay'],
  class: ['class', 'classDisplay'],
}

function grouping(classes: unknown): Json {
  const parts = listOf(classes).flatMap((item) => {
    const names = GROUPINGS[codeOf(item.type) ?? '']
    if (names === undefined) return []
    return [{ [names[0]]: item.value, ...(item.name === undefined ? {} : { [names[1]]: item.name }) }]
  })
  return parts.length === 0 ? {} : { grouping: Object.assign({}, ...parts) as Json }
}

/** The types that the STU3 EHR serves, and what became of their elements in R4. */
export const STU3_TYPES: Readonly<Record<string, TypeMapping>> = {
  Patient: {
    keep: [
      'identifier',
      'active',
      'name',
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
      'contact',
      'communication',
      'generalPractitioner',
      'managingOrganization',
      'link',
    ],
  },
  Practitioner: {
    keep: [
      'identifier',
      'active',
      'name',
      'telecom',
      'address',
      'gender',
      'birthDate',
      'photo',
      'qualification',
      'communication',
    ],
  },
  PractitionerRole: {
    keep: [
      'identifier',
      'active',
      'period',
      'practitioner',
      'organization',
      'code',
      'specialty',
      'location',
      'healthcareService',
      'telecom',
    ],
  },
  Organization: {
    keep: ['identifier', 'active', 'type', 'name', 'alias', 'telecom', 'address', 'partOf', 'contact'],
  },
  Location: {
    keep: [
      'identifier',
      'status',
      'operationalStatus',
      'name',
      'alias',
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
      'class',
      'type',
      'priority',
      'subject',
      'participant',
      'period',
      'length',
      'location',
      'serviceProvider',
      'partOf',
    ],
    change: { reasonCode: renamed('reason'), appointment: firstAs('appointment') },
  },
  Coverage: {
    keep: [
      'identifier',
      'status',
      'type',
      'policyHolder',
      'subscriber',
      'subscriberId',
      'beneficiary',
      'dependent',
      'relationship',
      'period',
      'payor',
      'order',
      'network',
      'contract',
    ],
    change: { class: grouping },
  },
  Condition: {
    keep: [
      'identifier',
      'category',
      'severity',
      'code',
      'bodySite',
      'subject',
      'onsetDateTime',
      'onsetAge',
      'onsetPeriod',
      'onsetString',
      'abatementDateTime',
      'abatementString',
      'asserter',
      'note',
    ],
    change: {
      clinicalStatus: asCode('clinicalStatus'),
      verificationStatus: asCode('verificationStatus', VERIFICATION),
      encounter: renamed('context'),
      recordedDate: renamed('assertedDate'),
    },
  },
  AllergyIntolerance: {
    keep: [
      'identifier',
      'type',
      'category',
      'criticality',
      'code',
      'patient',
      'onsetDateTime',
      'onsetString',
      'recorder',
      'asserter',
      'lastOccurrence',
      'note',
      'reaction',
    ],
    change: {
      clinicalStatus: asCode('clinicalStatus'),
      verificationStatus: asCode('verificationStatus'),
      recordedDate: renamed('assertedDate'),
    },
    add: ({ verificationStatus }) =>
      verificationStatus === undefined ? { verificationStatus: 'unconfirmed' } : {},
  },
  MedicationStatement: {
    keep: [
      'identifier',
      'medicationCodeableConcept',
      'medicationReference',
      'subject',
      'context',
      'effectiveDateTime',
      'effectivePeriod',
      'dateAsserted',
      'informationSource',
      'reasonCode',
      'note',
    ],
    change: {
      status: (status) => ({ status: NOT_IN_STU3[String(status)] ?? status }),
      dosage: eachAs('dosage', dosage),
    },
    add: ({ status }) => ({ taken: TAKEN[String(status)] ?? 'unk' }),
  },
  Procedure: {
    keep: [
      'identifier',
      'category',
      'code',
      'subject',
      'performedDateTime',
      'performedPeriod',
      'location',
      'reasonCode',
      'bodySite',
      'outcome',
      'note',
    ],
    change: {
      status: (status) => (status === 'not-done' ? { status: 'completed', notDone: true } : { status }),
      encounter: renamed('context'),
      performer: eachAs('performer', ({ function: role, ...rest }) => ({
        ...rest,
        ...(role ? { role } : {}),
      })),
    },
  },
  DocumentReference: { keep: [], add: documentAsSTU3 },
  Binary: { keep: ['contentType', 'securityContext'], change: { data: renamed('content') } },
}
