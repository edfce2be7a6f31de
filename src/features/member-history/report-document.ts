import type { ClinicalDocument } from '../../domain/document/document'
import { documentPatient } from '../../domain/document/document-patient'
import { formatDate } from '../../domain/fhir/format-date'
import { personName } from '../../domain/fhir/person'
import type { WriteReport } from '../../domain/pdex/write'
import type { WritePlan } from '../../domain/pdex/write-plan'
import { whereWords } from './outcome-words'
import { type ReportRow, reportCounts, reportNotices, reportTitle } from './report'
import { outcomeWords } from './words'

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
          whereWords(outcome, context.ehrName),
        ]),
        paragraphs: [],
      },
    ],
    notices: reportNotices(report, context.ehrName),
  }
}
