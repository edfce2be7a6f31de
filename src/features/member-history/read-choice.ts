import type { Section } from '../../domain/fhir/section'
import type { PresetPeriod } from '../../domain/pdex/preset'

/** What the user wants read, before anything is. */
export interface ReadChoice {
  /** Empty: all. */
  readonly sections: readonly Section[]
  /** Absent: any time. */
  readonly period?: PresetPeriod
  /** What the period is about: when it happened, or when the payer last changed its record. */
  readonly by: 'event' | 'updated'
}

export const readAll: ReadChoice = { sections: [], by: 'event' }
