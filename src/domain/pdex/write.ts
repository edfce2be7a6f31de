import type { ChartWriterPort, Clock, JournalPort } from '../ports'
import type { Problem } from '../result'
import { documentIdentifier, recordFiles } from './document-reference'
import { isThere, isUncertain, type Journal, openJournal, type Step } from './journal'
import type { HistoryRecord, RecordKey } from './record'
import type { WritePlan } from './write-plan'
import { type Download, recordOutcomes, type WriteReport } from './write-report'
import {
  DOCUMENT,
  documentFinding,
  documentRequest,
  ENTRY,
  entryRequest,
  provenanceRequest,
  type RequestPorts,
} from './write-requests'
import { runStep, type StepEnd, type StepRequest, type StepWorld } from './write-step'

export type { Download, RecordOutcome, RecordState, WriteReport } from './write-report'

export interface WriteDependencies extends RequestPorts {
  readonly writer: ChartWriterPort
  readonly journal: JournalPort
  readonly clock: Clock
}

export interface WriteOptions {
  /** Aborting stops after what is in flight. */
  readonly signal?: AbortSignal
  /** After every change of a record's state. */
  readonly onProgress?: (report: WriteReport) => void
}

/** Why a run ended before its end. */
type Halt = Exclude<StepEnd, { readonly kind: 'done' }>

/** Runs a plan over the journal of this session. Run it again to go on: nothing is written twice. */
export async function runWrite(
  plan: WritePlan,
  sessionKey: string,
  dependencies: WriteDependencies,
  options: WriteOptions = {},
): Promise<WriteReport> {
  const opened = await openJournal(dependencies.journal, sessionKey, plan.context.patientId)
  if (!opened.ok) return unopened(plan, opened.problem)
  const journal = opened.value
  const report = (ended: WriteReport['ended'], problem?: Problem): WriteReport => ({
    ended,
    records: recordOutcomes(plan, journal, ended === 'running'),
    ...(problem && { problem }),
  })
  const world: StepWorld = {
    journal,
    writer: dependencies.writer,
    clock: dependencies.clock,
    signal: options.signal ?? new AbortController().signal,
    onStep: () => options.onProgress?.(report('running')),
  }
  const halt = (await entries(plan, dependencies, world)) ?? (await documents(plan, dependencies, world))
  if (halt?.kind === 'paused') return report('paused', halt.problem)
  if (halt?.kind === 'stopped') return report('stopped')
  const end = report('complete')
  const download = await files(end, plan, dependencies)
  return download ? { ...end, download } : end
}

/** Where a plan stands, from the journal alone: nothing is sent. */
export async function writeStatus(
  plan: WritePlan,
  sessionKey: string,
  journalPort: JournalPort,
): Promise<WriteReport> {
  const opened = await openJournal(journalPort, sessionKey, plan.context.patientId)
  if (!opened.ok) return unopened(plan, opened.problem)
  return { ended: 'stopped', records: recordOutcomes(plan, opened.value, false) }
}

const unopened = (plan: WritePlan, problem: Problem): WriteReport => ({
  ended: 'paused',
  problem,
  records: plan.records.map(({ record }) => ({ key: record.key, state: 'left' })),
})

async function entries(plan: WritePlan, ports: RequestPorts, world: StepWorld): Promise<Halt | undefined> {
  for (const planned of plan.records) {
    const { entry, record } = planned
    if (entry === undefined) continue
    const request = entryRequest(planned, entry, plan, ports)
    const end = await runStep(request, world)
    if (end.kind !== 'done') return end
    const reference = await referenceOf(end.step, request, world)
    if (plan.provenance !== 'stored' || !isThere(end.step) || reference === undefined) continue
    const followed = await runStep(provenanceRequest(record, reference, plan, ports), world)
    if (followed.kind !== 'done') return followed
  }
  return undefined
}

/** Some servers name no place for what they took: then it is looked up. */
async function referenceOf(step: Step, request: StepRequest, world: StepWorld): Promise<string | undefined> {
  if (step.reference !== undefined || !isThere(step)) return step.reference
  const found = await request.find?.()
  const reference = found?.ok ? found.value?.reference : undefined
  if (reference !== undefined) await world.journal.enter(request.id, { ...step, reference })
  return reference
}

/** Documents that a break left uncertain come first, then one for all that is in none yet. */
async function documents(plan: WritePlan, ports: RequestPorts, world: StepWorld): Promise<Halt | undefined> {
  if (plan.fallback !== 'document') return undefined
  const byKey = new Map(plan.records.map(({ record }) => [record.key, record]))
  for (const [id, step] of world.journal.steps(DOCUMENT)) {
    if (!isUncertain(step)) continue
    const end = await runStep(unfinished(id, step, byKey, plan, ports), world)
    if (end.kind !== 'done') return end
  }
  const settled = world.journal.steps(DOCUMENT).filter(([, step]) => isThere(step) || isUncertain(step))
  const taken = new Set(settled.flatMap(([, step]) => step.keys ?? []))
  const open = recordsForDocument(plan, world.journal).filter((record) => !taken.has(record.key))
  if (open.length === 0) return undefined
  const identifier = await documentIdentifier(open, plan.context, ports.digest)
  const end = await runStep(documentRequest(open, identifier, plan, ports), world)
  return end.kind === 'done' ? undefined : end
}

/** A document of which a record is no longer chosen is looked up, but not sent again. */
function unfinished(
  id: string,
  step: Step,
  byKey: ReadonlyMap<RecordKey, HistoryRecord>,
  plan: WritePlan,
  ports: RequestPorts,
): StepRequest {
  const identifier = id.slice(DOCUMENT.length)
  const keys = step.keys ?? []
  const records = keys.flatMap((key) => byKey.get(key) ?? [])
  if (records.length === keys.length) return documentRequest(records, identifier, plan, ports)
  return {
    id,
    keys,
    ...documentFinding(identifier, plan, ports),
    resource: () =>
      Promise.resolve({
        ok: false,
        problem: {
          kind: 'refused',
          rule: 'document-changed',
          message: 'Another choice of records was made.',
        },
      }),
  }
}

const recordsForDocument = (plan: WritePlan, journal: Journal): readonly HistoryRecord[] =>
  plan.records
    .filter(
      ({ record, tier }) => tier === 'document' || journal.step(ENTRY + record.key)?.state === 'refused',
    )
    .map(({ record }) => record)

/** What the chart takes in no form, as files to save. */
async function files(
  report: WriteReport,
  plan: WritePlan,
  ports: RequestPorts,
): Promise<Download | undefined> {
  const keys = new Set(report.records.filter((r) => r.state === 'download').map((r) => r.key))
  const records = plan.records.map(({ record }) => record).filter((record) => keys.has(record.key))
  if (records.length === 0) return undefined
  const identifier = await documentIdentifier(records, plan.context, ports.digest)
  const { bundle, pdf } = await recordFiles(records, identifier, plan.context, ports.pdf)
  return { keys: [...keys], bundle, ...(pdf.ok ? { pdf: pdf.value } : { problem: pdf.problem }) }
}
