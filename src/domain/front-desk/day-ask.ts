import type { InvocationRecord } from '../audit'
import { recordOf } from '../audit-record'
import { type AskWorld, ask, type PayerAnswer, prepare } from '../crd/ask'
import type { CdsPort, Clock } from '../ports'
import type { OpenSession } from '../session'
import { withCoverages } from './day-coverages'
import type { Askable } from './day-plan'
import type { Pace } from './day-queue'
import type { Day } from './day-read'

/** What asking needs besides the day: all but what is of one patient. */
export interface DayWorld extends Omit<AskWorld, 'session' | 'patient' | 'cache'> {
  readonly session: OpenSession
}

/** What came of one appointment's question. `record`: for the log, where something was sent (CRD found-37). */
export interface AskedVisit {
  readonly answer: PayerAnswer
  readonly pace: Pace
  readonly record?: InvocationRecord
}

/** Asks the payer about one appointment, once, with what was read for the whole day. Never rejects. */
export async function askVisit(
  { patientId, payer, scenario }: Askable,
  day: Day,
  world: DayWorld,
  signal: AbortSignal,
): Promise<AskedVisit> {
  const { clock, newId, policy } = world
  const session = { ...world.session, patientId }
  const patient = day.patients.get(patientId)
  const own: AskWorld = {
    ...world,
    session,
    ...(patient && { patient }),
    cache: withCoverages(day.cache, day.coverages),
  }
  const since = clock.now()
  const prepared = await prepare(scenario(newId), own, { signal, payerRole: 'primary' })
  const answer =
    prepared.kind === 'ready' ? await ask(prepared, own, () => undefined, { signal }) : prepared.answer
  const record = prepared.kind === 'ready' ? recordOf(prepared, answer, session, newId) : undefined
  return {
    answer,
    pace: paceOf(answer, payer.name, answer.endedAt - since >= policy.slowAfterMs),
    ...(record && { record }),
  }
}

/** Where a payer says "too many" and not for how long; milliseconds. */
const WAIT_UNSAID = 10_000

/** What an answer says of the pace that its payer bears: 429 and 503 ask to be left alone (RFC 9110 §10.2.3). */
function paceOf(answer: PayerAnswer, payer: string, isLate: boolean): Pace {
  if (answer.kind !== 'failed') return { isSlow: isLate }
  const { problem } = answer
  const isTooMany =
    problem.kind === 'http' &&
    problem.server === payer &&
    (problem.status === 429 || (problem.status === 503 && problem.retryAfterSeconds !== undefined))
  return {
    isSlow: isLate || problem.kind === 'timeout',
    ...(isTooMany && {
      waitMs: problem.retryAfterSeconds === undefined ? WAIT_UNSAID : problem.retryAfterSeconds * 1000,
    }),
  }
}

const AGAIN_AFTER = 60_000

/**
 * Discovery is asked anew after a failure (CRD found-17), and by many questions that fail together only once a minute: a payer in
 * trouble is not asked twice for each.
 */
export function withRareDiscovery(cds: CdsPort, clock: Pick<Clock, 'now'>): CdsPort {
  const looked = new Map<string, number>()
  return {
    ...cds,
    discover(payer, options) {
      const isLate = clock.now() - (looked.get(payer.id) ?? Number.NEGATIVE_INFINITY) >= AGAIN_AFTER
      if (options?.fresh !== true || !isLate) {
        const { fresh: _, ...rest } = options ?? {}
        return cds.discover(payer, rest)
      }
      looked.set(payer.id, clock.now())
      return cds.discover(payer, options)
    },
  }
}
