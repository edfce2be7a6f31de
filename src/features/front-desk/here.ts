import { type FhirJson, objects, text } from '../../domain/json'
import type { EhrPort } from '../../domain/ports'
import { idIn } from '../asking/booked-visit'
import { dayOf } from '../asking/local-time'

/** What is looked for: the visit that has begun of this patient, best the one of this appointment. `today`: YYYY-MM-DD. */
interface Wanted {
  readonly patientId: string
  readonly appointmentId?: string
  readonly fhirBase: string
  readonly today: string
}

/** The visit that the patient has come for. `failed`: the chart's visits could not be read. */
export type Here =
  | { readonly kind: 'found'; readonly id: string; readonly isOfAppointment: boolean }
  | { readonly kind: 'none' | 'failed' }

const BEGUN = new Set(['arrived', 'triaged', 'in-progress', 'onleave'])

/**
 * Looks for the Encounter of a patient who is here. It is searched for by patient alone where the server refuses a date; which one
 * it is is told here, whatever the server knows of `appointment`.
 */
export async function findHere(ehr: EhrPort, wanted: Wanted): Promise<Here> {
  const ofPatient = [
    ['patient', wanted.patientId],
    ['_count', '50'],
  ] as const
  const dated = await ehr.search('Encounter', [...ofPatient, ['date', `ge${wanted.today}`]])
  const isRefused = !dated.ok && dated.problem.kind === 'http' && dated.problem.status === 400
  const found = isRefused ? await ehr.search('Encounter', ofPatient) : dated
  return found.ok ? hereAmong(found.value.matches, wanted) : { kind: 'failed' }
}

/** The begun visit of the appointment; else one that began today and is of no other appointment. */
export function hereAmong(encounters: readonly FhirJson[], wanted: Wanted): Here {
  const { patientId, appointmentId, fhirBase, today } = wanted
  const begun = encounters.filter(
    (each) =>
      each.resourceType === 'Encounter' &&
      BEGUN.has(text(each, 'status') ?? '') &&
      idIn(text(each, 'subject', 'reference'), 'Patient', fhirBase) === patientId,
  )
  const ofIt = begun.find((each) =>
    objects(each, 'appointment').some(
      (reference) =>
        appointmentId !== undefined &&
        idIn(text(reference, 'reference'), 'Appointment', fhirBase) === appointmentId,
    ),
  )
  const ofToday = begun.find((each) => objects(each, 'appointment').length === 0 && startOf(each) === today)
  const id = (ofIt ?? ofToday)?.id
  return id === undefined ? { kind: 'none' } : { kind: 'found', id, isOfAppointment: ofIt !== undefined }
}

/** The user's own day on which it began. */
function startOf(encounter: FhirJson): string | undefined {
  const start = Date.parse(text(encounter, 'period', 'start') ?? '')
  return Number.isNaN(start) ? undefined : dayOf(start)
}
