import type { ClinicalDocument } from '../../domain/document/document'
import { documentPatient } from '../../domain/document/document-patient'
import { formatDate } from '../../domain/fhir/format-date'
import { personName } from '../../domain/fhir/person'
import type { RecordOutcome, RecordState, WriteReport } from '../../domain/pdex/write'
import type { PlannedRecord, WritePlan } from '../../domain/pdex/write-plan'
import { outcomeWords, plural } from './words'

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

export function reportCounts(rows: readonly ReportRow[]): ReportCounts {
  const count = (...states: readonly RecordState[]): number =>
    rows.filter(({ outcome }) => states.includes(outcome.state)).length
  return {
    total: rows.length,
    stored: count('written', 'existed', 'in-document'),
    download: count('download'),
    unknown: count('unknown'),
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

/** Whether running the plan again can still bring something into the chart. */
export const canContinue = (counts: ReportCounts): boolean => counts.left + counts.unknown + counts.failed > 0

/** The report as a document, for paper, PDF and text. */
export function reportDocument(
  plan: WritePlan,
  report: WriteReport,
  rows: readonly ReportRow[],
): ClinicalDocument {
  const { context } = plan
  const { patient, member } = context
  const counts = reportCounts(rows)
  return {
    title: 'Report: outside records for the chart',
    language: 'en-US',
    patient: documentPatient(patient),
    warning: 'Outside records, not verified',
    madeAt: context.madeAt,
    facts: [
      { label: 'Result', value: reportTitle(report, counts) },
      { label: 'Chart', value: context.ehrName },
      { label: 'Payer', value: member.payer.name },
      { label: 'Member id', value: member.identifier?.value ?? 'Not stated' },
      { label: 'Done by', value: context.user ? personName(context.user) : 'Not known' },
    ],
    sections: [
      {
        title: 'Records',
        columns: ['What', 'When', 'Result', 'Where or why'],
        rows: rows.map(({ planned, outcome }) => [
          planned.record.display.what,
          formatDate(planned.record.display.when),
          outcomeWords[outcome.state],
          [outcome.reference, outcome.reason].filter((part) => part !== undefined).join('. '),
        ]),
        paragraphs: [],
      },
    ],
    notices: [],
  }
}
