import type { Appointment, AppointmentParticipant, Encounter, Reference, ServiceRequest } from 'fhir/r4'
import type { FhirStore } from '../../fhir'
import { clinicTime, minutesOf, workdaysAfter } from '../../front-desk/calendar'
import { deskService, type Person, serviceConcept, type Visit } from '../../front-desk/people'
import { displayName } from '../display'
import { oneOf } from '../records'
import { nameOf, patientReference } from './charts'

/** Somebody's visit on a day. */
export interface Planned {
  readonly id: string
  readonly person: Person
  readonly visit: Visit
  /** `YYYY-MM-DD` */
  readonly day: string
  readonly status: Appointment['status']
}

type WithId<T> = T & { readonly id: string }

const PRIMARY = {
  coding: [
    {
      system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType',
      code: 'PPRF',
      display: 'primary performer',
    },
  ],
}

const reasonsOf = ({ reason }: Visit): Pick<Appointment, 'reasonCode'> =>
  reason === undefined
    ? {}
    : {
        reasonCode: [
          {
            coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: reason[0], display: reason[1] }],
            text: reason[1],
          },
        ],
      }

function participants(store: FhirStore, { person, visit, status }: Planned): AppointmentParticipant[] {
  const answer = status === 'proposed' || status === 'pending' ? 'needs-action' : 'accepted'
  const named = (reference: Reference): Reference =>
    visit.nameless ? { reference: reference.reference ?? '' } : reference
  const actor = (type: 'Practitioner' | 'Location', id: string) =>
    named({ reference: `${type}/${id}`, display: displayName(oneOf(store, type, id)) })
  return [
    { actor: named(patientReference(person)), required: 'required', status: answer },
    { type: [PRIMARY], actor: actor('Practitioner', visit.with), required: 'required', status: answer },
    { actor: actor('Location', visit.at), status: answer },
  ]
}

/** The Appointment of a visit (R4): what, when with its zone, who, where, and the order that it was booked for. */
export function appointmentOfVisit(store: FhirStore, planned: Planned): WithId<Appointment> {
  const { id, visit, day, status, person } = planned
  const service = deskService(visit.service)
  const from = minutesOf(visit.time)
  return {
    resourceType: 'Appointment',
    id,
    status,
    serviceType: [serviceConcept(service)],
    description: service.label,
    ...reasonsOf(visit),
    ...(visit.ordered ? { basedOn: [{ reference: `ServiceRequest/${orderIdOf(person, visit)}` }] } : {}),
    start: clinicTime(day, from),
    end: clinicTime(day, from + service.minutes),
    minutesDuration: service.minutes,
    participant: participants(store, planned),
  }
}

const orderIdOf = (person: Person, { key }: Visit): string => `${person.id}-${key}-order`

/** The order that a visit was booked for. */
export function orderOfVisit({ person, visit }: Planned): WithId<ServiceRequest> {
  return {
    resourceType: 'ServiceRequest',
    id: orderIdOf(person, visit),
    status: 'active',
    intent: 'order',
    code: serviceConcept(deskService(visit.service)),
    subject: patientReference(person),
    authoredOn: '2026-11-02',
    requester: { reference: 'Practitioner/moreno', display: 'Dr. Ana Moreno' },
    ...reasonsOf(visit),
  }
}

/** The Encounter of a patient who is here. */
export function encounterOfVisit({ id, person, visit, day }: Planned): WithId<Encounter> {
  return {
    resourceType: 'Encounter',
    id: `${id}-here`,
    status: 'arrived',
    class: {
      system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
      code: 'AMB',
      display: 'ambulatory',
    },
    type: [serviceConcept(deskService(visit.service))],
    subject: { reference: `Patient/${person.id}`, display: nameOf(person) },
    appointment: [{ reference: `Appointment/${id}` }],
    participant: [{ type: [PRIMARY], individual: { reference: `Practitioner/${visit.with}` } }],
    period: { start: clinicTime(day, minutesOf(visit.time)) },
    location: [{ location: { reference: `Location/${visit.at}` } }],
    serviceProvider: { reference: 'Organization/lakeside-clinic', display: 'Lakeside Clinic' },
  }
}

/** A visit of the people's own, as planned. */
export const plannedVisit = (person: Person, visit: Visit, desk: string): Planned => ({
  id: `${person.id}-${visit.key}`,
  person,
  visit,
  day: workdaysAfter(desk, visit.day),
  status: visit.status ?? 'booked',
})
