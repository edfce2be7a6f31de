import type { AskWorld } from '../../../domain/crd/ask'
import type { PayerState } from '../../../domain/crd/ask-all'
import type { Scenario } from '../../../domain/crd/scenario'
import type { Payer } from '../../../domain/payer-directory'
import type { AskedQuestion } from '../asked-question'
import { loadAsking } from '../load-later'
import { type Answered, type OnOutcome, unreachable, type Waiting } from '../use-ask'

/** Where asking one column stands. */
export interface ColumnRun {
  readonly waiting: readonly Waiting[]
  readonly answered: readonly Answered[]
}

export interface ColumnRequest {
  /** The column's. */
  readonly id: string
  readonly scenario: Scenario
  readonly asksOthers: boolean
  /** In words, with the coverage that is asked about once it is known. */
  readonly question: (coverage?: string) => AskedQuestion
  /** Answers that still hold: their payers are not asked again. */
  readonly holding: readonly Answered[]
}

/** Ways out of a column that is being asked: all of it, or one payer. */
export interface WaysOut {
  readonly all: AbortController
  readonly of: Map<string, AbortController>
}

/** Asks the payers of one column at once, each once, and tells where it stands at each change (CRD dev-32). Never rejects. */
export async function askColumn(
  request: ColumnRequest,
  world: AskWorld,
  tell: (run: ColumnRun) => void,
  onOutcome: OnOutcome,
  out: WaysOut,
): Promise<void> {
  const { scenario, asksOthers, holding } = request
  const since = world.clock.now()
  const unnamed = request.question()
  tell({
    waiting: [{ question: unnamed, since, isSlow: false, payerRole: 'primary' }],
    answered: holding,
  })
  const engine = await loadAsking().catch(() => undefined)
  if (engine === undefined) {
    const answer = unreachable(scenario.version, world.clock.now())
    tell({ waiting: [], answered: [...holding, { question: unnamed, answer, orders: [], scenario }] })
    return
  }
  const options = { signal: out.all.signal }
  const prepared = asksOthers
    ? (await engine.prepareAll(scenario, world, options)).questions
    : [await engine.prepare(scenario, world, options)]
  const first = prepared[0]
  const question = first?.kind === 'ready' ? request.question(first.choice.coverage.name) : unnamed
  const questions = prepared.filter(
    (each) =>
      each.kind !== 'ready' || !holding.some(({ answer }) => answer.payer?.id === each.choice.payer.id),
  )
  const kept = new Set<number>()
  const onStates = (states: readonly PayerState[]) => {
    const answered: Answered[] = []
    const waiting: Waiting[] = []
    states.forEach(({ state, payer, payerRole }, index) => {
      const asked = questions[index]
      if (state.kind !== 'done') {
        waiting.push({ question, since, payerRole, ...(payer && { payer }), isSlow: state.kind === 'slow' })
        return
      }
      const isSent = asked?.kind === 'ready'
      answered.push({ question, answer: state.answer, orders: isSent ? asked.orders : [], scenario })
      if (isSent && !kept.has(index)) onOutcome(asked, state.answer)
      kept.add(index)
    })
    tell({ waiting, answered: [...holding, ...answered] })
  }
  await engine.askAll(questions, world, onStates, { signalOf: (payer) => signalOf(payer, out) })
}

/** Skips one payer; with all of them it is skipped too. */
function signalOf(payer: Payer, out: WaysOut): AbortSignal {
  const skipping = new AbortController()
  if (out.all.signal.aborted) skipping.abort()
  out.all.signal.addEventListener('abort', () => skipping.abort())
  out.of.set(payer.id, skipping)
  return skipping.signal
}
