import * as v from 'valibot'
import { SECTIONS, type Section } from '../fhir/section'
import type { Origin } from './provenance'

/** Relative only: a date could be the patient's. */
export type PresetPeriod = 'last-visit' | { readonly days: number }

/** A filter under a name (PDex §65 to §69): the organization's, from the configuration, or a user's own. Nothing of a patient is in it. */
export interface HistoryPreset {
  readonly name: string
  /** Absent: any time. */
  readonly period?: PresetPeriod
  /** Empty: all. */
  readonly sections: readonly Section[]
  /** Empty: all. */
  readonly origins: readonly Origin[]
  readonly excludeOwnOrganization: boolean
}

const ORIGINS = ['billing-derived', 'clinical', 'unknown'] as const satisfies readonly Origin[]

export const LONGEST_NAME = 60
/** As in the configuration, and as kept for a user. */
export const presetSchema = v.strictObject({
  name: v.pipe(v.string(), v.trim(), v.nonEmpty('must not be empty'), v.maxLength(LONGEST_NAME)),
  period: v.exactOptional(
    v.union([
      v.literal('last-visit'),
      v.strictObject({ days: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(36_500)) }),
    ]),
  ),
  sections: v.optional(v.array(v.picklist(SECTIONS)), []),
  origins: v.optional(v.array(v.picklist(ORIGINS)), []),
  excludeOwnOrganization: v.optional(v.boolean(), false),
})

/** Names are told apart as people read them. */
export const isSameName = (a: string, b: string): boolean =>
  a.trim().toLocaleLowerCase() === b.trim().toLocaleLowerCase()
