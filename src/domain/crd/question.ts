import type { CodeChoice } from '../ports'
import type { HookName } from './hooks'
import type { Party, Reason } from './scenario'

/** An appointment that does not exist. */
export interface DraftAppointment {
  /** Synthetic FHIR id, unique in the question. */
  readonly id: string
  /** What for; needed where it is based on no order (CRD appointment profiles). */
  readonly serviceType: readonly CodeChoice[]
  readonly text?: string
  readonly specialty?: CodeChoice
  readonly appointmentType?: CodeChoice
  /** A moment each (FHIR instant), or days (YYYY-MM-DD) between which it is wanted. */
  readonly time: AppointmentTime
  /** Who sees the patient, or where: `Practitioner/…`, `PractitionerRole/…`, `Location/…`; at least one. */
  readonly performers: readonly Party[]
  readonly reasons: readonly Reason[]
  /** Ids of orders of the scenario, or references such as `ServiceRequest/12` to orders of the chart. */
  readonly basedOn: readonly string[]
  readonly billing: readonly CodeChoice[]
  /** "Do not share with the payer" (CRD dev-26). */
  readonly patientPays: boolean
}

export type AppointmentTime =
  | { readonly kind: 'exact'; readonly start: string; readonly end: string }
  | { readonly kind: 'between'; readonly start: string; readonly end: string }

/** A visit that does not exist. It cannot be in the context, which has an id only; it goes in prefetch. */
export interface DraftEncounter {
  /** Synthetic FHIR id. */
  readonly id: string
  /** v3-ActCode: AMB, IMP, EMER, VR, … */
  readonly class: CodeChoice
  readonly type: readonly CodeChoice[]
  readonly text?: string
  /** YYYY-MM-DD. */
  readonly start: string
  readonly end?: string
  readonly practitioner?: Party
  readonly location?: Party
  readonly reasons: readonly Reason[]
  readonly billing: readonly CodeChoice[]
}

export type EncounterQuestion =
  /** `id` of an Encounter of the chart. */
  | { readonly kind: 'real'; readonly id: string }
  | { readonly kind: 'hypothetical'; readonly encounter: DraftEncounter }

/** The Task of a dispatch (CRD 2.2 profile-task-dispatch). Dates YYYY-MM-DD. */
export interface DispatchTask {
  /** Synthetic FHIR id; with several orders each further Task gets `-2`, `-3`, … */
  readonly id: string
  readonly repetitions?: number
  readonly until?: string
}

/** A hook and what it is about besides the orders of the scenario. */
export type Question =
  | { readonly hook: 'order-sign' }
  /** `selections`: ids of those orders of the scenario that were just chosen. */
  | { readonly hook: 'order-select'; readonly selections: readonly string[] }
  | { readonly hook: 'appointment-book'; readonly appointments: readonly DraftAppointment[] }
  | { readonly hook: 'encounter-start' | 'encounter-discharge'; readonly encounter: EncounterQuestion }
  /** The orders of the scenario and those of the chart (`existing`: `ServiceRequest/12`) go to one performer. */
  | {
      readonly hook: 'order-dispatch'
      readonly existing: readonly string[]
      readonly performer: Party
      readonly task?: DispatchTask
    }

const orderSign: Question = { hook: 'order-sign' }

/** The question of a scenario: what-if of orders uses order-sign unless it says otherwise (CRD found-35). */
export const questionOf = (scenario: { readonly question?: Question }): Question =>
  scenario.question ?? orderSign

export const hookOf = (scenario: { readonly question?: Question }): HookName => questionOf(scenario).hook
