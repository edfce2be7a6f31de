import { literal } from '../fhir/references'
import { type FhirJson, objects, text } from '../json'
import type { CodeChoice } from '../ports'

/** Somebody or some place that an appointment names in this chart. */
export interface VisitParty {
  /** `Practitioner/12` */
  readonly reference: string
  readonly name?: string
}

/** One appointment of a day. */
export interface DayVisit {
  readonly id: string
  /** Appointment.status; absent where it is not stated. */
  readonly status?: string
  /** FHIR instants as written. */
  readonly start?: string
  readonly end?: string
  /** Id of the Patient; absent where the appointment names none of this chart, or more than one. */
  readonly patientId?: string
  /** The patient's name as the appointment has it. */
  readonly patientName?: string
  /** "Nutrition counselling". */
  readonly service?: string
  readonly coding: readonly CodeChoice[]
  readonly practitioners: readonly VisitParty[]
  readonly places: readonly VisitParty[]
  /** `ServiceRequest/12`: the orders that it was booked for. */
  readonly basedOn: readonly string[]
}

const WHO = ['Practitioner', 'PractitionerRole']

/** Reads an Appointment; undefined where it is none, or has no id to know it by. What it does not say is left out. */
export function readDayVisit(appointment: FhirJson, fhirBase: string): DayVisit | undefined {
  const { id, resourceType } = appointment
  if (resourceType !== 'Appointment' || id === undefined) return undefined
  const actors = objects(appointment, 'participant').flatMap(({ actor }) => {
    const target = localTarget(text(actor, 'reference'), fhirBase)
    const name = text(actor, 'display')
    return target === undefined
      ? []
      : [{ type: target.type, reference: `${target.type}/${target.id}`, ...(name !== undefined && { name }) }]
  })
  const parties = (types: readonly string[]): readonly VisitParty[] =>
    actors.filter(({ type }) => types.includes(type)).map(({ type: _, ...party }) => party)
  const patients = parties(['Patient'])
  // A group visit names several: whose coverage is meant cannot be told.
  const [patient] = new Set(patients.map(({ reference }) => reference)).size === 1 ? patients : []
  const [type] = objects(appointment, 'serviceType')
  const coding = objects(type, 'coding').flatMap((each) => {
    const [system, code] = [text(each, 'system'), text(each, 'code')]
    return system === undefined || code === undefined
      ? []
      : [{ system, code, display: text(each, 'display') ?? code }]
  })
  const service = text(type, 'text') ?? coding[0]?.display ?? text(appointment, 'description')
  const status = text(appointment, 'status')
  const start = text(appointment, 'start')
  const end = text(appointment, 'end')
  return {
    id,
    coding,
    practitioners: parties(WHO),
    places: parties(['Location']),
    basedOn: objects(appointment, 'basedOn').flatMap((order) => {
      const target = localTarget(text(order, 'reference'), fhirBase)
      return target?.type === 'ServiceRequest' ? [`ServiceRequest/${target.id}`] : []
    }),
    ...(status !== undefined && { status }),
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    ...(patient && { patientId: patient.reference.slice('Patient/'.length) }),
    ...(patient?.name !== undefined && { patientName: patient.name }),
    ...(service !== undefined && { service }),
  }
}

/** What of this chart a reference names; undefined for another server's. */
function localTarget(reference: string | undefined, fhirBase: string) {
  const target = literal(reference)
  return target !== undefined && (target.base === undefined || target.base === fhirBase) ? target : undefined
}

/**
 * The day and the time of the clinic's clock at which a moment was written. An offset from UTC tells the place's clock; `Z` tells
 * nothing of it, and is read in the user's own zone. Undefined where it is no instant.
 */
export function wallTime(
  instant: string | undefined,
): { readonly day: string; readonly time: string } | undefined {
  const written = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.exec(
    instant ?? '',
  )
  const [, day, time, zone] = written ?? []
  if (day === undefined || time === undefined) return undefined
  if (zone !== 'Z') return { day, time }
  const here = new Date(instant ?? '')
  if (Number.isNaN(here.getTime())) return undefined
  const two = (part: number): string => String(part).padStart(2, '0')
  return {
    day: `${here.getFullYear()}-${two(here.getMonth() + 1)}-${two(here.getDate())}`,
    time: `${two(here.getHours())}:${two(here.getMinutes())}`,
  }
}
