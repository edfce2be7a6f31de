import type { AskWorld } from '../../../domain/crd/ask'
import type { PayerState } from '../../../domain/crd/ask-all'
import type { Scenario } from '../../../domain/crd/scenario'
import type { AskedQuestion } from '../../asking/asked-question'
import { loadAsking } from '../../asking/load-asking'
import { reader, signalOf, type WaysOut } from '../../asking/round'
import { type Answered, type OnOutcome, unreachable, type Waiting } from '../../asking/use-ask'

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
  const read = reader({ questions, question, scenario, since }, onOutcome)
  const onStates = (states: readonly PayerState[]) => {
    const { waiting, answered } = read(states)
    tell({ waiting, answered: [...holding, ...answered] })
  }
  await engine.askAll(questions, world, onStates, { signalOf: (payer) => signalOf(payer, out) })
}
