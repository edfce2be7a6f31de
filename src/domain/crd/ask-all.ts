import type { Payer } from '../payer-directory'
import {
  type AskOptions,
  type AskState,
  type AskWorld,
  ask,
  type PayerAnswer,
  type PayerRole,
  type Preparation,
  prepare,
  warm,
} from './ask'
import type { CoverageChoice, CoverageSummary } from './coverage'
import { choosePayer } from './payer-offer'
import type { Scenario } from './scenario'

/** The questions for all payers of a patient, and the coverages that nobody is asked about. */
export interface PreparedAll {
  /** The likely primary first (CRD dev-28). */
  readonly questions: readonly Preparation[]
  readonly notAsked: readonly { readonly coverage: CoverageSummary; readonly why: string }[]
}

/** Where asking one payer stands. */
export interface PayerState {
  readonly payerRole: PayerRole
  /** Absent where no payer was found. */
  readonly payer?: Payer
  readonly state: AskState
}

/** How all are asked; `signalOf` skips a single payer. */
export interface AskAllOptions {
  readonly signalOf?: (payer: Payer) => AbortSignal | undefined
}

/**
 * Prepares the question for the likely primary payer, with coverage information, and for the payers of the other active coverages
 * without (CRD dev-28, dev-30). Each gets its own coverage alone (dev-29), and each is asked once, whatever number of coverages it
 * has. Sends nothing to a payer but discovery. Never rejects.
 */
export async function prepareAll(
  scenario: Scenario,
  world: AskWorld,
  options: AskOptions = {},
): Promise<PreparedAll> {
  // Read once: what follows finds the coverages in the cache.
  const chosen = await choosePayer(scenario, world)
  const { asked, notAsked } = chosen.ok ? otherCoverages(chosen.value) : { asked: [], notAsked: [] }
  const questions = await Promise.all([
    prepare(scenario, world, { ...options, payerRole: 'primary' }),
    ...asked.map((coverage) =>
      prepare({ ...scenario, coverageId: coverage.id }, world, { ...options, payerRole: 'secondary' }),
    ),
  ])
  return { questions, notAsked }
}

/** Starts reading what all these questions will need, while the user composes. Sends nothing about the patient to a payer. Never rejects. */
export async function warmAll(scenario: Scenario, world: AskWorld): Promise<void> {
  const chosen = await choosePayer(scenario, world)
  if (!chosen.ok) return
  const { asked } = otherCoverages(chosen.value)
  await Promise.all([
    warm(scenario, world),
    ...asked.map((coverage) => warm({ ...scenario, coverageId: coverage.id }, world)),
  ])
}

function otherCoverages(choice: CoverageChoice) {
  const asked: CoverageSummary[] = []
  const notAsked: { coverage: CoverageSummary; why: string }[] = []
  const primary = choice.kind === 'chosen' ? choice.payer.id : undefined
  for (const coverage of choice.others) {
    const { payer } = coverage
    const why =
      choice.kind === 'none'
        ? (coverage.whyNotActive ?? 'no coverage was chosen')
        : !coverage.isActive
          ? (coverage.whyNotActive ?? 'it is not active')
          : payer === undefined
            ? 'its payer is not one that this app is set up to ask'
            : payer.id === primary || asked.some((each) => each.payer?.id === payer.id)
              ? 'its payer is asked about another coverage'
              : undefined
    if (why === undefined) asked.push(coverage)
    else notAsked.push({ coverage, why })
  }
  return { asked, notAsked }
}

/**
 * Sends all prepared questions at the same time (CRD dev-32) and tells the state of every payer at each change. The answers come
 * together, in the order of the questions. Each is sent once; one that is slow or fails does not touch the others. Never rejects.
 */
export async function askAll(
  questions: readonly Preparation[],
  world: Pick<AskWorld, 'cds' | 'clock' | 'policy'>,
  onStates: (states: readonly PayerState[]) => void,
  options: AskAllOptions = {},
): Promise<readonly PayerAnswer[]> {
  const since = world.clock.now()
  const states = questions.map((question, index): PayerState => initialState(question, index, since))
  const tell = () => onStates([...states])
  tell()
  const answers = questions.map(async (question, index) => {
    if (question.kind === 'not-ready') return question.answer
    const { payer } = question.choice
    const signal = options.signalOf?.(payer)
    const onState = (state: AskState) => {
      states[index] = { payerRole: question.payerRole, payer, state }
      tell()
    }
    return ask(question, world, onState, signal === undefined ? {} : { signal })
  })
  return Promise.all(answers)
}

function initialState(question: Preparation, index: number, since: number): PayerState {
  if (question.kind === 'ready') {
    const { payer } = question.choice
    const scenarioVersion = question.scenario.version
    return {
      payerRole: question.payerRole,
      payer,
      state: { kind: 'asking', payer, since, scenarioVersion },
    }
  }
  const { answer } = question
  return {
    payerRole: answer.payerRole ?? (index === 0 ? 'primary' : 'secondary'),
    ...(answer.payer && { payer: answer.payer }),
    state: { kind: 'done', answer, scenarioVersion: answer.scenarioVersion },
  }
}
