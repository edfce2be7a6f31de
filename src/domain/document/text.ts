import type { ClinicalDocument, DocumentSection } from './document'
import { frameOf } from './frame'
import { partLine } from './part-line'

/**
 * The document as plain text, lines parted by LF: for "Copy as text", for charts that take text only, and where a frame forbids
 * downloads. The same facts in the same order as the PDF.
 */
export function renderText(document: ClinicalDocument): string {
  const { patient } = document
  const frame = frameOf(document)
  const blocks = [
    [document.title, '='.repeat(Math.min(document.title.length, 72))],
    [
      document.warning,
      `${frame.patient}: ${patient.name}`,
      `${frame.born}: ${patient.born}`,
      `${frame.gender}: ${patient.gender}`,
      `${frame.identifier}: ${patient.identifier}`,
      `${frame.made}: ${frame.madeAt}`,
      ...document.facts.map((fact) => `${fact.label}: ${fact.value}`),
    ],
    ...document.sections.map((section) => sectionLines(section, partLine(document))),
    ...(document.notices.length > 0
      ? [[frame.notes, '-'.repeat(frame.notes.length), ...document.notices]]
      : []),
  ]
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function sectionLines(section: DocumentSection, part: string | undefined): string[] {
  return [
    section.title,
    '-'.repeat(Math.min(section.title.length, 72)),
    ...(part === undefined ? [] : [part]),
    ...section.paragraphs,
    ...section.rows.map((row) => rowText(section.columns, row)),
  ]
}

function rowText(columns: readonly string[], row: readonly string[]): string {
  const [name, value, ...more] = row
  if (columns.length === 0 && value !== undefined && more.length === 0) return `* ${name}: ${value}`
  const cells = row.flatMap((cell, i) => {
    const column = columns[i] ?? ''
    if (cell === '') return []
    return [column === '' || i === 0 ? cell : `${column}: ${cell}`]
  })
  return `* ${cells.join('; ')}`
}
