import { dispatchedOrders } from './dispatch-check'
import type { Hook } from './hooks'
import { at, isObject, type JsonObject, localReference, objectsIn, resourcesIn, textOf } from './json'
import { checkEncounter, checkOrder } from './order-content'
import type { Identifier, Payer } from './payer'
import { type Refusal, refuse } from './refusal'

/** What a payer needs before it can answer; what else it asks for is welcome and not demanded. */
const needed = (hook: Hook): readonly string[] =>
  hook === 'encounter-start' || hook === 'encounter-discharge'
    ? ['patient', 'coverage', 'encounter']
    : ['patient', 'coverage']

/** Checks the keys: only those that were asked for (CRD facts A4), and the ones that an answer needs (412 otherwise). */
export function checkKeys(hook: Hook, service: JsonObject, prefetch: unknown): Refusal | undefined {
  if (prefetch !== undefined && !isObject(prefetch))
    return refuse(400, 'structure', 'prefetch must be an object')
  const asked = isObject(service.prefetch) ? service.prefetch : {}
  const extra = Object.keys(prefetch ?? {}).filter((key) => !(key in asked))
  if (extra.length > 0)
    return refuse(400, 'value', `prefetch has what was not asked for: ${extra.join(', ')}`)
  const missing = needed(hook).filter(
    (key) => at(prefetch, key) === undefined || (key !== 'coverage' && at(prefetch, key) === null),
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

/** Statuses of an order on its way to a performer; a what-if dispatches drafts. */
const ON_THE_WAY = ['draft', 'active']

/** The resources that only prefetch can carry and the answer is about: the encounter of an encounter hook, the orders of order-dispatch. Refused when wrong, 412 when an order was not sent. */
export function fetchedSubjects(
  hook: Hook,
  request: JsonObject,
): { readonly subjects: readonly JsonObject[] } | { readonly refusal: Refusal } {
  const { context, prefetch } = request
  const patientId = textOf(at(context, 'patientId')) ?? ''
  if (hook === 'encounter-start' || hook === 'encounter-discharge') {
    const encounter = at(prefetch, 'encounter')
    const subject = isObject(encounter) ? encounter : {}
    const refusal = checkEncounter(subject, textOf(at(context, 'encounterId')) ?? '', patientId)
    return refusal ? { refusal } : { subjects: [subject] }
  }
  if (hook !== 'order-dispatch') return { subjects: [] }
  const sent = Object.values(isObject(prefetch) ? prefetch : {}).flatMap((value) => [...resourcesIn(value)])
  const subjects: JsonObject[] = []
  for (const reference of dispatchedOrders(context)) {
    const order = sent.find(({ resourceType, id }) => `${resourceType}/${id}` === reference)
    if (!order)
      return {
        refusal: refuse(412, 'incomplete', `prefetch is needed and missing: the dispatched ${reference}`),
      }
    const refusal = checkOrder(order, patientId, ON_THE_WAY)
    if (refusal) return { refusal }
    subjects.push(order)
  }
  return { subjects }
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
