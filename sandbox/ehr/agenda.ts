import type { Appointment } from 'fhir/r4'
import type { Ehr } from './context'
import { conceptText, displayName, otherNames } from './display'
import { allOf, resolve } from './records'

/** An appointment, as lists show it. */
export interface AgendaRow {
  readonly id: string
  readonly start: string
  readonly status: string
  readonly service: string
  readonly patientId: string | undefined
  readonly patient: string
  readonly practitioner: string
  readonly place: string
  readonly isNew: boolean
}

function actor(ehr: Ehr, appointment: Appointment, type: string) {
  const reference = appointment.participant
    .map((p) => p.actor)
    .find((a) => a?.reference?.split('/').at(-2) === type)
  const found = resolve(ehr.store, reference?.reference)
  const others = found?.resourceType === 'Patient' ? otherNames(found) : []
  const name = [displayName(found), ...others].join(', ')
  return {
    id: reference?.reference?.split('/').at(-1),
    name: name === 'Not known' ? (reference?.display ?? name) : name,
  }
}

/** All appointments by their start, earliest first. Days are those of the wall time as written. */
export function agenda(ehr: Ehr): readonly AgendaRow[] {
  return allOf(ehr.store, 'Appointment')
    .map((a): AgendaRow => {
      const patient = actor(ehr, a, 'Patient')
      return {
        id: a.id,
        start: a.start ?? a.requestedPeriod?.[0]?.start ?? '',
        status: a.status,
        service:
          conceptText(a.serviceType?.[0]) ?? a.description ?? conceptText(a.reasonCode?.[0]) ?? 'Visit',
        patientId: patient.id,
        patient: patient.name,
        practitioner: actor(ehr, a, 'Practitioner').name,
        place: actor(ehr, a, 'Location').name,
        isNew: ehr.isNew('Appointment', a.id),
      }
    })
    .toSorted((a, b) => a.start.localeCompare(b.start))
}

/** The day to open the schedule with: today if there is anything, else the next day that has something, else the last one. */
export function defaultDay(rows: readonly AgendaRow[], today: string): string {
  const days = rows.map((row) => row.start.slice(0, 10)).filter(Boolean)
  return days.find((day) => day >= today) ?? days.at(-1) ?? today
}
