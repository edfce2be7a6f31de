import type { Preparation, PreparedQuestion } from '../../domain/crd/ask'
import type { PayerState } from '../../domain/crd/ask-all'
import type { Scenario } from '../../domain/crd/scenario'
import type { Payer } from '../../domain/payer-directory'
import type { AskedQuestion } from './asked-question'
import type { Answered, OnOutcome, Waiting } from './use-ask'

/** Ways out of a round of asking: all of it, or one payer. */
export interface WaysOut {
  readonly all: AbortController
  readonly of: Map<string, AbortController>
}

export const waysOut = (): WaysOut => ({ all: new AbortController(), of: new Map() })

/** Skips one payer; with all of them it is skipped too. */
export function signalOf(payer: Payer, out: WaysOut): AbortSignal {
  const skipping = new AbortController()
  if (out.all.signal.aborted) skipping.abort()
  out.all.signal.addEventListener('abort', () => skipping.abort())
  out.of.set(payer.id, skipping)
  return skipping.signal
}

/** What is asked in a round. `since`: epoch ms, from the click. */
interface Asked {
  readonly questions: readonly Preparation[]
  readonly question: AskedQuestion
  readonly scenario: Scenario
  readonly since: number
  readonly round?: number
}

/** Makes of the states of all payers who is waited for and who has answered; each question that was sent is handed on once with its outcome. */
export function reader({ questions, question, scenario, since, round }: Asked, onOutcome: OnOutcome) {
  const kept = new Set<number>()
  return (states: readonly PayerState[]) => {
    const answered: Answered[] = []
    const waiting: Waiting[] = []
    states.forEach(({ state, payer, payerRole }, index) => {
      const asked = questions[index]
      if (state.kind !== 'done') {
        waiting.push({ question, since, payerRole, ...(payer && { payer }), isSlow: state.kind === 'slow' })
        return
      }
      const isSent = asked?.kind === 'ready'
      answered.push({
        question,
        answer: state.answer,
        orders: isSent ? asked.orders : [],
        scenario,
        ...(round !== undefined && { round }),
        ...(isSent && switchedOff(asked)),
      })
      if (isSent && !kept.has(index)) onOutcome(asked, state.answer)
      kept.add(index)
    })
    return { waiting, answered }
  }
}

/** A payer that was told not to speak of coverage: its silence about it is no answer (CRD impl-1, dev-30). */
const switchedOff = ({ payerRole, configuration }: PreparedQuestion): Pick<Answered, 'withoutCoverage'> =>
  payerRole === 'secondary'
    ? { withoutCoverage: 'secondary' }
    : configuration['coverage-info'] === false
      ? { withoutCoverage: 'settings' }
      : {}
