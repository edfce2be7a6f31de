import * as v from 'valibot'
import { parse } from './parse'
import type { Result } from './result'

const outcome = v.picklist(['answered', 'silent', 'undecided', 'failed', 'skipped', 'refused'])

const failure = v.object({
  kind: v.picklist(['cancelled', 'timeout', 'network', 'http', 'refused', 'malformed', 'expired']),
  status: v.optional(v.number()),
  sentence: v.string(),
})

const texts = v.pipe(v.array(v.string()), v.readonly())

export const entrySchema = v.object({
  version: v.literal(1),
  id: v.string(),
  chart: v.string(),
  patientId: v.string(),
  user: v.optional(v.string()),
  payerId: v.string(),
  payerName: v.string(),
  hook: v.string(),
  hookInstance: v.string(),
  title: v.string(),
  coverage: v.string(),
  outcome,
  askedAt: v.number(),
  endedAt: v.number(),
  failure: v.optional(failure),
  assertionIds: texts,
  suggestionUuids: texts,
})

export const payloadSchema = v.object({
  request: v.unknown(),
  response: v.optional(v.unknown()),
  orders: v.pipe(v.array(v.unknown()), v.readonly()),
})

/**
 * One invocation without its payloads, for a list. `chart`: FHIR base. `user`: reference of who asked. `title`: what was asked, in
 * words. `coverage`: e.g. `Coverage/1`. Times in epoch milliseconds.
 */
export type AuditEntry = Readonly<v.InferOutput<typeof entrySchema>>

/** Request as it was sent, what it was about (FHIR resources), and the answer's JSON as it came, where one came. */
export type AuditPayload = Readonly<v.InferOutput<typeof payloadSchema>>

/** All that is kept of one invocation of a payer (CRD found-37). */
export interface InvocationRecord {
  readonly entry: AuditEntry
  readonly payload: AuditPayload
}

/** Entries that can be read, newest first. */
export interface AuditList {
  readonly entries: readonly AuditEntry[]
  /** Kept, and no longer readable: damaged, or of another version. */
  readonly unreadable: number
  /** false: this browser keeps nothing, so that they end with the page. */
  readonly isDurable: boolean
  /** In the site's log: whose questions these are. */
  readonly asked?: 'own' | 'all'
}

/**
 * What was asked and answered in this browser, by this user at this chart. Never rejects: where storage is denied, it is kept in
 * memory while the page lives.
 */
export interface AuditPort {
  /** The site's log: on any workstation, kept by its relay, and nothing can be removed. Its `list` may reject. */
  readonly isSites?: boolean
  keep(record: InvocationRecord): Promise<void>
  /** Of this patient only. */
  list(patientId: string): Promise<AuditList>
  /** Undefined where it is gone or cannot be read. */
  open(id: string): Promise<InvocationRecord | undefined>
  remove(id: string): Promise<void>
  /** The user's session is over: what may not outlive it is made unreadable and deleted. */
  end(): Promise<void>
}

/** What storage gave, read as an entry. Fails `malformed`. */
export const readEntry = (stored: unknown): Result<AuditEntry> =>
  parse(entrySchema, stored, 'the log of this browser')

/** What storage gave, read as payloads. Fails `malformed`. */
export const readPayload = (stored: unknown): Result<AuditPayload> =>
  parse(payloadSchema, stored, 'the log of this browser')

/** Records as one JSON text, for the user to save. `exportedAt`: ISO instant. */
export const exportRecords = (records: readonly InvocationRecord[], exportedAt: string): string =>
  JSON.stringify(
    {
      kind: 'beforehand-invocations',
      version: 1,
      exportedAt,
      invocations: records.map(({ entry, payload }) => ({ ...entry, ...payload })),
    },
    null,
    2,
  )
