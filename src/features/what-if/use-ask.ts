import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { AskWorld, PayerAnswer, PreparedQuestion } from '../../domain/crd/ask'
import type { Scenario } from '../../domain/crd/scenario'
import type { FhirJson } from '../../domain/json'
import type { Payer } from '../../domain/payer-directory'
import type { AskedQuestion } from './asked-question'
import { loadAsking } from './load-later'

/** An outcome with the question it belongs to. */
export interface Answered {
  readonly question: AskedQuestion
  readonly answer: PayerAnswer
  /** The drafts as they were sent; none where nothing was sent. */
  readonly orders: readonly FhirJson[]
  /** As it was asked. */
  readonly scenario: Scenario
}

/** A question on its way. `since` in epoch ms, from the click. */
export interface Waiting {
  readonly question: AskedQuestion
  readonly since: number
  readonly isSlow: boolean
  /** Known once the question is prepared. */
  readonly payer?: Payer
}

interface Asking {
  readonly waiting: Waiting | undefined
  /** The last outcome; stays while a new question is on its way. */
  readonly answered: Answered | undefined
  /** Asks once. A question still on its way is given up for it. `shown`: the request that the user was shown, then sent to the letter. */
  readonly start: (question: AskedQuestion, scenario: Scenario, shown?: PreparedQuestion) => void
  readonly skip: () => void
}

/**
 * One question at a time. Only the newest one may change what is shown: an answer that comes after its question was given up is
 * dropped (CRD found-8), so that it never stands where a newer one belongs.
 */
export function useAsk(world: AskWorld): Asking {
  const [waiting, setWaiting] = useState<Waiting>()
  const [answered, setAnswered] = useState<Answered>()
  const run = useRef<AbortController | undefined>(undefined)
  useEffect(
    () => () => {
      run.current?.abort()
      // No question is the newest any more: what still comes is dropped.
      run.current = undefined
    },
    [],
  )

  const start = useCallback(
    (question: AskedQuestion, scenario: Scenario, shown?: PreparedQuestion) => {
      run.current?.abort()
      const mine = new AbortController()
      run.current = mine
      const isCurrent = () => run.current === mine
      setWaiting({ question, since: world.clock.now(), isSlow: false })
      const finish = (answer: PayerAnswer, orders: readonly FhirJson[]) => {
        if (!isCurrent()) return
        run.current = undefined
        setWaiting(undefined)
        setAnswered({ question, answer, orders, scenario })
      }
      void (async () => {
        const options = { signal: mine.signal }
        const engine = await loadAsking().catch(() => undefined)
        if (engine === undefined) return finish(unreachable(scenario.version, world.clock.now()), [])
        const preparation = shown ?? (await engine.prepare(scenario, world, options))
        if (!isCurrent()) return
        if (preparation.kind === 'not-ready') return finish(preparation.answer, [])
        const { payer } = preparation.choice
        setWaiting((now) => now && { ...now, payer })
        finish(
          await engine.ask(
            preparation,
            world,
            (state) => {
              if (isCurrent() && state.kind === 'slow') setWaiting((now) => now && { ...now, isSlow: true })
            },
            options,
          ),
          preparation.orders,
        )
      })()
    },
    [world],
  )
  const skip = useCallback(() => run.current?.abort(), [])
  return useMemo(() => ({ waiting, answered, start, skip }), [waiting, answered, start, skip])
}

/** The app's own server did not give the rest of the app. */
const unreachable = (scenarioVersion: number, at: number): PayerAnswer => ({
  kind: 'failed',
  problem: { kind: 'network', server: 'The app’s own server' },
  serviceChanged: false,
  scenarioVersion,
  askedAt: at,
  endedAt: at,
})
