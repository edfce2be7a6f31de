import type { Appointment, FhirResource } from 'fhir/r4'
import type { FhirStore } from '../../fhir'
import { deskDay, twoWeeks } from '../../front-desk/calendar'
import { PEOPLE, type Person, type Visit } from '../../front-desk/people'
import { coveragesOf, patientOf } from './charts'
import { appointmentOfVisit, encounterOfVisit, orderOfVisit, type Planned, plannedVisit } from './visits'

/** Ordinary visits on the days that are not the desk's, over and over. */
const ORDINARY: readonly Pick<Visit, 'service' | 'with' | 'at' | 'time'>[] = [
  { time: '08:20', service: 'follow-up', with: 'moreno', at: 'clinic-suite-4' },
  { time: '08:40', service: 'laboratory', with: 'moreno', at: 'clinic-suite-4' },
  { time: '09:40', service: 'wellness', with: 'weber', at: 'clinic-suite-4' },
  { time: '10:40', service: 'mri-head', with: 'raman', at: 'imaging-center' },
  { time: '13:10', service: 'nutrition', with: 'osei', at: 'clinic-suite-4' },
  { time: '13:40', service: 'follow-up', with: 'weber', at: 'eastgate-clinic' },
  { time: '14:30', service: 'therapy', with: 'ibarra', at: 'riverside-therapy' },
  { time: '15:30', service: 'echo', with: 'raman', at: 'northside-outpatient' },
]

function ordinaryDay(day: string, dayIndex: number, desk: string): readonly Planned[] {
  const status: Appointment['status'] = day < desk ? 'fulfilled' : 'booked'
  return ORDINARY.flatMap((ordinary, i) => {
    const person = PEOPLE[(dayIndex * 5 + i * 3) % PEOPLE.length]
    if (person === undefined) return []
    const visit: Visit = { ...ordinary, key: `day${dayIndex}-${i}`, day: 0 }
    return [{ id: `${person.id}-${visit.key}`, person, visit, day, status }]
  })
}

/** Every visit of the two weeks, the desk day's and the others'. */
function plannedVisits(desk: string): readonly Planned[] {
  const own = PEOPLE.flatMap((person) =>
    (person.visits ?? []).map((visit) => plannedVisit(person, visit, desk)),
  )
  const others = twoWeeks(desk).flatMap((day, i) => (day === desk ? [] : ordinaryDay(day, i, desk)))
  return [...own, ...others]
}

/** Stores a person's chart as far as the front desk needs it: Patient and Coverages. */
export function loadPerson(store: FhirStore, person: Person, recordNumber: string, desk: string): void {
  store.load(patientOf(person, recordNumber), person.id)
  for (const coverage of coveragesOf(person, desk)) store.load(coverage, coverage.id)
}

/** Stores a visit with what belongs to it. */
export function loadVisit(store: FhirStore, planned: Planned): void {
  const resources: readonly (FhirResource & { readonly id: string })[] = [
    ...(planned.visit.ordered ? [orderOfVisit(planned)] : []),
    appointmentOfVisit(store, planned),
    ...(planned.visit.arrived ? [encounterOfVisit(planned)] : []),
  ]
  for (const resource of resources) store.load(resource, resource.id)
}

/** Puts the people of the front desk and two weeks of appointments, counted from today, into the EHR. */
export function loadFrontDesk(store: FhirStore): void {
  const desk = deskDay(store.now())
  for (const [i, person] of PEOPLE.entries()) loadPerson(store, person, `0071-${String(1001 + i)}`, desk)
  for (const planned of plannedVisits(desk)) loadVisit(store, planned)
}
