import { useEffect, useRef } from 'react'
import type { Scenario } from '../../domain/crd/scenario'
import type { AskedQuestion } from '../asking/asked-question'
import { useRested } from '../asking/use-rested'

/** Long enough that a word is not asked about letter by letter. Milliseconds. */
const PAUSE_MS = 1200

interface Options {
  /** Switched on for this question by the user, and the question is complete. */
  readonly isOn: boolean
  /** Equal for equal questions. */
  readonly key: string
  readonly ask: () => void
}

/** Asks once for each question that has rested, as long as it is switched on: nothing is sent else without the user's asking. */
export function useCheckAsTyped({ isOn, key, ask }: Options): void {
  const rested = useRested(key, PAUSE_MS)
  const asked = useRef<string>(undefined)
  const latest = useRef(ask)
  useEffect(() => {
    latest.current = ask
  })
  const isDue = isOn && rested === key
  useEffect(() => {
    if (!isDue || asked.current === key) return
    asked.current = key
    latest.current()
  }, [isDue, key])
}

/** The same question while it is still being chosen: order-select, with the order that is being described selected (CRD A2). */
export const whileChoosing = (scenario: Scenario, orderId: string): Scenario => ({
  ...scenario,
  question: { hook: 'order-select', selections: [orderId] },
})

/** A question that is sent while it is being typed, told apart from one that the user asked. */
export const asCheck = (asked: AskedQuestion): AskedQuestion => ({
  ...asked,
  title: `While choosing: ${asked.title}`,
  isCheck: true,
})
