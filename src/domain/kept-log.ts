import * as v from 'valibot'
import { entrySchema, type InvocationRecord, payloadSchema } from './audit'
import { parse } from './parse'
import type { Result } from './result'

/** What somebody with the audit role looks for; all that is given has to fit. Times in epoch milliseconds. */
export const logSearchSchema = v.strictObject({
  /** Id of a patient of this chart, or an absolute reference. */
  patient: v.exactOptional(v.string()),
  hookInstance: v.exactOptional(v.string()),
  assertionId: v.exactOptional(v.string()),
  from: v.exactOptional(v.number()),
  to: v.exactOptional(v.number()),
  /** The next page: what ended before this one. */
  before: v.exactOptional(v.pipe(v.number(), v.safeInteger())),
})

export type LogSearch = Readonly<v.InferOutput<typeof logSearchSchema>>

const lineSchema = v.object({
  id: v.string(),
  seq: v.number(),
  /** `question`: to a payer's service. `request`: anything else that was sent to a payer. `look`: somebody looked into the log. `removal`: of what is older than the site keeps. `write`: of a document to the chart. */
  kind: v.picklist(['question', 'request', 'look', 'removal', 'write']),
  at: v.number(),
  payerName: v.exactOptional(v.string()),
  /** Absolute reference of who it was, or the EHR's own name for them. */
  who: v.string(),
  /** Absolute reference. */
  patient: v.exactOptional(v.string()),
  /** Of a question. */
  entry: v.exactOptional(entrySchema),
  /** What was sent where, or looked for; for people who know. */
  detail: v.string(),
  /** How often the payer read what the question held. */
  reads: v.number(),
})

/** One invocation, or one look into the log, for a list. */
export type LogLine = Readonly<v.InferOutput<typeof lineSchema>>

const pageSchema = v.object({
  lines: v.pipe(v.array(lineSchema), v.readonly()),
  /** For the next page; absent where this is the last one. */
  before: v.exactOptional(v.number()),
})

export type LogPage = Readonly<v.InferOutput<typeof pageSchema>>

const contentSchema = v.object({
  line: lineSchema,
  payload: v.exactOptional(payloadSchema),
  entries: v.pipe(
    v.array(v.object({ seq: v.number(), at: v.number(), kind: v.string(), content: v.unknown() })),
    v.readonly(),
  ),
})

/** All that is kept of one line. */
export type LogContent = Readonly<v.InferOutput<typeof contentSchema>>

const earlierSchema = v.object({
  entries: v.pipe(v.array(entrySchema), v.readonly()),
  unreadable: v.number(),
  asked: v.picklist(['own', 'all']),
})

const openedSchema = v.object({ entry: entrySchema, payload: payloadSchema })

const LOG = 'This site’s log'

export const readLogPage = (json: unknown): Result<LogPage> => parse(pageSchema, json, LOG)

export const readLogContent = (json: unknown): Result<LogContent> => parse(contentSchema, json, LOG)

/** A patient's earlier answers, as the relay lists them. */
export const readEarlier = (json: unknown): Result<Readonly<v.InferOutput<typeof earlierSchema>>> =>
  parse(earlierSchema, json, LOG)

/** One earlier answer with its payloads, as the relay gives it. */
export const readOpened = (json: unknown): Result<InvocationRecord> => parse(openedSchema, json, LOG)

/** A form in which found entries are taken along: one JSON document, or a line for each entry. */
export type LogForm = 'json' | 'ndjson'

/** The whole log, for people with the audit role. Each look is recorded there. */
export interface KeptLogPort {
  /** Whether this user has the role, as the relay says. */
  mayLook(): Promise<boolean>
  search(search: LogSearch): Promise<Result<LogPage>>
  open(id: string): Promise<Result<LogContent>>
  /** All that fits, to the letter. */
  export(search: LogSearch, form: LogForm): Promise<Result<string>>
}
