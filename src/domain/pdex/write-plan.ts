import type { ServerCapability } from '../fhir/capability'
import type { References } from '../fhir/references'
import type { FhirJson } from '../json'
import type { Member } from './member-match'
import type { HistoryRecord } from './record'

/** `entry`: a resource of its own in the chart. `document`: in the one attached document. `download`: the chart takes neither. */
export type Tier = 'entry' | 'document' | 'download'

/** Whom and where from, for everything that is written. */
export interface WriteContext {
  readonly member: Member
  /** Base URL of the payer's FHIR API, without a slash at its end. */
  readonly payerBase: string
  readonly references: References
  /** The chart's Patient and its id. */
  readonly patient: FhirJson
  readonly patientId: string
  readonly ehrName: string
  /** Base URL of the EHR. */
  readonly ehrBase: string
  /** Relative reference of the launching user, e.g. `Practitioner/123`, and the resource, as far as known. */
  readonly fhirUser?: string
  readonly user?: FhirJson
  /** ISO instant with offset: when the user approved. */
  readonly madeAt: string
}

export interface PlannedEntry {
  /** The exact resource that is sent. */
  readonly resource: FhirJson
  /** Finds it again in the chart: `identifier` search token, `system|value`. */
  readonly token: string
  /** For `If-None-Exist`; encoded. */
  readonly ifNoneExist: string
}

export interface PlannedRecord {
  readonly record: HistoryRecord
  readonly tier: Tier
  /** Why this form, in words. */
  readonly reason: string
  /** What is changed or left out on the way, in words. */
  readonly told: readonly string[]
  /** Present for tier `entry`. */
  readonly entry?: PlannedEntry
}

export interface WritePlan {
  readonly context: WriteContext
  readonly records: readonly PlannedRecord[]
  /** Where records go that the chart refuses as entries. */
  readonly fallback: 'document' | 'download'
  /** Whether Provenance is stored beside each entry. */
  readonly provenance: 'stored' | 'not-accepted'
  /** For the whole plan, in words. */
  readonly notices: readonly string[]
  readonly capability: ServerCapability
}

/** Decides for each chosen record how it can be kept. Pure: nothing is sent. */
export declare function planWrite(
  records: readonly HistoryRecord[],
  capability: ServerCapability,
  context: WriteContext,
): WritePlan
/** How many records go each way. */
export declare function planCounts(plan: WritePlan): Readonly<Record<Tier, number>>
