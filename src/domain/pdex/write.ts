import type { ChartWriterPort, JournalPort } from '../ports'
import type { Problem } from '../result'
import { recordFiles } from './document-files'
import type { Refusals } from './document-form'
import { documentIdentifier } from './document-identifier'
import { type Journal, openJournal } from './journal'
import { type Halt, writeDocuments } from './write-documents'
import { writeEntries } from './write-entries'
import { keepChosen, keepOpen } from './write-interrupted'
import type { WritePlan } from './write-plan'
import { readBack } from './write-read-back'
import { refusalsIn } from './write-refusals'
import { type Download, recordOutcomes, type WriteReport } from './write-report'
import type { RequestPorts } from './write-requests'
import type { StepWorld } from './write-step'

export type { Download, RecordOutcome, RecordState, WriteReport } from './write-report'

export interface WriteDependencies extends RequestPorts {
  readonly writer: ChartWriterPort
  readonly journal: JournalPort
}

export interface WriteOptions {
  /** Aborting stops after what is in flight. */
  readonly signal?: AbortSignal
  /** After every change of a record's state. */
  readonly onProgress?: (report: WriteReport) => void
}

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
    ...(refusalsIn(journal).lists && { isUnlisted: true }),
    ...(problem && { problem }),
  })
  const world: StepWorld = {
    journal,
    writer: dependencies.writer,
    clock: dependencies.clock,
    signal: options.signal ?? new AbortController().signal,
    onStep: () => options.onProgress?.(report('running')),
    rest: {},
  }
  await keepChosen(
    journal,
    plan.records.map(({ record }) => record.key),
  )
  const halt = await writeAll(plan, dependencies, world)
  if (halt?.kind === 'paused') return report('paused', halt.problem)
  if (halt?.kind === 'stopped') return report('stopped')
  const end = report('complete')
  await keepOpen(journal, end.records)
  const download = await files(end, plan, dependencies)
  return download ? { ...end, download } : end
}

const writeAll = async (plan: WritePlan, ports: RequestPorts, world: StepWorld): Promise<Halt | undefined> =>
  (await writeEntries(plan, ports, world)) ??
  (await writeDocuments(plan, ports, world)) ??
  (await readBack(plan, ports, world))

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

/** What this chart refused so far in this session, for the next plan. */
export async function sessionRefusals(
  sessionKey: string,
  patientId: string,
  journalPort: JournalPort,
): Promise<Refusals | undefined> {
  const opened = await openJournal(journalPort, sessionKey, patientId)
  return opened.ok ? refusalsIn(opened.value) : undefined
}

/** What the user saw in the chart of something that was sent without an answer. `absent`: the next run may send it again. */
export async function settleByUser(
  step: string,
  seen: 'there' | 'absent',
  plan: WritePlan,
  sessionKey: string,
  journalPort: JournalPort,
): Promise<WriteReport> {
  const opened = await openJournal(journalPort, sessionKey, plan.context.patientId)
  if (!opened.ok) return unopened(plan, opened.problem)
  const journal: Journal = opened.value
  const before = journal.step(step)
  if (before?.state === 'unknown') {
    const { blind: _blind, why: _why, ...known } = before
    await journal.enter(step, { ...known, state: seen === 'there' ? 'written' : 'planned', byUser: true })
  }
  return { ended: 'stopped', records: recordOutcomes(plan, journal, false) }
}

const unopened = (plan: WritePlan, problem: Problem): WriteReport => ({
  ended: 'paused',
  problem,
  records: plan.records.map(({ record }) => ({ key: record.key, state: 'left' })),
})

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
