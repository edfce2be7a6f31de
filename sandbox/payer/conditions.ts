import { codingsOf, isOneOf, type Systems } from './codings'
import type { Hook } from './hooks'
import { at, isObject, type JsonObject, localReference, objectsIn, textOf } from './json'
import { type Provider, performersOf, providerOf } from './network'

/** What must be true for an answer or a card of the rules. */
export type Condition =
  | 'rental'
  | 'purchase'
  | 'no-performer'
  | 'no-location'
  | 'hospital'
  | 'out-of-network'
  | 'determination'
  /** More is ordered than this. */
  | { readonly quantityOver: number }
  /** One of these was done or found at most so many days ago. */
  | { readonly recent: readonly string[]; readonly days: number }
  /** None of these was ever ordered or dispensed. */
  | { readonly untried: readonly string[] }
  | { readonly hooks: readonly Hook[] }

/** Everything that conditions look at. */
export interface Circumstances {
  readonly order: JsonObject
  readonly hook: Hook
  /** Whether the caller takes unsolicited determinations. */
  readonly determination: boolean
  readonly dispatchedTo: string | undefined
  /** Resources of the prefetch. */
  readonly sent: readonly JsonObject[]
  /** What the payer itself holds about the member. */
  readonly records: readonly JsonObject[]
  readonly directory: readonly Provider[]
  readonly systems: Systems
  /** Today, `YYYY-MM-DD`. */
  readonly today: string
}

/** CMS places of service that are a hospital's: off and on campus, inpatient, emergency. */
const HOSPITAL = ['19', '21', '22', '23']

const inHospital = ({ order, sent }: Circumstances): boolean => {
  const references = [
    ...objectsIn(order.locationReference),
    ...objectsIn(order.participant).map(({ actor }) => actor),
    ...objectsIn(order.location).map(({ location }) => location),
  ].filter(isObject)
  const locals = references
    .map(({ reference }) => localReference(reference))
    .filter((r) => r?.startsWith('Location/'))
  const places = sent.filter(({ resourceType, id }) => locals.includes(`${resourceType}/${id}`))
  const names = [
    ...places.map(({ name }) => name),
    ...references
      .filter(({ reference }) => String(reference).includes('Location/'))
      .map(({ display }) => display),
    ...objectsIn(order.locationCode).map(({ text }) => text),
  ]
  const coded = objectsIn(order.locationCode).flatMap(({ coding }) => objectsIn(coding))
  return (
    coded.some(({ code }) => HOSPITAL.includes(String(code))) ||
    names.some((name) => /\bhospital\b/i.test(textOf(name) ?? ''))
  )
}

const participates = (appointment: JsonObject, type: string): boolean =>
  objectsIn(appointment.participant).some((p) =>
    localReference(at(p, 'actor', 'reference'))?.startsWith(`${type}/`),
  )

/** HCPCS modifier RR, or the word: R4 orders have no element for modifiers, and clients may have no field for it. */
function isRental(order: JsonObject): boolean {
  const details = [
    ...objectsIn(order.parameter).map((p) => p.valueCodeableConcept),
    ...objectsIn(order.orderDetail),
  ]
  const coded = details
    .flatMap((detail) => objectsIn(at(detail, 'coding')))
    .some((coding) => coding.code === 'RR')
  return coded || /\brental\b/i.test(String(at(order.codeCodeableConcept ?? order.code, 'text') ?? ''))
}

/** How many are ordered; undefined when the order does not say. */
function quantityOf(order: JsonObject): number | undefined {
  const value =
    at(order, 'quantityQuantity', 'value') ??
    at(order, 'dispenseRequest', 'quantity', 'value') ??
    objectsIn(order.parameter)
      .map((parameter) => at(parameter, 'valueQuantity', 'value'))
      .find((quantity) => quantity !== undefined) ??
    (order.resourceType === 'VisionPrescription' ? objectsIn(order.lensSpecification).length : undefined)
  return typeof value === 'number' ? value : undefined
}

const DATES = ['effectiveDateTime', 'performedDateTime', 'occurrenceDateTime', 'whenHandedOver', 'authoredOn']

/** The day something was done or found, `YYYY-MM-DD`. */
const dayOf = (record: JsonObject): string | undefined =>
  (
    DATES.map((field) => textOf(record[field])).find(Boolean) ??
    textOf(at(record, 'effectivePeriod', 'start')) ??
    textOf(at(record, 'performedPeriod', 'start'))
  )?.slice(0, 10)

const DONE = ['Observation', 'Procedure', 'DiagnosticReport', 'Immunization']
const TAKEN = ['MedicationRequest', 'MedicationDispense', 'MedicationStatement', 'MedicationAdministration']

const known = (circumstances: Circumstances, types: readonly string[], keys: readonly string[]) =>
  [...circumstances.records, ...circumstances.sent]
    .filter((record) => types.includes(String(record.resourceType)) && record.id !== circumstances.order.id)
    .filter((record) =>
      [...codingsOf(record, circumstances.sent), ...objectsIn(at(record, 'vaccineCode', 'coding'))].some(
        (coding) => isOneOf(coding, keys, circumstances.systems),
      ),
    )

/** The latest day within `days` on which one of the codes was done or found; undefined when there is none. */
export function lastDone(
  keys: readonly string[],
  days: number,
  circumstances: Circumstances,
): string | undefined {
  const from = new Date(Date.parse(circumstances.today) - days * 86_400_000).toISOString().slice(0, 10)
  return known(circumstances, DONE, keys)
    .flatMap((record) => dayOf(record) ?? [])
    .filter((day) => day >= from && day <= circumstances.today)
    .sort()
    .at(-1)
}

/** The first performer whom the payer lists as outside its network. */
export function outsiderIn({ order, dispatchedTo, sent, directory }: Circumstances): Provider | undefined {
  return performersOf(order, dispatchedTo)
    .map((performer) => providerOf(performer, sent, directory))
    .find((provider) => provider && !provider.inNetwork)
}

/** Whether a condition of the rules holds. */
export function holds(condition: Condition | undefined, circumstances: Circumstances): boolean {
  const { order, hook } = circumstances
  if (typeof condition === 'object') {
    if ('quantityOver' in condition) return (quantityOf(order) ?? 0) > condition.quantityOver
    if ('recent' in condition) return lastDone(condition.recent, condition.days, circumstances) !== undefined
    if ('untried' in condition) return known(circumstances, TAKEN, condition.untried).length === 0
    return condition.hooks.includes(hook)
  }
  switch (condition) {
    case undefined:
      return true
    case 'rental':
      return isRental(order)
    case 'purchase':
      return !isRental(order)
    case 'no-performer':
      // An appointment always names a primary performer; it would not have been taken otherwise.
      return (
        order.resourceType !== 'Appointment' && performersOf(order, circumstances.dispatchedTo).length === 0
      )
    case 'no-location':
      return !order.locationCode && !order.locationReference && !participates(order, 'Location')
    case 'hospital':
      return inHospital(circumstances)
    case 'out-of-network':
      return outsiderIn(circumstances) !== undefined
    case 'determination':
      return circumstances.determination
  }
}
