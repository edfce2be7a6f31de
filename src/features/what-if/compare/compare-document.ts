import { type Comparison, comparisonText, type PayerComparison } from '../../../domain/crd/compare'
import type { ClinicalDocument, DocumentPatient, DocumentSection } from '../../../domain/document/document'
import { renderText } from '../../../domain/document/text'
import type { QuestionLine } from '../../asking/asked-question'

interface Frame {
  readonly patient: DocumentPatient
  /** Name of the launching user; "Not known" where the EHR names none. */
  readonly askedBy: string
  /** ISO instant with its offset. */
  readonly madeAt: string
  /** The original in words. */
  readonly question: readonly QuestionLine[]
  /** On how a payer was asked; undefined where there is nothing to say. */
  readonly noteOf: (payerId: string) => string | undefined
}

/** Beside the original: more have no room on paper. */
const mostBeside = 2

/** A comparison as a document: for paper and for "Copy as text" (U8, U19). */
export function comparisonDocument(comparison: Comparison, frame: Frame): ClinicalDocument {
  const labels = comparison.columns.map(({ label }) => label)
  return {
    title: 'What-if, not an order, not a guarantee of payment',
    language: 'en',
    patient: frame.patient,
    warning: 'Nothing has been ordered. Each answer holds for its question and for the moment it was given.',
    madeAt: frame.madeAt,
    facts: [
      { label: 'Payer', value: comparison.payers.map(({ payerName }) => payerName).join(', ') },
      { label: 'Asked by', value: frame.askedBy },
    ],
    sections: [
      {
        title: 'Question as first asked',
        columns: ['What', 'Stated'],
        rows: frame.question.map((line) => [line.label, line.value]),
        paragraphs: [],
      },
      {
        title: 'Compared with it',
        columns: [],
        rows: [],
        paragraphs: labels.slice(1).map((label, index) => `${index + 1}. ${label}`),
      },
      ...comparison.payers.flatMap((payer) => tablesOf(payer, labels, frame.noteOf(payer.payerId))),
    ],
    notices: ['An answer of a payer is not a guarantee of payment.'],
  }
}

/** One payer's answers: the original with two alternatives at a time. */
function tablesOf(
  { payerName, rows }: PayerComparison,
  labels: readonly string[],
  note: string | undefined,
): readonly DocumentSection[] {
  const tables = Math.max(1, Math.ceil((labels.length - 1) / mostBeside))
  return Array.from({ length: tables }, (_, table) => {
    const from = 1 + table * mostBeside
    const shown = <T>(all: readonly T[]): readonly T[] => [
      ...all.slice(0, 1),
      ...all.slice(from, from + mostBeside),
    ]
    return {
      title: `Answers of ${payerName}${tables === 1 ? '' : `, part ${table + 1} of ${tables}`}`,
      columns: ['About', ...shown(labels)],
      rows: rows.map(({ label, cells }) => [
        label,
        ...shown(cells).map(({ lines, differs }) => `${differs ? 'Differs: ' : ''}${lines.join('; ')}`),
      ]),
      paragraphs: note === undefined || table > 0 ? [] : [note],
    }
  })
}

/** The same as text: a list for each row, so that it reads in any width. */
export function comparisonCopy(comparison: Comparison, frame: Frame): string {
  const { sections, ...content } = comparisonDocument(comparison, frame)
  return `${renderText({ ...content, sections: sections.slice(0, 2) })}\n${comparisonText(comparison)}`
}
