import type { InvocationRecord } from '../../domain/audit'
import { at, isResource, objects, text } from '../../domain/json'
import { formatDate } from '../../ui'

/** What a kept question was about, as it was asked here: "MRI of the head on 23-Nov-2026 at Suite 4". Codes are a detail (U3). */
export function askedTitle({ entry, payload }: InvocationRecord): string {
  const [about, ...more] = payload.orders.filter(isResource)
  // Nothing but its id was sent.
  if (about === undefined && entry.hook === 'encounter-start') return 'The visit that has begun'
  const what = about && serviceOf(about)
  if (about === undefined || what === undefined || more.length > 0) return entry.title
  const day = dayOf(about)
  const place = placeOf(about)
  return [what, day && `on ${formatDate(day)}`, place && `at ${place}`].filter(Boolean).join(' ')
}

const serviceOf = (about: unknown): string | undefined =>
  [
    at(about, 'serviceType', 0),
    at(about, 'code'),
    at(about, 'codeCodeableConcept'),
    at(about, 'medicationCodeableConcept'),
    at(about, 'type', 0),
  ]
    .map((concept) => text(concept, 'text') ?? text(concept, 'coding', 0, 'display'))
    .find((words) => words !== undefined)

const dayOf = (about: unknown): string | undefined =>
  [
    text(about, 'start'),
    text(about, 'requestedPeriod', 0, 'start'),
    text(about, 'period', 'start'),
    text(about, 'occurrenceDateTime'),
  ]
    .find((start) => start !== undefined)
    ?.slice(0, 10)

const placeOf = (about: unknown): string | undefined =>
  [
    ...objects(about, 'participant').map(({ actor }) => actor),
    ...objects(about, 'location').map(({ location }) => location),
    ...objects(about, 'locationReference'),
  ]
    .filter((reference) => text(reference, 'reference')?.startsWith('Location/'))
    .flatMap((reference) => text(reference, 'display') ?? [])[0]
