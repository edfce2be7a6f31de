import { useCallback, useMemo, useRef, useState } from 'react'
import type { PayerAnswer } from '../../domain/crd/ask'
import type { MergedCard } from '../../domain/crd/card-groups'
import { type CardFeedback, feedbackBody } from '../../domain/crd/feedback'
import type { Ports } from '../../domain/ports'
import { acceptedFeedback, overriddenFeedback } from './card-feedback'
import type { LeftAside } from './left-aside'

/** What became of telling the payer about a card. */
export type Told = 'told' | 'failed'

/** Telling a payer what became of its cards (CDS Hooks 2.0 feedback). */
export interface Feedback {
  /** By the key of the merged card. */
  readonly states: ReadonlyMap<string, Told>
  /** `keys`: of the suggestions that were used. */
  readonly accept: (merged: MergedCard, keys: readonly string[]) => void
  readonly override: (merged: MergedCard, aside: LeftAside) => void
}

/**
 * Exists only where the site switched feedback on for this payer. Each outcome of a card is told once, when the user has brought it
 * about, and never again by itself, not even where telling failed: it is a disclosure like any other.
 */
export function useFeedback(
  { payer, serviceId }: PayerAnswer,
  { cds, clock }: Pick<Ports, 'cds' | 'clock'>,
): Feedback | undefined {
  const said = useRef(new Set<string>())
  const [states, setStates] = useState<ReadonlyMap<string, Told>>(new Map())
  const tell = useCallback(
    async (key: string, outcomes: readonly CardFeedback[]) => {
      if (payer === undefined || serviceId === undefined) return
      const untold = outcomes.filter((each) => !said.current.has(nameOf(each)))
      if (untold.length === 0) return
      for (const each of untold) said.current.add(nameOf(each))
      const results = await Promise.all(
        untold.map((each) => cds.feedback(payer, serviceId, feedbackBody(each))),
      )
      const told: Told = results.every((result) => result.ok) ? 'told' : 'failed'
      setStates((now) => new Map(now).set(key, told))
    },
    [payer, serviceId, cds],
  )
  const isOn = payer?.feedback === true && serviceId !== undefined
  return useMemo(() => {
    if (!isOn) return undefined
    const at = () => new Date(clock.now()).toISOString()
    return {
      states,
      accept: (merged, keys) => void tell(merged.key, acceptedFeedback(merged, keys, at())),
      override: (merged, aside) => void tell(merged.key, overriddenFeedback(merged, aside, at())),
    }
  }, [isOn, states, tell, clock])
}

/** Equal for what is told once: the card, what became of it, and by which suggestions. */
const nameOf = ({ card, outcome, acceptedSuggestions = [] }: CardFeedback): string =>
  [card, outcome, ...acceptedSuggestions].join(' ')
