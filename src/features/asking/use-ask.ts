import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { AskWorld, PayerAnswer, PayerRole, PreparedQuestion } from '../../domain/crd/ask'
import type { PayerState, PreparedAll } from '../../domain/crd/ask-all'
import type { Scenario } from '../../domain/crd/scenario'
import type { FhirJson } from '../../domain/json'
import type { Payer } from '../../domain/payer-directory'
import type { AskedQuestion } from './asked-question'
import { loadAsking } from './load-asking'
import { reader, signalOf, type WaysOut, waysOut } from './round'

/** An outcome of one payer with the question it belongs to. */
export interface Answered {
  readonly question: AskedQuestion
  readonly answer: PayerAnswer
  /** The drafts as they were sent; none where nothing was sent. */
  readonly orders: readonly FhirJson[]
  /** As it was asked. */
  readonly scenario: Scenario
  /** Equal for the answers of all payers that were asked at once. */
  readonly round?: number
  /** Why the payer was told to say nothing of coverage; absent: it was not. */
  readonly withoutCoverage?: 'secondary' | 'settings'
}

/** A payer that is being asked. `since` in epoch ms, from the click. */
export interface Waiting {
  readonly question: AskedQuestion
  readonly since: number
  readonly isSlow: boolean
  /** Known once the question is prepared. */
  readonly payer?: Payer
  readonly payerRole: PayerRole
}

/** What is asked, and of whom. */
export interface AskRequest {
  readonly question: AskedQuestion
  readonly scenario: Scenario
  /** The payers of the other active coverages too (CRD dev-32). */
  readonly asksOthers: boolean
  /** The requests that the user was shown: sent to the letter. */
  readonly shown?: PreparedAll
}

interface Asking {
  /** The payers whose answer is still to come. */
  readonly waiting: readonly Waiting[]
  /** The last outcomes, the likely primary first; those of an earlier question stay until the first one of a newer question is there. */
  readonly answered: readonly Answered[]
  /** Coverages that nobody was asked about, and why. */
  readonly notAsked: PreparedAll['notAsked']
  /** Asks each payer once. A question still on its way is given up for it. */
  readonly start: (request: AskRequest) => void
  /** Skips one payer; all of them where none is named. */
  readonly skip: (payer?: Payer) => void
}

/** Called with every question that was sent and its outcome, so that it is kept (CRD found-37). */
export type OnOutcome = (question: PreparedQuestion, answer: PayerAnswer) => void

interface Round {
  readonly waiting: readonly Waiting[]
  readonly answered: readonly Answered[]
  readonly notAsked: PreparedAll['notAsked']
}

const NOTHING: Round = { waiting: [], answered: [], notAsked: [] }

/**
 * One question at a time, of one payer or of several at once. Only the newest one may change what is shown: an answer that comes
 * after its question was given up is dropped (CRD found-8), so that it never stands where a newer one belongs.
 */
export function useAsk(world: AskWorld, onOutcome: OnOutcome): Asking {
  const [round, setRound] = useState<Round>(NOTHING)
  const run = useRef<WaysOut>(undefined)
  const rounds = useRef(0)
  const outcome = useRef(onOutcome)
  useEffect(() => {
    outcome.current = onOutcome
  })
  useEffect(
    () => () => {
      run.current?.all.abort()
      // No question is the newest any more: what still comes is dropped.
      run.current = undefined
    },
    [],
  )

  const start = useCallback(
    ({ question, scenario, asksOthers, shown }: AskRequest) => {
      run.current?.all.abort()
      const mine = waysOut()
      run.current = mine
      const isCurrent = () => run.current === mine
      const since = world.clock.now()
      rounds.current += 1
      const round = rounds.current
      const first: Waiting = { question, since, isSlow: false, payerRole: 'primary' }
      setRound((last) => ({ ...last, waiting: [first] }))
      void (async () => {
        const engine = await loadAsking().catch(() => undefined)
        if (!isCurrent()) return
        if (engine === undefined) {
          const answer = unreachable(scenario.version, world.clock.now())
          setRound({ ...NOTHING, answered: [{ question, answer, orders: [], scenario }] })
          return
        }
        const options = { signal: mine.all.signal }
        const { questions, notAsked } =
          shown ??
          (asksOthers
            ? await engine.prepareAll(scenario, world, options)
            : { questions: [await engine.prepare(scenario, world, options)], notAsked: [] })
        if (!isCurrent()) return
        const read = reader({ questions, question, scenario, since, round }, (asked, answer) =>
          outcome.current(asked, answer),
        )
        const onStates = (states: readonly PayerState[]) => {
          const { waiting, answered } = read(states)
          if (!isCurrent()) return
          setRound((last) => ({
            waiting,
            answered: answered.length > 0 ? answered : last.answered,
            notAsked,
          }))
        }
        await engine.askAll(questions, world, onStates, { signalOf: (payer) => signalOf(payer, mine) })
        if (isCurrent()) run.current = undefined
      })()
    },
    [world],
  )
  const skip = useCallback((payer?: Payer) => {
    const known = payer === undefined ? undefined : run.current?.of.get(payer.id)
    ;(known ?? run.current?.all)?.abort()
  }, [])
  return useMemo(() => ({ ...round, start, skip }), [round, start, skip])
}

/** The app's own server did not give the rest of the app. */
export const unreachable = (scenarioVersion: number, at: number): PayerAnswer => ({
  kind: 'failed',
  problem: { kind: 'network', server: 'The app’s own server' },
  serviceChanged: false,
  scenarioVersion,
  askedAt: at,
  endedAt: at,
})
