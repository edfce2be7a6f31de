import { isThere, type Step } from './journal'
import type { Halt } from './write-documents'
import { inLanes } from './write-lanes'
import type { PlannedRecord, WritePlan } from './write-plan'
import { ENTRY, isAboutType, TYPE } from './write-refusals'
import { entryRequest, provenanceRequest, type RequestPorts } from './write-requests'
import { runStep, type StepRequest, type StepWorld } from './write-step'

/** Entries, a few at a time, each followed by its Provenance. What a refused type would bring is left for the document. */
export const writeEntries = (
  plan: WritePlan,
  ports: RequestPorts,
  world: StepWorld,
): Promise<Halt | undefined> =>
  inLanes(
    plan.records.filter(({ entry }) => entry !== undefined),
    plan.profile.parallel,
    (planned) => writeEntry(planned, plan, ports, world),
  )

async function writeEntry(
  planned: PlannedRecord,
  plan: WritePlan,
  ports: RequestPorts,
  world: StepWorld,
): Promise<Halt | undefined> {
  const { entry, record } = planned
  if (entry === undefined) return undefined
  const type = entry.resource.resourceType
  const { journal } = world
  const isRefusedType = journal.step(TYPE + type) !== undefined
  if (isRefusedType && journal.step(ENTRY + record.key) === undefined) return undefined
  const request = entryRequest(planned, entry, plan, ports)
  const { copy } = planned
  if (copy !== undefined && !isThere(journal.step(request.id)))
    await journal.enter(request.id, { state: 'existed', reference: copy.reference })
  const end = await runStep(request, world)
  if (end.kind !== 'done') return end
  if (isAboutType(end.step)) await journal.enter(TYPE + type, withoutKeys(end.step))
  const reference = await referenceOf(end.step, request, world)
  if (plan.provenance !== 'stored' || !isThere(end.step) || reference === undefined) return undefined
  const provenance = provenanceRequest(planned, reference, plan, ports)
  // Where nobody can tell whether an entry from earlier has its Provenance, it gets no second one.
  const isBlind = provenance.find === undefined && provenance.ifNoneExist === undefined
  if (isBlind && end.step.state === 'existed') return undefined
  const followed = await runStep(provenance, world)
  return followed.kind === 'done' ? undefined : followed
}

const withoutKeys = ({ state, why }: Step): Step => ({ state, ...(why && { why }) })

/** Some servers name no place for what they took: then it is looked up. */
async function referenceOf(step: Step, request: StepRequest, world: StepWorld): Promise<string | undefined> {
  if (step.reference !== undefined || !isThere(step)) return step.reference
  const found = await request.find?.()
  const reference = found?.ok ? found.value?.reference : undefined
  if (reference !== undefined) await world.journal.enter(request.id, { ...step, reference })
  return reference
}
