import { at, isObject, type JsonObject, objectsIn, textOf } from './json'
import type { Payer } from './payer'
import { type Refusal, refuse } from './refusal'

/** The resources of a member-match call, checked. */
export interface MatchInput {
  readonly patient: JsonObject
  readonly coverage: JsonObject
  readonly consent: JsonObject | undefined
}

const NAMES = ['MemberPatient', 'CoverageToMatch', 'CoverageToLink', 'Consent']

const TYPES: Readonly<Record<string, string>> = {
  MemberPatient: 'Patient',
  CoverageToMatch: 'Coverage',
  CoverageToLink: 'Coverage',
  Consent: 'Consent',
}

const BIRTH_SEX = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex'

function checkPatient(patient: JsonObject, memberSystem: string): Refusal | undefined {
  const names = objectsIn(patient.name)
  const missing = [
    ...(names.some((name) => textOf(name.family)) ? [] : ['name.family']),
    ...(names.some((name) => Array.isArray(name.given) && name.given.length > 0) ? [] : ['name.given']),
    ...(textOf(patient.birthDate) ? [] : ['birthDate']),
    // hrex-pat-1
    ...(textOf(patient.gender) || objectsIn(patient.extension).some(({ url }) => url === BIRTH_SEX)
      ? []
      : ['gender or birth sex']),
  ]
  if (missing.length > 0) return refuse(422, 'required', `MemberPatient lacks ${missing.join(', ')}`)
  const known = objectsIn(patient.identifier).some(
    (identifier) =>
      identifier.system === memberSystem &&
      objectsIn(at(identifier, 'type', 'coding')).some(({ code }) => code === 'UMB'),
  )
  return known
    ? refuse(422, 'business-rule', 'MemberPatient already has the UMB identifier that is asked for')
    : undefined
}

const isMemberNumber = (identifier: JsonObject): boolean =>
  objectsIn(at(identifier, 'type', 'coding')).some(({ code }) => code === 'MB') &&
  textOf(identifier.value) !== undefined

function checkCoverage(coverage: JsonObject, payer: Payer): Refusal | undefined {
  const missing = [
    ...(objectsIn(coverage.identifier).some(isMemberNumber) || textOf(coverage.subscriberId)
      ? []
      : ['an identifier of type MB or subscriberId']),
    ...(isObject(coverage.relationship) ? [] : ['relationship']),
    ...(textOf(coverage.status) ? [] : ['status']),
    ...(objectsIn(coverage.payor).length === 1 ? [] : ['exactly one payor']),
  ]
  if (missing.length > 0) return refuse(422, 'required', `CoverageToMatch lacks ${missing.join(', ')}`)
  const named = at(coverage, 'payor', 0, 'identifier', 'value')
  if (named !== undefined && named !== payer.identifier.value)
    return refuse(422, 'business-rule', `CoverageToMatch is not with ${payer.title}`)
  return undefined
}

/** HRex mm-6: references to the patient are local and lead to MemberPatient. */
function checkLocal(name: string, reference: unknown, patient: JsonObject): Refusal | undefined {
  return textOf(patient.id) && reference === `Patient/${patient.id}`
    ? undefined
    : refuse(422, 'value', `${name} must refer to MemberPatient as Patient/ and its id`)
}

/** Reads the Parameters of `Patient/$member-match`: HRex 1.2, or 1.0 where the payer demands a Consent. */
export function readMatchInput(body: unknown, payer: Payer): MatchInput | Refusal {
  if (at(body, 'resourceType') !== 'Parameters')
    return refuse(400, 'structure', 'the body must be a Parameters resource')
  const resources = new Map<string, JsonObject>()
  for (const parameter of objectsIn(at(body, 'parameter'))) {
    const name = textOf(parameter.name) ?? ''
    if (!NAMES.includes(name))
      return refuse(422, 'value', `there is no parameter ${name || 'without a name'}`)
    if (resources.has(name)) return refuse(422, 'value', `the parameter ${name} is there twice`)
    if (!isObject(parameter.resource) || parameter.resource.resourceType !== TYPES[name])
      return refuse(422, 'value', `the parameter ${name} must hold a ${TYPES[name]}`)
    resources.set(name, parameter.resource)
  }
  const [patient, coverage, consent] = ['MemberPatient', 'CoverageToMatch', 'Consent'].map((name) =>
    resources.get(name),
  )
  if (!patient) return refuse(422, 'required', 'the parameter MemberPatient is missing')
  if (!coverage) return refuse(422, 'required', 'the parameter CoverageToMatch is missing')
  if (!consent && payer.memberMatch.consent === 'required')
    return refuse(422, 'required', 'the parameter Consent is missing')
  if (!resources.has('CoverageToLink') && payer.memberMatch.coverageToLink === 'required')
    return refuse(422, 'required', 'the parameter CoverageToLink is missing')
  const refusal =
    checkPatient(patient, payer.memberSystem) ??
    checkCoverage(coverage, payer) ??
    checkLocal('CoverageToMatch.beneficiary', at(coverage, 'beneficiary', 'reference'), patient) ??
    (consent && checkLocal('Consent.patient', at(consent, 'patient', 'reference'), patient))
  return refusal ?? { patient, coverage, consent }
}
