import type { DraftAppointment, DraftEncounter, Question } from './question'
import { mri, scenario } from './samples.test-data'
import type { Scenario } from './scenario'

/** Made-up questions for the tests of this folder. */

export const device = { ...mri, id: 'draft-2', kind: 'DeviceRequest' } as const
export const visit: DraftAppointment = {
  id: 'appointment-1',
  serviceType: [{ system: 'http://snomed.info/sct', code: '11429006', display: 'Consultation' }],
  time: { kind: 'exact', start: '2026-12-10T09:00:00Z', end: '2026-12-10T09:30:00Z' },
  performers: [{ reference: 'Practitioner/dr2', display: 'Dr. Careful' }],
  reasons: mri.reasons,
  basedOn: [],
  billing: [{ system: 'http://www.ama-assn.org/go/cpt', code: '99213', display: '' }],
  patientPays: false,
}
const encounter: DraftEncounter = {
  id: 'encounter-1',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB', display: 'ambulatory' },
  type: [{ system: 'http://snomed.info/sct', code: '270427003', display: 'Visit' }],
  start: '2026-12-10',
  practitioner: { reference: 'Practitioner/dr2', display: 'Dr. Careful' },
  location: { reference: 'Location/l1', display: 'Lakeside' },
  reasons: mri.reasons,
  billing: [{ system: 'http://www.ama-assn.org/go/cpt', code: '99213', display: '' }],
}
export const hypothetical = { kind: 'hypothetical', encounter } as const
export const dispatch: Question & { readonly hook: 'order-dispatch' } = {
  hook: 'order-dispatch',
  existing: [],
  performer: { reference: 'Organization/org1', display: 'Lakeside Imaging' },
  task: { id: 'task-1', repetitions: 2, until: '2027-01-31' },
}
export const asking = (question: Question, over: Partial<Scenario> = {}): Scenario => ({
  ...scenario,
  question,
  ...over,
})
