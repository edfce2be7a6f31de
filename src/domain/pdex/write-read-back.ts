import type { Result } from '../result'
import type { Step } from './journal'
import type { Halt } from './write-documents'
import { inLanes } from './write-lanes'
import { pause, SETTLE_MS } from './write-look'
import type { WritePlan } from './write-plan'
import { DOCUMENT, ENTRY } from './write-refusals'
import type { RequestPorts } from './write-requests'
import type { StepWorld } from './write-step'

/**
 * Reads what was written in this run: a chart may say "created" and keep nothing. What is not there counts as failed, so that it is
 * neither lost nor called written. A chart that cannot be read is taken at its word.
 */
export async function readBack(
  plan: WritePlan,
  ports: RequestPorts,
  world: StepWorld,
): Promise<Halt | undefined> {
  const keys = new Set(plan.records.map(({ record }) => record.key))
  const isOurs = ([id, step]: readonly [string, Step]): boolean =>
    id.startsWith(ENTRY) ? keys.has(id.slice(ENTRY.length)) : (step.keys ?? []).some((key) => keys.has(key))
  const written = [...world.journal.steps(ENTRY), ...world.journal.steps(DOCUMENT)]
    .filter(isOurs)
    .filter(([, step]) => step.state === 'written' && step.isRead !== true)
  return inLanes(written, plan.profile.parallel, ([id, step]) => checkOne(id, step, plan, ports, world))
}

async function checkOne(
  id: string,
  step: Step,
  plan: WritePlan,
  ports: RequestPorts,
  world: StepWorld,
): Promise<Halt | undefined> {
  const [type, key] = step.reference?.split('/') ?? []
  if (type === undefined || key === undefined || plan.capability.canRead(type) !== 'yes') return undefined
  if (world.signal.aborted) return { kind: 'stopped' }
  let answer = await ports.chart.read(type, key)
  if (isGone(answer)) {
    await pause(SETTLE_MS, world)
    answer = await ports.chart.read(type, key)
  }
  const { reference, ...rest } = step
  if (isGone(answer))
    await world.journal.enter(id, { ...rest, state: 'failed', why: { kind: 'http', status: 404 } })
  else if (answer.ok) await world.journal.enter(id, { ...step, isRead: true })
  world.onStep()
  return undefined
}

const isGone = (answer: Result<unknown>): boolean =>
  !answer.ok &&
  answer.problem.kind === 'http' &&
  (answer.problem.status === 404 || answer.problem.status === 410)
