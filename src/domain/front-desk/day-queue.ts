import type { Clock } from '../ports'

/** How a question ended, as far as the payer's pace is concerned. */
export interface Pace {
  /** The payer asks to be left alone so long: 429 or 503 with Retry-After. Milliseconds. */
  readonly waitMs?: number
  /** It took longer than usual, or did not answer in time. */
  readonly isSlow: boolean
}

/** One question to a payer. `key`: the appointment's. */
export interface Turn {
  readonly key: string
  readonly payerId: string
  /** Sends it once. Never rejects. */
  readonly ask: (signal: AbortSignal) => Promise<Pace>
}

/** A payer that is asked more slowly. `until`: epoch milliseconds. */
export interface Held {
  readonly payerId: string
  /** Nothing is sent to it before. */
  readonly until?: number
  /** How many questions it gets at once. */
  readonly atOnce: number
}

/** Where asking stands. */
export interface QueueState {
  /** `stopping`: nothing new is sent, and answers are still to come. */
  readonly phase: 'idle' | 'running' | 'stopping' | 'stopped'
  readonly waiting: ReadonlySet<string>
  readonly asking: ReadonlySet<string>
  /** Put aside when it was stopped. */
  readonly aside: ReadonlySet<string>
  /** Of what was pressed since nothing was left: how many, and how many of them have their outcome. */
  readonly total: number
  readonly done: number
  readonly held: readonly Held[]
}

export interface DayQueue {
  /** Asks each once; what waits or is being asked already is left as it is. */
  readonly press: (turns: readonly Turn[]) => void
  /** Sends nothing new; what is on its way is waited for. */
  readonly stop: () => void
  /** Goes on with what was put aside. */
  readonly resume: () => void
  /** Gives up what is on its way: its outcome is told as skipped. What was put aside stays so. */
  readonly skip: () => void
  /** The same, and forgets what waits or was put aside. */
  readonly end: () => void
  readonly state: () => QueueState
}

interface Limits {
  /** Questions at the same time, of all payers together. */
  readonly atOnce: number
  readonly atOncePerPayer: number
}

interface Lane {
  allowed: number
  busy: number
  /** Quick answers in a row. */
  quick: number
  /** Nothing is sent before; epoch milliseconds. */
  until: number
  /** Least time between two questions, once the payer has said that it was too many. Milliseconds. */
  spacing: number
  /** When it last said so; epoch milliseconds. */
  refusedAt: number
  /** When the last ones were sent; epoch milliseconds. */
  starts: readonly number[]
}

/** Quick answers after which a payer that was slow gets one more at once. */
const QUICK_ENOUGH = 5
const SECOND = 1_000
/** Who refuses one question in two seconds refuses that question, or says itself how long to wait. */
const MOST_SPACING = 2 * SECOND
/** So long after its last refusal a payer is asked afresh, when somebody presses. */
const FORGOTTEN_AFTER = 60 * SECOND

/**
 * Asks many payers many questions, a few at a time. A payer that refuses for being asked too much is left alone for as long as it
 * says, and then gets one question at a time, at half the pace that it refused; one that slows down gets fewer at once. The others
 * go on. Nothing is repeated by itself: a refused question has its outcome, and is asked again when somebody presses.
 */
export function createDayQueue(
  clock: Clock,
  limits: Limits,
  onChange: (state: QueueState) => void,
): DayQueue {
  let waiting: readonly Turn[] = []
  let aside: readonly Turn[] = []
  const asking = new Map<string, AbortController>()
  const lanes = new Map<string, Lane>()
  let total = 0
  let wake: (() => void) | undefined

  const left = (): number => waiting.length + aside.length + asking.size
  const state = (): QueueState => {
    const now = clock.now()
    const isGoing = waiting.length > 0 || (asking.size > 0 && aside.length === 0)
    return {
      phase: isGoing ? 'running' : aside.length === 0 ? 'idle' : asking.size > 0 ? 'stopping' : 'stopped',
      waiting: keysOf(waiting),
      asking: new Set(asking.keys()),
      aside: keysOf(aside),
      total,
      done: total - left(),
      held: [...lanes].flatMap(([payerId, lane]) => heldOf(payerId, lane, limits, now)),
    }
  }

  const send = (turn: Turn, lane: Lane): void => {
    const controller = new AbortController()
    const now = clock.now()
    waiting = waiting.filter((each) => each !== turn)
    asking.set(turn.key, controller)
    lane.busy += 1
    lane.starts = [...lane.starts.filter((at) => at > now - SECOND), now]
    void turn.ask(controller.signal).then((pace) => {
      asking.delete(turn.key)
      lane.busy -= 1
      settle(lane, pace, { sentAt: now, now: clock.now(), most: limits.atOncePerPayer })
      pump()
    })
  }

  const pump = (): void => {
    wake?.()
    wake = undefined
    let next = Number.POSITIVE_INFINITY
    for (const turn of waiting) {
      if (asking.size >= limits.atOnce) break
      const lane = lanes.get(turn.payerId) ?? newLane(limits)
      lanes.set(turn.payerId, lane)
      const at = readyAt(lane)
      if (at <= clock.now()) send(turn, lane)
      else next = Math.min(next, at)
    }
    if (next !== Number.POSITIVE_INFINITY) wake = clock.after(next - clock.now(), pump)
    if (left() === 0) total = 0
    onChange(state())
  }

  return {
    press(turns) {
      for (const [payerId, lane] of lanes) if (isForgotten(lane, clock.now())) lanes.delete(payerId)
      const taken = new Set([...keysOf(waiting), ...asking.keys()])
      const fresh = [...new Map(turns.map((turn) => [turn.key, turn])).values()].filter(
        ({ key }) => !taken.has(key),
      )
      const again = keysOf(fresh)
      const kept = aside.filter(({ key }) => !again.has(key))
      total += fresh.length - (aside.length - kept.length)
      aside = kept
      waiting = [...waiting, ...fresh]
      pump()
    },
    stop() {
      aside = [...aside, ...waiting]
      waiting = []
      pump()
    },
    resume() {
      waiting = [...waiting, ...aside]
      aside = []
      pump()
    },
    skip() {
      for (const controller of asking.values()) controller.abort()
    },
    end() {
      total -= waiting.length + aside.length
      waiting = []
      aside = []
      for (const controller of asking.values()) controller.abort()
      pump()
    },
    state,
  }
}

const keysOf = (turns: readonly Turn[]): ReadonlySet<string> => new Set(turns.map(({ key }) => key))

const newLane = ({ atOncePerPayer }: Limits): Lane => ({
  allowed: atOncePerPayer,
  busy: 0,
  quick: 0,
  until: 0,
  spacing: 0,
  refusedAt: Number.NEGATIVE_INFINITY,
  starts: [],
})

/** The pace of one that is only slow mends by itself. */
const isForgotten = ({ busy, spacing, refusedAt, until }: Lane, now: number): boolean =>
  busy === 0 && spacing > 0 && now - Math.max(refusedAt, until) >= FORGOTTEN_AFTER

/** When the next question to this payer may leave; never by itself where one of those on their way has to end first. */
const readyAt = ({ busy, allowed, until, starts, spacing }: Lane): number =>
  busy >= allowed ? Number.POSITIVE_INFINITY : Math.max(until, (starts.at(-1) ?? 0) + spacing)

function heldOf(payerId: string, lane: Lane, limits: Limits, now: number): readonly Held[] {
  const isWaiting = lane.until > now
  if (lane.allowed >= limits.atOncePerPayer && !isWaiting) return []
  return [{ payerId, atOnce: lane.allowed, ...(isWaiting && { until: lane.until }) }]
}

/** What an outcome says about the pace that the payer bears. */
function settle(
  lane: Lane,
  { waitMs, isSlow }: Pace,
  { sentAt, now, most }: { readonly sentAt: number; readonly now: number; readonly most: number },
): void {
  if (waitMs !== undefined) {
    lane.until = Math.max(lane.until, now + waitMs)
    lane.allowed = 1
    lane.quick = 0
    // Those that had left before it was known are one refusal.
    if (sentAt <= lane.refusedAt) return
    const lately = lane.starts.filter((at) => at > now - SECOND).length
    const slower = Math.max(lane.spacing * 2, (2 * SECOND) / Math.max(lately, 2))
    lane.spacing = Math.min(slower, MOST_SPACING)
    lane.refusedAt = now
    return
  }
  lane.quick = isSlow ? 0 : lane.quick + 1
  if (isSlow) lane.allowed = Math.max(1, lane.allowed - 1)
  else if (lane.quick >= QUICK_ENOUGH && lane.spacing === 0 && lane.allowed < most) {
    lane.allowed += 1
    lane.quick = 0
  }
}
