import { at, isObject, type JsonObject, localReference, objectsIn, resourcesIn, textOf } from './json'
import type { Identifier, Payer } from './payer'
import { type Refusal, refuse } from './refusal'

/** What a payer needs before it can answer; what else it asks for is welcome and not demanded. */
const NEEDED = ['patient', 'coverage'] as const

/** Checks the keys: only those that were asked for (CRD facts A4), and the ones that an answer needs (412 otherwise). */
export function checkKeys(service: JsonObject, prefetch: unknown): Refusal | undefined {
  if (prefetch !== undefined && !isObject(prefetch))
    return refuse(400, 'structure', 'prefetch must be an object')
  const asked = isObject(service.prefetch) ? service.prefetch : {}
  const extra = Object.keys(prefetch ?? {}).filter((key) => !(key in asked))
  if (extra.length > 0)
    return refuse(400, 'value', `prefetch has what was not asked for: ${extra.join(', ')}`)
  const missing = NEEDED.filter(
    (key) => at(prefetch, key) === undefined || (key === 'patient' && at(prefetch, key) === null),
  )
  return missing.length > 0
    ? refuse(412, 'incomplete', `prefetch is needed and missing: ${missing.join(', ')}`)
    : undefined
}

/** Checks that prefetch.patient is the patient of the context. */
export function checkPatient(prefetch: unknown, patientId: string): Refusal | undefined {
  const patient = at(prefetch, 'patient')
  if (at(patient, 'resourceType') !== 'Patient')
    return refuse(400, 'structure', 'prefetch.patient must be a Patient')
  return at(patient, 'id') === patientId
    ? undefined
    : refuse(400, 'business-rule', 'prefetch.patient is not the patient of the context')
}

const sameIdentifier = (found: unknown, wanted: Identifier): boolean =>
  at(found, 'system') === wanted.system && at(found, 'value') === wanted.value

/** Whether a Coverage's payor is this payer: by identifier on the reference, in a contained Organization, or in an Organization sent along. */
function isOurs(coverage: JsonObject, payer: Payer, sent: readonly JsonObject[]): boolean {
  return objectsIn(coverage.payor).some((payor) => {
    if (sameIdentifier(payor.identifier, payer.identifier)) return true
    const reference = textOf(payor.reference) ?? ''
    const organization = reference.startsWith('#')
      ? objectsIn(coverage.contained).find((resource) => `#${resource.id}` === reference)
      : sent.find((resource) => `${resource.resourceType}/${resource.id}` === localReference(reference))
    if (organization)
      return objectsIn(organization.identifier).some((identifier) =>
        sameIdentifier(identifier, payer.identifier),
      )
    // Nothing but a name: a payer without the EHR's token has no other way to know itself.
    return !payor.identifier && payor.display === payer.title
  })
}

/** The one active Coverage of the prefetch, or the refusal: none, several, for somebody else, or another payer's (CRD facts A5: wrong payer is 400). */
export function soleCoverage(
  prefetch: unknown,
  payer: Payer,
  patientId: string,
  today: string,
): { readonly coverage: JsonObject } | { readonly refusal: Refusal } {
  const no = (text: string) => ({ refusal: refuse(400, 'business-rule', text) })
  const bundle = at(prefetch, 'coverage')
  if (bundle !== null && (at(bundle, 'resourceType') !== 'Bundle' || at(bundle, 'type') !== 'searchset'))
    return { refusal: refuse(400, 'structure', 'prefetch.coverage must be a searchset Bundle or null') }
  const coverages = resourcesIn(bundle).filter((resource) => resource.resourceType === 'Coverage')
  const active = coverages.filter((coverage) => coverage.status === 'active')
  const [coverage] = active
  if (!coverage) return no('prefetch.coverage holds no active Coverage')
  if (active.length > 1)
    return no(`prefetch.coverage holds ${active.length} active Coverages; send the primary one alone`)
  const sent = Object.values(isObject(prefetch) ? prefetch : {}).flatMap((value) => [...resourcesIn(value)])
  if (!isOurs(coverage, payer, sent)) return no(`the Coverage is not with ${payer.title}`)
  if (localReference(at(coverage, 'beneficiary', 'reference')) !== `Patient/${patientId}`)
    return no('the Coverage is for another patient than the context')
  const end = textOf(at(coverage, 'period', 'end'))
  return end && end.slice(0, 10) < today ? no(`the Coverage ended on ${end.slice(0, 10)}`) : { coverage }
}
