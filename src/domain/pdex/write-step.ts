import type { FhirJson } from '../json'
import type { ChartWriterPort, Clock } from '../ports'
import type { Problem, Result } from '../result'
import type { Found } from './chart-copy'
import { isThere, isUncertain, type Journal, type Step, type StepState, whyOf } from './journal'
import type { RecordKey } from './record'

/** One thing to have in the chart once. */
export interface StepRequest {
  readonly id: string
  /** Made only when it has to be sent. */
  readonly resource: () => Promise<Result<FhirJson>>
  /** Present where the chart understands conditional create. */
  readonly ifNoneExist?: string
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
}

/** `done`: the journal has the end of it, good or bad. `stopped`, `paused`: nothing of it is in flight. */
export type StepEnd =
  | { readonly kind: 'done'; readonly step: Step }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'paused'; readonly problem: Problem }

const ATTEMPTS = 4
/** Between a lost answer and the look whether it is there: servers index with a delay. */
const SETTLE_MS = 2_000
const LONGEST_WAIT_MS = 120_000

/** What a look into the chart gave. `blind`: it could not be looked. */
type Look =
  | { readonly kind: 'there'; readonly reference: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'blind'; readonly problem?: Problem }
  | { readonly kind: 'paused'; readonly problem: Problem }

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
    if (seen.kind === 'absent') doubt = false
    if (seen.kind === 'blind' && !conditional) {
      if (uncertain) return settle(request, world, 'unknown', seen.problem)
      if (seen.problem !== undefined) return settle(request, world, 'failed', seen.problem)
    }
  }
  return send(request, world, doubt)
}

/** `doubt`: an earlier attempt may have come through, and nobody could look. No refusal of a later one takes that back. */
async function send(request: StepRequest, world: StepWorld, doubt: boolean): Promise<StepEnd> {
  if (world.signal.aborted) return { kind: 'stopped' }
  const resource = await request.resource()
  if (!resource.ok) return settle(request, world, doubt ? 'unknown' : 'refused', resource.problem)
  const { ifNoneExist } = request
  let inDoubt = doubt
  let problem: Problem | undefined
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    // A stop between two attempts leaves the journal as it is: planned, or unknown and looked up next time.
    if (world.signal.aborted) return { kind: 'stopped' }
    await enter(request, world, 'sending')
    const answer = await world.writer.create(resource.value, ifNoneExist === undefined ? {} : { ifNoneExist })
    if (answer.ok) {
      const { isNew, reference } = answer.value
      return isNew
        ? settle(request, world, 'written', undefined, reference)
        : settleExisting(request, world, undefined, reference)
    }
    problem = answer.problem
    const meaning = meaningOf(problem, ifNoneExist !== undefined)
    if (meaning === 'existed') return settleExisting(request, world, problem)
    if (meaning === 'refused') return settle(request, world, inDoubt ? 'unknown' : 'refused', problem)
    const later = meaning === 'later'
    await enter(request, world, inDoubt || meaning === 'unknown' ? 'unknown' : 'planned', problem)
    if (meaning === 'paused' || (later && delay(problem) > LONGEST_WAIT_MS))
      return { kind: 'paused', problem }
    await wait(later ? delay(problem) : Math.max(SETTLE_MS, delay(problem)), world)
    if (later) continue
    if (world.signal.aborted) return { kind: 'stopped' }
    const seen = await look(request, world)
    if (seen.kind === 'paused') return seen
    if (seen.kind === 'there') return settle(request, world, 'written', undefined, seen.reference)
    inDoubt = seen.kind === 'blind'
    if (inDoubt && ifNoneExist === undefined) break
  }
  return settle(request, world, inDoubt ? 'unknown' : 'failed', problem)
}

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

type Meaning = 'existed' | 'refused' | 'paused' | 'later' | 'unknown'

/** What an unsuccessful create tells about whether it happened. */
function meaningOf(problem: Problem, conditional: boolean): Meaning {
  if (problem.kind === 'expired') return 'paused'
  if (problem.kind === 'refused') return 'refused'
  if (problem.kind !== 'http') return 'unknown'
  const { status } = problem
  if (status === 401) return 'paused'
  if (status === 429) return 'later'
  // Conditional create: several are there already (R4 http §ccreate).
  if (status === 412 && conditional) return 'existed'
  // A gateway's 5xx says nothing of the server behind it.
  if (status === 408 || status >= 500 || status < 400) return 'unknown'
  return 'refused'
}

const delay = (problem: Problem): number => {
  if (problem.kind !== 'http') return 0
  return (problem.retryAfterSeconds ?? (problem.status === 429 ? 5 : 0)) * 1000
}

async function look(request: StepRequest, world: StepWorld): Promise<Look> {
  if (request.find === undefined) return { kind: 'blind' }
  for (let attempt = 1; ; attempt += 1) {
    const found = await request.find()
    if (found.ok)
      return found.value ? { kind: 'there', reference: found.value.reference } : { kind: 'absent' }
    const { problem } = found
    if (problem.kind === 'expired' || (problem.kind === 'http' && problem.status === 401))
      return { kind: 'paused', problem }
    if (isNoSearch(problem)) return { kind: 'blind' }
    if (attempt === ATTEMPTS || world.signal.aborted) return { kind: 'blind', problem }
    await wait(Math.min(LONGEST_WAIT_MS, Math.max(SETTLE_MS, delay(problem))), world)
  }
}

/** A chart that refuses the search itself is one that cannot be searched, whatever it says of itself; asking again changes nothing. */
const isNoSearch = (problem: Problem): boolean =>
  problem.kind === 'http' && [400, 403, 404, 405, 422, 501].includes(problem.status)

/** Until the time is over or the user stops. */
const wait = (ms: number, { clock, signal }: StepWorld): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const end = (): void => {
      cancel()
      signal.removeEventListener('abort', end)
      resolve()
    }
    const cancel = clock.after(ms, end)
    signal.addEventListener('abort', end)
  })

async function enter(
  request: StepRequest,
  world: StepWorld,
  state: StepState,
  problem?: Problem,
  reference?: string,
): Promise<Step> {
  const step: Step = {
    state,
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
