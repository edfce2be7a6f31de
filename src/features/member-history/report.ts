import type { RecordOutcome, RecordState, WriteReport } from '../../domain/pdex/write'
import type { PlannedRecord, WritePlan } from '../../domain/pdex/write-plan'
import { plural } from './words'

/** One record with how far it came. */
export interface ReportRow {
  readonly planned: PlannedRecord
  readonly outcome: RecordOutcome
}

export interface ReportCounts {
  readonly total: number
  /** In the chart, as entry or in the document. */
  readonly stored: number
  readonly download: number
  readonly unknown: number
  /** Of these, the ones that only the user can look up. */
  readonly asked: number
  readonly failed: number
  readonly left: number
}

export function reportRows(plan: WritePlan, report: WriteReport): readonly ReportRow[] {
  const byKey = new Map(report.records.map((outcome) => [outcome.key, outcome]))
  return plan.records.map((planned) => ({
    planned,
    outcome: byKey.get(planned.record.key) ?? { key: planned.record.key, state: 'left' },
  }))
}

const URGENCY: readonly (readonly RecordState[])[] = [
  ['unknown'],
  ['failed'],
  ['left', 'sending'],
  ['download'],
]

/** What is not in the chart first, for it is what the user has to see to; the rest as it was. While writing no row moves. */
export function byUrgency(rows: readonly ReportRow[], report: WriteReport): readonly ReportRow[] {
  if (report.ended === 'running') return rows
  const urgent = URGENCY.map((states) => rows.filter(({ outcome }) => states.includes(outcome.state)))
  const known = new Set(urgent.flat())
  return [...known, ...rows.filter((row) => !known.has(row))]
}

type OneDocument = readonly [ReportRow, ...ReportRow[]]

/** Those that are together in a document of the chart, by that document, and all others; each in the order they came. */
export function byDocument(rows: readonly ReportRow[]): {
  readonly alone: readonly ReportRow[]
  readonly documents: readonly OneDocument[]
} {
  const alone: ReportRow[] = []
  const documents = new Map<string, [ReportRow, ...ReportRow[]]>()
  for (const row of rows) {
    const { state, reference } = row.outcome
    const name = state === 'in-document' ? reference : undefined
    const known = name === undefined ? undefined : documents.get(name)
    if (name === undefined) alone.push(row)
    else if (known) known.push(row)
    else documents.set(name, [row])
  }
  return { alone, documents: [...documents.values()] }
}

export function reportCounts(rows: readonly ReportRow[]): ReportCounts {
  const count = (...states: readonly RecordState[]): number =>
    rows.filter(({ outcome }) => states.includes(outcome.state)).length
  return {
    total: rows.length,
    stored: count('written', 'existed', 'in-document'),
    download: count('download'),
    unknown: count('unknown'),
    asked: rows.filter(({ outcome }) => outcome.question !== undefined).length,
    failed: count('failed'),
    left: count('left', 'sending'),
  }
}

/** While it runs, what has no answer yet is still being looked up. */
export const settledCount = ({ total, left, unknown }: ReportCounts): number => total - left - unknown

/** Partial success is never called success (U14). */
export function reportTitle(report: WriteReport, counts: ReportCounts): string {
  const { total, stored, download, unknown, failed, left } = counts
  if (report.ended === 'running') return `Writing: ${settledCount(counts)} of ${total} done`
  if (stored === total) return `All ${plural(total, 'record')} ${total === 1 ? 'is' : 'are'} in the chart`
  if (download === total) return `${plural(total, 'record')} ready to save. Nothing was written to the chart`
  const parts = [
    `${stored} of ${total} in the chart`,
    download > 0 && `${download} to save`,
    unknown > 0 && `${unknown} not certain`,
    failed > 0 && `${failed} not written`,
    left > 0 && `${left} left`,
  ]
  return capitalStop(report, parts.filter(Boolean).join(', '))
}

const capitalStop = (report: WriteReport, words: string): string =>
  report.ended === 'complete' ? words : `Stopped: ${words}`

/** What is to be said of all records of a report. */
export const reportNotices = ({ isUnlisted }: WriteReport, ehrName: string): readonly string[] =>
  isUnlisted === true
    ? [
        `${ehrName} took the document only without the list of the records in it. Records that you choose again later are not recognized as those of this document.`,
      ]
    : []

/** Whether running the plan again can still bring something into the chart: what the user has to look up first does not count. */
export const canContinue = (counts: ReportCounts): boolean =>
  counts.left + counts.unknown - counts.asked + counts.failed > 0
