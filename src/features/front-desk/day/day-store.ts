import { type FrontDeskAnswer, frontDeskAnswer } from '../../../domain/front-desk/answer'
import type { DayWorld } from '../../../domain/front-desk/day-ask'
import type { Askable } from '../../../domain/front-desk/day-plan'
import { createDayQueue, type QueueState } from '../../../domain/front-desk/day-queue'
import type { Day } from '../../../domain/front-desk/day-read'
import { questionOf, type RowStanding } from '../../../domain/front-desk/day-rows'
import type { CdsPort } from '../../../domain/ports'
import { dayOf } from '../../asking/local-time'
import { unreachable } from '../../asking/use-ask'
import type { Desk } from '../../work'
import { deskConfiguration } from '../desk-configuration'

/** A payer is asked few things at once, and so is the chart: others work with both. */
const LIMITS = { atOnce: 6, atOncePerPayer: 3 }

/** Where asking stands, and every answer of this session by its question. */
export interface DayAsked {
  readonly queue: QueueState
  readonly answers: ReadonlyMap<string, FrontDeskAnswer>
}

export interface DayStore {
  readonly state: () => DayAsked
  readonly subscribe: (changed: () => void) => () => void
  /** Asks each once; what waits or is being asked is left as it is. */
  readonly ask: (visits: readonly Askable[], day: Day) => void
  readonly stop: () => void
  readonly resume: () => void
  /** Waits for no answer that is on its way. */
  readonly skip: () => void
  /** Asks nothing more, and waits for no answer. */
  readonly end: () => void
}

/** Asking of a day's payers, and what came of it: outlives the day that is shown, and ends with the page. */
export function createDayStore(desk: Desk): DayStore {
  const { clock, audit } = desk.ports
  let answers: ReadonlyMap<string, FrontDeskAnswer> = new Map()
  const listeners = new Set<() => void>()
  let now: DayAsked | undefined
  const queue = createDayQueue(clock, LIMITS, (state) => {
    now = { queue: state, answers }
    for (const listener of listeners) listener()
  })
  let world: DayWorld | undefined

  const askOne = async (visit: Askable, day: Day, signal: AbortSignal) => {
    const about = { today: dayOf(clock.now()), date: visit.date, payerRole: 'primary' } as const
    try {
      const { askVisit, withRareDiscovery } = await loadEngine()
      world ??= worldOf(desk, withRareDiscovery(desk.ports.cds, clock))
      const { answer, pace, record } = await askVisit(visit, day, world, signal)
      answers = new Map(answers).set(questionOf(visit), frontDeskAnswer(answer, about))
      // A log that cannot be written takes no answer from the screen.
      if (record !== undefined) void audit.keep(record).catch(() => undefined)
      return pace
    } catch {
      const answer = { ...unreachable(1, clock.now()), payer: visit.payer }
      answers = new Map(answers).set(questionOf(visit), frontDeskAnswer(answer, about))
      return { isSlow: false }
    }
  }
  return {
    state() {
      now ??= { queue: queue.state(), answers }
      return now
    },
    subscribe(changed) {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    ask: (visits, day) =>
      queue.press(
        visits.map((visit) => ({
          key: questionOf(visit),
          payerId: visit.payer.id,
          ask: (signal) => askOne(visit, day, signal),
        })),
      ),
    stop: queue.stop,
    resume: queue.resume,
    skip: queue.skip,
    end: queue.end,
  }
}

function worldOf({ session, site, ports }: Desk, cds: CdsPort): DayWorld {
  const { ehr, clock, newId, fhirPath } = ports
  // What the launch says of one patient says nothing about the others.
  const { key, ehrName, fhirBase, fhirUser, scopes, needPatientBanner } = session
  const own = { key, ehrName, fhirBase, scopes, needPatientBanner, fhirContext: [] }
  return {
    ehr,
    cds,
    clock,
    newId,
    fhirPath,
    session: { ...own, ...(fhirUser !== undefined && { fhirUser }) },
    payers: site.payers,
    policy: site.policy,
    configurationOf: deskConfiguration,
    isDeIdentified: (payer) => payer.deIdentified === true,
  }
}

/** The engine of asking is fetched once the list stands, or when something is asked. */
export const loadEngine = () => import('../../../domain/front-desk/day-ask')

/** Where the question of a row stands. */
export function standingOf(question: string | undefined, { queue, answers }: DayAsked): RowStanding {
  if (question === undefined) return { kind: 'unasked' }
  if (queue.asking.has(question)) return { kind: 'asking' }
  if (queue.waiting.has(question)) return { kind: 'waiting' }
  const answer = answers.get(question)
  return answer === undefined ? { kind: 'unasked' } : { kind: 'answered', answer }
}
