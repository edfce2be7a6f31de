import { hasCode } from '../fhir/coding'
import { bestName, familyName } from '../fhir/person'
import { type FhirJson, type JsonObject, list, objects, text } from '../json'
import type { Payer, PayerIdentifier } from '../payer-directory'
import { fail, ok, type Result } from '../result'

/** The two policies of the HRex Consent. */
export type Sensitivity = 'regular' | 'sensitive'

/** How the patient's agreement is stated to the payer (HRex Consent). Made only on the user's explicit say. */
export interface Agreement {
  /** The person who confirms it: name for people. */
  readonly confirmedBy: string
  /** The organization that receives the data, by name. */
  readonly recipient: string
  /** FHIR dates: from, and the last day. */
  readonly start: string
  readonly end: string
  /** A new UUID for the record of the agreement. */
  readonly id: string
  /** `regular`: nothing under special protection. Chosen by the user, never changed on the way (HRex mm-11). */
  readonly sensitivity: Sensitivity
}

export interface MemberQuestion {
  readonly payer: Payer
  /** The chart's Patient. */
  readonly patient: FhirJson
  /** The chart's Coverage with this payer. */
  readonly coverage?: FhirJson
  /** Typed by the user: goes before what the Coverage says (PDex §57). */
  readonly memberId?: string
  /** Where the card has one besides the member id; it may stand alone (PDex §58). */
  readonly subscriberId?: string
  readonly agreement?: Agreement
}

const V2_0203 = 'http://terminology.hl7.org/CodeSystem/v2-0203'
const HREX = 'http://hl7.org/fhir/us/davinci-hrex'
const MEMBER = { reference: 'Patient/member-patient' }

/** Member id that a chart's Coverage carries: its MB identifier, else subscriberId. */
export const coverageMemberId = (coverage: FhirJson | undefined): string | undefined =>
  text(memberIdentifier(coverage), 'value') ?? text(coverage, 'subscriberId')

/** Subscriber id that a chart's Coverage carries besides a member id of another value. */
export function coverageSubscriberId(coverage: FhirJson | undefined): string | undefined {
  const subscriberId = text(coverage, 'subscriberId')
  return subscriberId === coverageMemberId(coverage) ? undefined : subscriberId
}

const memberIdentifier = (coverage: FhirJson | undefined): JsonObject | undefined =>
  objects(coverage, 'identifier').find((i) => hasCode(i.type, 'MB') && text(i, 'value') !== undefined)

/**
 * The Parameters of `$member-match` (HRex `hrex-parameters-member-match-in`), with no more about the patient than the profile
 * asks for, and ids of their own: the chart's stay here. Refused where the chart lacks what every matcher needs.
 */
export function memberMatchParameters(question: MemberQuestion): Result<FhirJson> {
  const patient = memberPatient(question.patient)
  if (!patient.ok) return patient
  const coverage = coverageToMatch(question)
  if (!coverage.ok) return coverage
  const parameter = [
    { name: 'MemberPatient', resource: patient.value },
    { name: 'CoverageToMatch', resource: coverage.value },
    ...(question.payer.coverageToLink === true ? [{ name: 'CoverageToLink', resource: coverage.value }] : []),
    ...(question.agreement
      ? [{ name: 'Consent', resource: consent(question.payer, question.agreement) }]
      : []),
  ]
  return ok({ resourceType: 'Parameters', parameter })
}

/** A member as a card names it, with what a match would ask of the patient: for the site's relay, which compares them. */
export function cardMemberParameters(
  patient: FhirJson,
  identifier: PayerIdentifier | undefined,
  reference: string | undefined,
): Result<FhirJson> {
  const member = memberPatient(patient)
  if (!member.ok) return member
  const parameter = [
    { name: 'MemberPatient', resource: member.value },
    ...(identifier ? [{ name: 'MemberIdentifier', valueIdentifier: { ...identifier } }] : []),
    ...(reference === undefined ? [] : [{ name: 'MemberId', valueReference: { reference } }]),
  ]
  return ok({ resourceType: 'Parameters', parameter })
}

const missing = (message: string): Result<never> =>
  fail({ kind: 'refused', rule: 'member-match-input', message })

/** HRex patient demographics: family and given name, birth date, gender or birth sex (hrex-pat-1). */
function memberPatient(patient: FhirJson): Result<FhirJson> {
  const name = bestName(patient)
  const family = familyName(name)
  const given = list(name, 'given').filter((part) => typeof part === 'string' && part !== '')
  if (family === undefined || given.length === 0)
    return missing(
      "The chart does not state the patient's given and family name, which a payer needs to find a member.",
    )
  const birthDate = text(patient, 'birthDate')
  if (birthDate === undefined)
    return missing("The chart does not state the patient's birth date, which a payer needs to find a member.")
  const gender = text(patient, 'gender')
  const birthSex = objects(patient, 'extension').filter((e) => text(e, 'url')?.endsWith('/us-core-birthsex'))
  return ok({
    resourceType: 'Patient',
    id: 'member-patient',
    ...(birthSex.length > 0 && { extension: birthSex }),
    name: [{ family, given }],
    gender: gender ?? 'unknown',
    birthDate,
  })
}

/** The chart's Coverage less all that refers to the chart. Without one: what the user typed. */
function coverageToMatch(question: MemberQuestion): Result<FhirJson> {
  const { payer, coverage, memberId } = question
  const own = memberIdentifier(coverage)
  const id = memberId ?? text(own, 'value')
  // What was typed for the one id is not sent beside an older one of the chart for the other.
  const subscriberId = question.subscriberId ?? memberId ?? text(coverage, 'subscriberId')
  if (id === undefined && subscriberId === undefined)
    return missing('No member id is known. Enter the one on the member card.')
  const identifier = {
    type: { coding: [{ system: V2_0203, code: 'MB' }] },
    ...(own?.system !== undefined && { system: own.system }),
    value: id,
  }
  const period = coverage?.period
  const plans = objects(coverage, 'class').filter((c) => hasCode(c.type, 'group') || hasCode(c.type, 'plan'))
  return ok({
    resourceType: 'Coverage',
    id: 'coverage-to-match',
    ...(id !== undefined && { identifier: [identifier] }),
    status: text(coverage, 'status') ?? 'active',
    ...(subscriberId !== undefined && { subscriberId }),
    beneficiary: MEMBER,
    // HRex 1..1, extensible: words where the chart does not say.
    relationship: coverage?.relationship ?? { text: 'Not stated' },
    ...(period !== undefined && { period }),
    payor: [payerReference(payer)],
    ...(plans.length > 0 && { class: plans }),
  })
}

function payerReference(payer: Payer): JsonObject {
  const identifier = payer.identifiers[0]
  return { ...(identifier && { identifier: { ...identifier } }), display: payer.name }
}

const concept = (system: string, code: string): JsonObject => ({ coding: [{ system, code }] })
const TERMS = 'http://terminology.hl7.org/CodeSystem'

/** HRex Consent, with the policy that the user chose. */
function consent(payer: Payer, agreement: Agreement): FhirJson {
  return {
    resourceType: 'Consent',
    status: 'active',
    scope: concept(`${TERMS}/consentscope`, 'patient-privacy'),
    category: [concept(`${TERMS}/v3-ActCode`, 'IDSCL')],
    patient: MEMBER,
    performer: [MEMBER],
    sourceReference: {
      type: 'DocumentReference',
      identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${agreement.id}` },
      display: `The patient's agreement, confirmed by ${agreement.confirmedBy}`,
    },
    policy: [{ uri: `${HREX}/StructureDefinition-hrex-consent.html#${agreement.sensitivity}` }],
    provision: {
      type: 'permit',
      period: { start: agreement.start, end: agreement.end },
      actor: [
        {
          role: concept(`${TERMS}/provenance-participant-type`, 'performer'),
          reference: payerReference(payer),
        },
        {
          role: concept(`${TERMS}/v3-ParticipationType`, 'IRCP'),
          reference: { display: agreement.recipient },
        },
      ],
      action: [concept(`${TERMS}/consentaction`, 'disclose')],
    },
  }
}
