import { useCallback, useMemo, useRef, useState } from 'react'
import type { PayerAnswer } from '../../domain/crd/ask'
import type { MergedCard } from '../../domain/crd/card-groups'
import { type CardFeedback, feedbackBody } from '../../domain/crd/feedback'
import type { Payer } from '../../domain/payer-directory'
import type { Ports } from '../../domain/ports'
import { acceptedFeedback, canTell, overriddenFeedback } from './card-feedback'
import type { LeftAside } from './left-aside'

/** What became of telling the payer about a card. */
export type Told = 'told' | 'failed'

/** Telling payers what became of their cards (CDS Hooks 2.0 feedback). */
export interface Feedback {
  /** By the key of the merged card. */
  readonly states: ReadonlyMap<string, Told>
  /** Names of the payers that can be told about a card; empty: none. */
  readonly listeners: (merged: MergedCard) => string
  /** `keys`: of the suggestions that were used. */
  readonly accept: (merged: MergedCard, keys: readonly string[]) => void
  readonly override: (merged: MergedCard, aside: LeftAside) => void
}

/**
 * Exists only where the site switched feedback on for one of these payers. Each outcome of a card is told once to each payer that
 * sent it, when the user has brought it about, and never again by itself, not even where telling failed: it is a disclosure like
 * any other.
 */
export function useFeedback(
  answers: readonly PayerAnswer[],
  { cds, clock }: Pick<Ports, 'cds' | 'clock'>,
): Feedback | undefined {
  const said = useRef(new Set<string>())
  const [states, setStates] = useState<ReadonlyMap<string, Told>>(new Map())
  const lines = useMemo(() => answers.flatMap(lineTo), [answers])
  const tell = useCallback(
    async (merged: MergedCard, outcomesOf: (own: MergedCard) => readonly CardFeedback[]) => {
      const calls = lines.flatMap(({ payer, serviceId }) =>
        outcomesOf(partOf(merged, payer)).map((outcome) => ({ payer, serviceId, outcome })),
      )
      const untold = calls.filter((call) => !said.current.has(nameOf(call)))
      if (untold.length === 0) return
      for (const call of untold) said.current.add(nameOf(call))
      const results = await Promise.all(
        untold.map(({ payer, serviceId, outcome }) => cds.feedback(payer, serviceId, feedbackBody(outcome))),
      )
      const told: Told = results.every((result) => result.ok) ? 'told' : 'failed'
      setStates((now) => new Map(now).set(merged.key, told))
    },
    [lines, cds],
  )
  return useMemo(() => {
    if (lines.length === 0) return undefined
    const at = () => new Date(clock.now()).toISOString()
    return {
      states,
      listeners: (merged) =>
        lines
          .filter(({ payer }) => canTell(partOf(merged, payer)))
          .map(({ payer }) => payer.name)
          .join(' and '),
      accept: (merged, keys) => {
        const when = at()
        void tell(merged, (own) => acceptedFeedback({ ...own, card: merged.card }, keys, when))
      },
      override: (merged, aside) => {
        const when = at()
        void tell(merged, (own) => overriddenFeedback(own, aside, when))
      },
    }
  }, [lines, states, tell, clock])
}

/** Where a payer that wants feedback gets it. */
interface Line {
  readonly payer: Payer
  readonly serviceId: string
}

const lineTo = ({ payer, serviceId }: PayerAnswer): readonly Line[] =>
  payer?.feedback === true && serviceId !== undefined ? [{ payer, serviceId }] : []

/** Only the copies that this payer sent. */
const partOf = (merged: MergedCard, payer: Payer): MergedCard => ({
  ...merged,
  copies: merged.copies.filter((copy) => copy.payerId === payer.id),
})

/** Equal for what is told once: the payer, the card, what became of it, and by which suggestions. */
const nameOf = ({ payer, outcome }: Line & { readonly outcome: CardFeedback }): string =>
  [payer.id, outcome.card, outcome.outcome, ...(outcome.acceptedSuggestions ?? [])].join(' ')
