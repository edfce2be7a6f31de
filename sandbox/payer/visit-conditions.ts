import { workdaysBetween } from '../front-desk/calendar'
import { codingsOf, isOneOf } from './codings'
import type { Circumstances } from './conditions'
import { at, isObject, type JsonObject, localReference, objectsIn, textOf } from './json'
import { dateOfService } from './standing'

/** What is asked about: the order, and the appointment that it was booked by where there is one. */
export const askedAbout = ({ order, booked }: Circumstances): readonly JsonObject[] =>
  booked === order ? [order] : [order, booked]

/** The day of the service: the appointment's, else the order's. */
export const dayOfService = ({ order, booked }: Circumstances): string | undefined =>
  dateOfService(booked) ?? dateOfService(order)

/** References of the places where it is to be done. */
const placesOf = (resource: JsonObject): readonly JsonObject[] =>
  [
    ...objectsIn(resource.locationReference),
    ...objectsIn(resource.participant).map(({ actor }) => actor),
    ...objectsIn(resource.location).map(({ location }) => location),
  ]
    .filter(isObject)
    .filter(({ reference }) => localReference(reference)?.startsWith('Location/'))

/** Names of the places: as the reference says, as the place that was sent is called, and in words. */
export function placeNames(circumstances: Circumstances): readonly string[] {
  const asked = askedAbout(circumstances)
  const references = asked.flatMap(placesOf)
  const locals = references.map(({ reference }) => localReference(reference))
  const sent = circumstances.sent.filter(({ resourceType, id }) => locals.includes(`${resourceType}/${id}`))
  return [
    ...sent.map(({ name }) => name),
    ...references.map(({ display }) => display),
    ...asked.flatMap(({ locationCode }) => objectsIn(locationCode).map(({ text }) => text)),
  ].flatMap((name) => textOf(name) ?? [])
}

/** Whether it is done at one of these places, by name. */
export const isAt = (places: readonly string[], circumstances: Circumstances): boolean =>
  placeNames(circumstances).some((name) =>
    places.some((place) => place.toLowerCase() === name.trim().toLowerCase()),
  )

/** Whether the day of the service is fewer working days away than this. */
export function isSooner(workdays: number, circumstances: Circumstances): boolean {
  const day = dayOfService(circumstances)
  return day !== undefined && workdaysBetween(circumstances.today, day) < workdays
}

const isAbout = (resource: JsonObject, keys: readonly string[], { sent, systems }: Circumstances): boolean =>
  codingsOf(resource, sent).some((coding) => isOneOf(coding, keys, systems))

/** Whether the payer knows of another visit for one of these on the day of the service. */
export function isSecondThatDay(keys: readonly string[], circumstances: Circumstances): boolean {
  const day = dayOfService(circumstances)
  return circumstances.records
    .filter(({ resourceType }) => resourceType === 'Encounter')
    .some((visit) => dateOfService(visit) === day && isAbout(visit, keys, circumstances))
}

/** The number of the authorization that the payer has on file for one of these. */
export const authorizationFor = (
  keys: readonly string[],
  { records, systems }: Circumstances,
): string | undefined =>
  records
    .filter(({ resourceType, use }) => resourceType === 'ExplanationOfBenefit' && use === 'preauthorization')
    .filter((authorization) =>
      objectsIn(authorization.item)
        .flatMap(({ productOrService }) => objectsIn(at(productOrService, 'coding')))
        .some((coding) => isOneOf(coding, keys, systems)),
    )
    .map((authorization) => textOf(at(authorization, 'preAuthRef', 0)))
    .find(Boolean)

/** Whether nobody ordered it: an order is itself the referral. */
export const hasNoReferral = ({ booked, order }: Circumstances): boolean =>
  ['Appointment', 'Encounter'].includes(String(order.resourceType)) && objectsIn(booked.basedOn).length === 0
