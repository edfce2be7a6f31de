import { type FhirJson, objects, text } from '../../domain/json'
import type { LaunchContextItem } from '../../domain/session'
import type { PartyEntry } from './entries'

/** An appointment of this patient in words, as far as it is stated. */
export interface BookedVisit {
  /** "Nutrition counselling". */
  readonly service?: string
  /** The day that is written, `YYYY-MM-DD`. */
  readonly day?: string
  readonly performer?: PartyEntry
  readonly place?: string
  /** Id of the ServiceRequest that it was booked for. */
  readonly orderId?: string
}

const ID = /^[A-Za-z0-9\-.]{1,64}$/

/** The id in a reference of one type into this chart, relative or absolute. */
export function idIn(reference: string | undefined, type: string, fhirBase: string): string | undefined {
  const local = reference?.startsWith(`${fhirBase}/`) ? reference.slice(fhirBase.length + 1) : reference
  const id = local?.startsWith(`${type}/`) ? local.slice(type.length + 1) : undefined
  return id !== undefined && ID.test(id) ? id : undefined
}

/** The Appointment that the launch names (SMART 2.2 `fhirContext`), by its id; the first one where there are several. */
export const appointmentOf = (context: readonly LaunchContextItem[], fhirBase: string): string | undefined =>
  context.map((item) => idIn(item.reference, 'Appointment', fhirBase)).find((id) => id !== undefined)

const OVER = new Set(['cancelled', 'noshow', 'entered-in-error'])

/** Reads an Appointment. Undefined where it is somebody else's, or was called off: nothing is taken from it then. */
export function readVisit(
  appointment: FhirJson,
  { patientId, fhirBase }: { readonly patientId: string; readonly fhirBase: string },
): BookedVisit | undefined {
  const actors = objects(appointment, 'participant').map((participant) => ({
    reference: text(participant, 'actor', 'reference'),
    name: text(participant, 'actor', 'display'),
  }))
  const actor = (type: string) =>
    actors.find(({ reference }) => idIn(reference, type, fhirBase) !== undefined)
  const isOurs = actors.some(({ reference }) => idIn(reference, 'Patient', fhirBase) === patientId)
  if (appointment.resourceType !== 'Appointment' || !isOurs || OVER.has(text(appointment, 'status') ?? ''))
    return undefined
  const type = objects(appointment, 'serviceType')[0]
  const service =
    text(type, 'text') ?? text(objects(type, 'coding')[0], 'display') ?? text(appointment, 'description')
  const day = /^\d{4}-\d{2}-\d{2}/.exec(text(appointment, 'start') ?? '')?.[0]
  const who = actor('Practitioner')
  const whoId = idIn(who?.reference, 'Practitioner', fhirBase)
  const place = actor('Location')?.name
  const orderId = objects(appointment, 'basedOn')
    .map((order) => idIn(text(order, 'reference'), 'ServiceRequest', fhirBase))
    .find((id) => id !== undefined)
  return {
    ...(service !== undefined && { service }),
    ...(day !== undefined && { day }),
    ...(who?.name !== undefined &&
      whoId !== undefined && { performer: { text: who.name, reference: `Practitioner/${whoId}` } }),
    ...(place !== undefined && { place }),
    ...(orderId !== undefined && { orderId }),
  }
}
