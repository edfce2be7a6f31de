import type { FhirJson } from '../json'
import type { ChartWriterPort, Clock } from '../ports'
import type { Problem, Result } from '../result'
import type { Found } from './chart-copy'
import { isThere, isUncertain, type Journal, type Step, type StepState, whyOf } from './journal'
import type { RecordKey } from './record'
import { ATTEMPTS, delay, LONGEST_WAIT_MS, look, pause, SETTLE_MS } from './write-look'

/** One thing to have in the chart once. */
export interface StepRequest {
  readonly id: string
  /** The resource type, for what is looked up and read back. */
  readonly type: string
  /** Made only when it has to be sent. */
  readonly resource: () => Promise<Result<FhirJson>>
  /** Present where the chart understands conditional create. */
  readonly ifNoneExist?: string
  /** Where it is not application/fhir+json. */
  readonly mediaType?: string
  /** Its copy in the chart, undefined where there is none. Absent where the chart cannot be searched. */
  readonly find?: () => Promise<Result<Found | undefined>>
  readonly keys?: readonly RecordKey[]
}

export interface StepWorld {
  readonly journal: Journal
  readonly writer: ChartWriterPort
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly onStep: () => void
  /** While this chart asks to be left alone (429), nobody sends. */
  readonly rest: { until?: Promise<void> | undefined }
}

/** `done`: the journal has the end of it, good or bad. `stopped`, `paused`: nothing of it is in flight. */
export type StepEnd =
  | { readonly kind: 'done'; readonly step: Step }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'paused'; readonly problem: Problem }

const ACCEPTED = 202

/**
 * Brings one thing into the chart exactly once. What was sent without an answer is looked up, or repeated as a conditional create
 * where it cannot be looked up, and otherwise stays `unknown`: it is never simply sent again.
 */
export async function runStep(request: StepRequest, world: StepWorld): Promise<StepEnd> {
  const before = world.journal.step(request.id)
  if (before !== undefined && (isThere(before) || before.state === 'refused'))
    return { kind: 'done', step: before }
  const conditional = request.ifNoneExist !== undefined
  const uncertain = isUncertain(before)
  let doubt = uncertain
  if (uncertain || !conditional) {
    const seen = await look(request, world)
    if (seen.kind === 'paused') return seen
    if (seen.kind === 'there')
      return settle(request, world, uncertain ? 'written' : 'existed', undefined, seen.reference)
    // Taken for later (202): that it is not there yet does not say that it will not be.
    if (seen.kind === 'absent' && before?.why?.status === ACCEPTED)
      return settleUnknown(request, world, undefined, true, before.why)
    if (seen.kind === 'absent') doubt = false
    if (seen.kind === 'blind' && !conditional) {
      if (uncertain)
        return settleUnknown(request, world, seen.problem, seen.problem === undefined, before?.why)
      if (seen.problem !== undefined) return settle(request, world, 'failed', seen.problem)
    }
  }
  return send(request, world, doubt)
}

/** `doubt`: an earlier attempt may have come through, and nobody could look. No refusal of a later one takes that back. */
async function send(request: StepRequest, world: StepWorld, doubt: boolean): Promise<StepEnd> {
  if (world.signal.aborted) return { kind: 'stopped' }
  const resource = await request.resource()
  const { ifNoneExist, mediaType } = request
  let inDoubt = doubt
  let blind = request.find === undefined
  const refuse = (why: Problem | undefined): Promise<StepEnd> =>
    inDoubt ? settleUnknown(request, world, why, blind) : settle(request, world, 'refused', why)
  if (!resource.ok) return refuse(resource.problem)
  let problem: Problem | undefined
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    // A stop between two attempts leaves the journal as it is: planned, or unknown and looked up next time.
    await world.rest.until
    if (world.signal.aborted) return { kind: 'stopped' }
    await enter(request, world, 'sending')
    const answer = await world.writer.create(resource.value, {
      ...(ifNoneExist !== undefined && { ifNoneExist }),
      ...(mediaType !== undefined && { mediaType }),
    })
    if (answer.ok) {
      const { isNew, reference, isAccepted } = answer.value
      if (isAccepted === true) return settleAccepted(request, world)
      return isNew
        ? settle(request, world, 'written', undefined, reference)
        : settleExisting(request, world, undefined, reference)
    }
    problem = answer.problem
    const meaning = meaningOf(problem, ifNoneExist !== undefined)
    if (meaning === 'existed') return settleExisting(request, world, problem)
    if (meaning === 'refused') return refuse(problem)
    const later = meaning === 'later'
    await enter(request, world, inDoubt || meaning === 'unknown' ? 'unknown' : 'planned', problem)
    if (meaning === 'paused' || (later && delay(problem) > LONGEST_WAIT_MS))
      return { kind: 'paused', problem }
    if (later) {
      world.rest.until = pause(delay(problem), world)
      await world.rest.until
      continue
    }
    await pause(Math.max(SETTLE_MS, delay(problem)), world)
    if (world.signal.aborted) return { kind: 'stopped' }
    const seen = await look(request, world)
    if (seen.kind === 'paused') return seen
    const conflict = meaning === 'conflict'
    if (seen.kind === 'there')
      return settle(request, world, conflict ? 'existed' : 'written', undefined, seen.reference)
    if (conflict) {
      // The chart said that it did not do it: one repetition, then the record goes another way.
      if (attempt > 0) return refuse(problem)
      continue
    }
    inDoubt = seen.kind === 'blind'
    blind = seen.kind === 'blind' && seen.problem === undefined
    if (inDoubt && ifNoneExist === undefined) break
  }
  return inDoubt ? settleUnknown(request, world, problem, blind) : settle(request, world, 'failed', problem)
}

/** 202: taken, to be filed later. It counts as there only once it is found. */
async function settleAccepted(request: StepRequest, world: StepWorld): Promise<StepEnd> {
  const why = { kind: 'http', status: ACCEPTED } as const
  await enter(request, world, 'unknown', undefined, undefined, { why })
  await pause(SETTLE_MS, world)
  const seen = await look(request, world)
  if (seen.kind === 'paused') return seen
  if (seen.kind === 'there') return settle(request, world, 'written', undefined, seen.reference)
  return settleUnknown(request, world, undefined, true, why)
}

/** `blind`: no look will ever tell, so the user has to. */
const settleUnknown = (
  request: StepRequest,
  world: StepWorld,
  problem: Problem | undefined,
  blind: boolean,
  why?: Step['why'],
): Promise<StepEnd> =>
  settle(request, world, 'unknown', problem, undefined, {
    ...(blind && { blind }),
    ...(problem === undefined && why && { why }),
  })

/**
 * The chart says that a conditional create found this there already. A chart that left a search parameter out took something else
 * for it: where looking shows that, it refused this record, which goes into the document then.
 */
async function settleExisting(
  request: StepRequest,
  world: StepWorld,
  problem: Problem | undefined,
  reference?: string,
): Promise<StepEnd> {
  const seen = await look(request, world)
  if (seen.kind === 'paused') return seen
  if (seen.kind === 'there') return settle(request, world, 'existed', problem, seen.reference)
  if (seen.kind === 'blind') return settle(request, world, 'existed', problem, reference)
  return settle(request, world, 'refused', {
    kind: 'refused',
    rule: 'conditional-create',
    message: 'The chart took another record for this one.',
  })
}

type Meaning = 'existed' | 'refused' | 'paused' | 'later' | 'conflict' | 'unknown'

/** What an unsuccessful create tells about whether it happened. */
function meaningOf(problem: Problem, conditional: boolean): Meaning {
  if (problem.kind === 'expired') return 'paused'
  if (problem.kind === 'refused') return 'refused'
  if (problem.kind !== 'http') return 'unknown'
  const { status } = problem
  if (status === 401) return 'paused'
  if (status === 429) return 'later'
  if (status === 409) return 'conflict'
  // Not implemented: an answer about this server, not an accident.
  if (status === 501) return 'refused'
  // Conditional create: several are there already (R4 http §ccreate).
  if (status === 412 && conditional) return 'existed'
  // A gateway's 5xx says nothing of the server behind it.
  if (status === 408 || status >= 500 || status < 400) return 'unknown'
  return 'refused'
}

async function enter(
  request: StepRequest,
  world: StepWorld,
  state: StepState,
  problem?: Problem,
  reference?: string,
  more: Pick<Step, 'blind' | 'why'> = {},
): Promise<Step> {
  const at = state === 'sending' ? world.clock.now() : world.journal.step(request.id)?.at
  const step: Step = {
    state,
    ...(at !== undefined && { at }),
    ...more,
    ...(reference !== undefined && { reference }),
    ...(problem !== undefined && { why: whyOf(problem) }),
    ...(request.keys && { keys: request.keys }),
  }
  await world.journal.enter(request.id, step)
  world.onStep()
  return step
}

const settle = async (...of: Parameters<typeof enter>): Promise<StepEnd> => ({
  kind: 'done',
  step: await enter(...of),
})
