import { randomUUID } from 'node:crypto'
import type { Appointment, AppointmentParticipant } from 'fhir/r4'
import type { Ehr } from './context'
import { displayName } from './display'
import { oneOf, type Record } from './records'
import { findService, type Service } from './services'

/** The booking form, read and looked up. */
export interface Booking {
  readonly patient: Record<'Patient'>
  readonly service: Service
  readonly practitioner: Record<'Practitioner'>
  readonly location: Record<'Location'> | undefined
  /** Start, ISO dateTime with offset: the wall time that was typed. */
  readonly start: string
  readonly end: string
}

export type BookingForm = Readonly<{ [name: string]: string | undefined }>

/** A wall time of this clinic (the sandbox's own zone) as a FHIR instant that still reads as that wall time. */
function localInstant(time: Date): string {
  const offset = -time.getTimezoneOffset()
  const sign = offset < 0 ? '-' : '+'
  const two = (n: number) => String(Math.floor(Math.abs(n))).padStart(2, '0')
  const wall = new Date(time.getTime() + offset * 60_000).toISOString().slice(0, 19)
  return `${wall}${sign}${two(offset / 60)}:${two(offset % 60)}`
}

/** Reads the form. Answers a sentence where something is missing or unknown. */
export function readBooking(ehr: Ehr, form: BookingForm): Booking | { readonly problem: string } {
  const patient = oneOf(ehr.store, 'Patient', form.patient ?? '')
  const service = findService(form.service)
  const practitioner = oneOf(ehr.store, 'Practitioner', form.practitioner ?? '')
  const time = new Date(`${form.date}T${form.time}`)
  if (patient === undefined) return { problem: 'Choose a patient.' }
  if (service === undefined) return { problem: 'Choose a service.' }
  if (practitioner === undefined) return { problem: 'Choose who the patient will see.' }
  if (Number.isNaN(time.getTime())) return { problem: 'Give the date and the time.' }
  const end = new Date(time.getTime() + service.minutes * 60_000)
  const location = oneOf(ehr.store, 'Location', form.location ?? '')
  return { patient, service, practitioner, location, start: localInstant(time), end: localInstant(end) }
}

const PRIMARY_PERFORMER = {
  coding: [
    {
      system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType',
      code: 'PPRF',
      display: 'primary performer',
    },
  ],
}

/** The Appointment that a booking would be. CRD's profile wants the patient, a primary performer (PPRF) and a time. */
export function appointmentOf(
  booking: Booking,
  status: 'proposed' | 'booked',
): Appointment & { readonly id: string } {
  const answer = status === 'booked' ? 'accepted' : 'needs-action'
  const participant: AppointmentParticipant[] = [
    {
      actor: { reference: `Patient/${booking.patient.id}`, display: displayName(booking.patient) },
      required: 'required',
      status: answer,
    },
    {
      type: [PRIMARY_PERFORMER],
      actor: {
        reference: `Practitioner/${booking.practitioner.id}`,
        display: displayName(booking.practitioner),
      },
      required: 'required',
      status: answer,
    },
  ]
  if (booking.location !== undefined) {
    const actor = { reference: `Location/${booking.location.id}`, display: displayName(booking.location) }
    participant.push({ actor, status: answer })
  }
  return {
    resourceType: 'Appointment',
    id: randomUUID(),
    status,
    serviceType: [{ coding: [...booking.service.coding], text: booking.service.label }],
    start: booking.start,
    end: booking.end,
    participant,
  }
}
