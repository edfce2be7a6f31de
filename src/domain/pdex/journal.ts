import * as v from 'valibot'
import type { JournalPort } from '../ports'
import { fail, ok, type Problem, type Result } from '../result'
import type { RecordKey } from './record'

/**
 * `planned` → `sending` → `written` | `existed` | `refused` | `failed` | `unknown`. `refused`: the chart said no for good;
 * `failed`: it is not there, and may be tried again; `unknown`: sent, no answer: to be looked up before anything is sent again.
 */
export type StepState = 'planned' | 'sending' | 'written' | 'existed' | 'refused' | 'failed' | 'unknown'

/** No clinical content: keys, states, references, and of a failure its kind and status only. */
export interface Step {
  readonly state: StepState
  /** `Type/id` in the chart. */
  readonly reference?: string
  readonly why?: { readonly kind: Problem['kind']; readonly status?: number }
  /** Records in it, where it is a document. */
  readonly keys?: readonly RecordKey[]
  /** When it was last sent, epoch milliseconds. */
  readonly at?: number
  /** `unknown`, and this chart offers no way to look: the user has to. */
  readonly blind?: boolean
  /** It was read in the chart afterwards. */
  readonly isRead?: boolean
  /** The user looked into the chart and said so. */
  readonly byUser?: boolean
}

/** What was done in one session, saved at every step. */
export interface Journal {
  step(id: string): Step | undefined
  /** All steps whose id begins so. */
  steps(prefix: string): readonly (readonly [id: string, step: Step])[]
  enter(id: string, step: Step): Promise<void>
}

const stepSchema = v.object({
  state: v.picklist(['planned', 'sending', 'written', 'existed', 'refused', 'failed', 'unknown']),
  reference: v.optional(v.string()),
  why: v.optional(
    v.object({
      kind: v.picklist(['cancelled', 'timeout', 'network', 'http', 'refused', 'malformed', 'expired']),
      status: v.optional(v.number()),
    }),
  ),
  keys: v.optional(v.array(v.string())),
  at: v.optional(v.number()),
  blind: v.optional(v.boolean()),
  isRead: v.optional(v.boolean()),
  byUser: v.optional(v.boolean()),
})

const journalSchema = v.object({
  version: v.literal(1),
  patientId: v.string(),
  steps: v.record(v.string(), stepSchema),
})

/** Opens a session's journal, an empty one where there is none to read. Refused where it is about another patient. */
export async function openJournal(
  port: JournalPort,
  sessionKey: string,
  patientId: string,
): Promise<Result<Journal>> {
  const read = v.safeParse(journalSchema, await port.load(sessionKey))
  if (read.success && read.output.patientId !== patientId)
    return fail({
      kind: 'refused',
      rule: 'journal-patient',
      message: 'What was written before in this window is about another patient.',
    })
  const steps = new Map<string, Step>(read.success ? Object.entries(read.output.steps).map(asStep) : [])
  return ok({
    step: (id) => steps.get(id),
    steps: (prefix) => [...steps].filter(([id]) => id.startsWith(prefix)),
    async enter(id, step) {
      steps.set(id, step)
      await port.save(sessionKey, { version: 1, patientId, steps: Object.fromEntries(steps) })
    },
  })
}

function asStep([id, read]: [string, v.InferOutput<typeof stepSchema>]): [string, Step] {
  const { state, reference, why, keys, at, blind, byUser, isRead } = read
  return [
    id,
    {
      state,
      ...(reference !== undefined && { reference }),
      ...(why && { why: { kind: why.kind, ...(why.status !== undefined && { status: why.status }) } }),
      ...(keys && { keys }),
      ...(at !== undefined && { at }),
      ...(blind !== undefined && { blind }),
      ...(isRead !== undefined && { isRead }),
      ...(byUser !== undefined && { byUser }),
    },
  ]
}

/** What of a Problem may be kept: not the server's words, which may be clinical. */
export const whyOf = (problem: Problem): NonNullable<Step['why']> =>
  problem.kind === 'http' ? { kind: 'http', status: problem.status } : { kind: problem.kind }

export const isThere = (step: Step | undefined): boolean =>
  step?.state === 'written' || step?.state === 'existed'

/** Sent, and the end is not known. `sending` in a journal that was just opened is what a crash leaves. */
export const isUncertain = (step: Step | undefined): boolean =>
  step?.state === 'sending' || step?.state === 'unknown'
