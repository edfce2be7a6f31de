import type { Payer } from '../domain/payer-directory'
import { isUnderWay, type PayerSignInState, type SignInFailure } from '../domain/pdex/payer-sign-in'
import type { Clock, PayerAccess, PayerSignInPort } from '../domain/ports'
import type { Http } from './http'
import { type Attempt, discover, exchange, newAttempt } from './payer-oauth'
import { createPayerSession } from './payer-session'
import { unknownState } from './payer-sign-in-words'
import { type Answered, browserWindows, type SignInWindow, type Windows } from './payer-window'

interface Options {
  readonly clock: Clock
  readonly timeoutMs: number
  readonly windows?: Windows
}

/** The sessions at payers, for the payer client. */
export interface PayerSignIns extends PayerSignInPort {
  access(payer: Payer): PayerAccess
  /** This payer's http with this payer's own token; `payer-session` says how. */
  http(payer: Payer): Http
}

/** SMART 2.2 standalone launches at payers: each in a window of its own, each with a session of its own beside the EHR's. */
export function createPayerSignIns({ windows = browserWindows, ...frame }: Options): PayerSignIns {
  const desks = new Map<string, ReturnType<typeof signInDesk>>()
  const listeners = new Set<() => void>()
  const onChange = (): void => {
    for (const listener of listeners) listener()
  }
  let isListening = false
  const deskOf = (payer: Payer) => {
    const key = `${payer.id} ${payer.fhirBase}`
    const desk = desks.get(key) ?? signInDesk({ ...frame, windows, payer, onChange })
    desks.set(key, desk)
    return desk
  }
  const onAnswer = (answer: Answered): void => {
    const known = [...desks.values()].find((desk) => desk.awaits(answer.parameters.get('state')))
    if (known !== undefined) return void known.arrive(answer.parameters)
    // Other tabs' sign-ins are heard too and are none of ours; but a window of this page has to know its state.
    for (const desk of desks.values()) desk.refuseFrom(answer.source)
  }
  return {
    state: (payer) => deskOf(payer).state(),
    subscribe(changed) {
      listeners.add(changed)
      return () => void listeners.delete(changed)
    },
    begin(payer) {
      if (!isListening) windows.listen(onAnswer)
      isListening = true
      deskOf(payer).begin()
    },
    cancel: (payer) => deskOf(payer).cancel(),
    signOut: (payer) => deskOf(payer).signOut(),
    access(payer) {
      const { session } = deskOf(payer)
      const until = session.until()
      return { kind: 'smart', isHeld: session.isHeld(), ...(until !== undefined && { until }) }
    },
    http: (payer) => deskOf(payer).session.http,
  }
}

interface DeskOptions {
  readonly payer: Payer
  readonly clock: Clock
  readonly timeoutMs: number
  readonly windows: Windows
  readonly onChange: () => void
}

const LOOK_EVERY_MS = 500

/** Signing in at one payer: one attempt at a time. A session that is there lasts until a new one takes its place. */
function signInDesk({ payer, clock, timeoutMs, windows, onChange }: DeskOptions) {
  let state: PayerSignInState = { kind: 'out' }
  let attempt: Attempt | undefined
  let opened: SignInWindow | undefined
  /** Counts attempts: news of one that was given up does not count. */
  let turn = 0

  const enter = (next: PayerSignInState): void => {
    state = next
    onChange()
  }
  const session = createPayerSession({
    payer,
    clock,
    timeoutMs,
    onEnd: () => isUnderWay(state) || enter({ kind: 'ended' }),
  })
  /** What the session alone makes of the state. */
  const settled = (): PayerSignInState => {
    const until = session.until()
    return session.isHeld() ? { kind: 'in', ...(until !== undefined && { until }) } : { kind: 'out' }
  }
  const letGo = (): void => {
    turn += 1
    opened?.close()
    opened = undefined
    attempt = undefined
  }
  const fall = (failure: SignInFailure): void => {
    letGo()
    enter({ kind: 'failed', failure })
  }
  const watch = (own: number): void => {
    clock.after(LOOK_EVERY_MS, () => {
      if (turn !== own || state.kind !== 'waiting') return
      // No failure yet: a payer's page that cut its tie to this one looks closed from here, and may still answer.
      if (state.window === 'open' && opened?.isClosed()) enter({ ...state, window: 'closed' })
      watch(own)
    })
  }
  const goThere = async (window: SignInWindow): Promise<void> => {
    const own = turn
    const endpoints = await discover(payer)
    if (turn !== own) return
    if (!endpoints.ok) return fall(endpoints.problem)
    const begun = await newAttempt(payer, endpoints.value, windows.returnPage)
    if (turn !== own) return
    attempt = begun
    window.show(begun.address)
    enter({ kind: 'waiting', address: begun.address, window: window.isBlocked ? 'blocked' : 'open' })
    watch(own)
  }

  return {
    session,
    state: () => state,
    awaits: (key: string | null): boolean => attempt !== undefined && attempt.state === key,
    begin(): void {
      letGo()
      opened = windows.open()
      enter({ kind: 'starting' })
      void goThere(opened)
    },
    cancel(): void {
      letGo()
      enter(settled())
    },
    signOut(): void {
      letGo()
      session.drop()
      enter({ kind: 'out' })
    },
    refuseFrom(source: unknown): void {
      if (source != null && attempt !== undefined && opened?.isSource(source)) fall(unknownState(payer.name))
    },
    /** The payer has sent the user back with the state of this attempt. */
    async arrive(parameters: URLSearchParams): Promise<void> {
      const begun = attempt
      if (begun === undefined) return
      letGo()
      const own = turn
      enter({ kind: 'finishing' })
      const tokens = await exchange(payer, begun, parameters, clock.now)
      if (turn !== own) return
      if (!tokens.ok) return fall(tokens.problem)
      session.hold(begun.endpoints, tokens.value)
      enter(settled())
    },
  }
}
