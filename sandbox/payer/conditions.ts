import { daysAfter } from '../front-desk/calendar'
import { codingsOf, isOneOf, type Systems } from './codings'
import type { Hook } from './hooks'
import { at, type JsonObject, localReference, objectsIn, textOf } from './json'
import { type Provider, performersOf, providerOf } from './network'
import {
  askedAbout,
  authorizationFor,
  hasNoReferral,
  isAt,
  isSecondThatDay,
  isSooner,
  placeNames,
} from './visit-conditions'

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
  /** No order stands behind the visit. */
  | 'no-referral'
  /** At one of these places, by name. */
  | { readonly places: readonly string[] }
  /** Fewer working days from today than this. */
  | { readonly workdaysUnder: number }
  /** One of these was done so many times in the last twelve months. */
  | { readonly timesDone: readonly string[]; readonly atLeast: number }
  /** Another visit for one of these is on file for the same day. */
  | { readonly sameDay: readonly string[] }
  /** One of these is authorized already. */
  | { readonly authorized: readonly string[] }
  | { readonly not: Condition }
  | { readonly all: readonly Condition[] }

/** Everything that conditions look at. */
export interface Circumstances {
  readonly order: JsonObject
  /** The appointment that the order was booked by; the order itself where there is none. */
  readonly booked: JsonObject
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

const inHospital = (circumstances: Circumstances): boolean => {
  const coded = askedAbout(circumstances)
    .flatMap(({ locationCode }) => objectsIn(locationCode))
    .flatMap(({ coding }) => objectsIn(coding))
  return (
    coded.some(({ code }) => HOSPITAL.includes(String(code))) ||
    placeNames(circumstances).some((name) => /\bhospital\b/i.test(name))
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

/** How many times one of the codes was done in the last twelve months. */
function timesDone(keys: readonly string[], circumstances: Circumstances): number {
  const from = daysAfter(circumstances.today, -365)
  return known(circumstances, ['Procedure'], keys).filter((record) => (dayOf(record) ?? '') >= from).length
}

/** The latest day within `days` on which one of the codes was done or found; undefined when there is none. */
export function lastDone(
  keys: readonly string[],
  days: number,
  circumstances: Circumstances,
): string | undefined {
  const from = daysAfter(circumstances.today, -days)
  return known(circumstances, DONE, keys)
    .flatMap((record) => dayOf(record) ?? [])
    .filter((day) => day >= from && day <= circumstances.today)
    .sort()
    .at(-1)
}

/** The first performer whom the payer lists as outside its network. */
export function outsiderIn(circumstances: Circumstances): Provider | undefined {
  const { dispatchedTo, sent, directory } = circumstances
  return askedAbout(circumstances)
    .flatMap((resource) => performersOf(resource, dispatchedTo))
    .map((performer) => providerOf(performer, sent, directory))
    .find((provider) => provider && !provider.inNetwork)
}

function holdsIn(condition: Exclude<Condition, string>, circumstances: Circumstances): boolean {
  if ('not' in condition) return !holds(condition.not, circumstances)
  if ('all' in condition) return condition.all.every((each) => holds(each, circumstances))
  if ('quantityOver' in condition) return (quantityOf(circumstances.order) ?? 0) > condition.quantityOver
  if ('recent' in condition) return lastDone(condition.recent, condition.days, circumstances) !== undefined
  if ('untried' in condition) return known(circumstances, TAKEN, condition.untried).length === 0
  if ('places' in condition) return isAt(condition.places, circumstances)
  if ('workdaysUnder' in condition) return isSooner(condition.workdaysUnder, circumstances)
  if ('timesDone' in condition) return timesDone(condition.timesDone, circumstances) >= condition.atLeast
  if ('sameDay' in condition) return isSecondThatDay(condition.sameDay, circumstances)
  if ('authorized' in condition) return authorizationFor(condition.authorized, circumstances) !== undefined
  return condition.hooks.includes(circumstances.hook)
}

/** Whether a condition of the rules holds. */
export function holds(condition: Condition | undefined, circumstances: Circumstances): boolean {
  const { order } = circumstances
  if (typeof condition === 'object') return holdsIn(condition, circumstances)
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
        circumstances.booked.resourceType !== 'Appointment' &&
        performersOf(order, circumstances.dispatchedTo).length === 0
      )
    case 'no-location':
      return (
        !order.locationCode && !order.locationReference && !participates(circumstances.booked, 'Location')
      )
    case 'no-referral':
      return hasNoReferral(circumstances)
    case 'hospital':
      return inHospital(circumstances)
    case 'out-of-network':
      return outsiderIn(circumstances) !== undefined
    case 'determination':
      return circumstances.determination
  }
}
