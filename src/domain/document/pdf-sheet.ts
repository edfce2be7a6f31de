import type { jsPDF } from 'jspdf'
import { autoTable } from 'jspdf-autotable'
import type { ClinicalDocument } from './document'
import { frameOf, pageLine, personLine } from './frame'
import { family } from './pdf-font'

const margin = 40
const ink = 20
const soft = 90

/** The paper with what is drawn so far. `y` is where the next thing goes; points from the top. */
export interface Sheet {
  readonly pdf: jsPDF
  readonly width: number
  readonly height: number
  readonly header: readonly Line[]
  readonly top: number
  y: number
}

interface Line {
  readonly text: string
  readonly style: 'normal' | 'bold'
  readonly size: number
}

/** A first page with room kept for what every page repeats. */
export function makeSheet(pdf: jsPDF, document: ClinicalDocument): Sheet {
  const width = pdf.internal.pageSize.getWidth() - 2 * margin
  const { patient } = document
  const header: Line[] = [
    ...wrap(pdf, patient.name, 'bold', 11, width),
    ...wrap(pdf, personLine(document), 'normal', 9, width),
    ...(document.source === undefined ? [] : wrap(pdf, document.source, 'normal', 9, width)),
    ...wrap(pdf, document.warning, 'bold', 9, width),
  ]
  const top = 28 + header.reduce((sum, line) => sum + line.size * 1.35, 0) + 14
  return { pdf, width, height: pdf.internal.pageSize.getHeight(), header, top, y: top }
}

function wrap(pdf: jsPDF, text: string, style: Line['style'], size: number, width: number): Line[] {
  pdf.setFont(family, style)
  pdf.setFontSize(size)
  const lines: unknown = pdf.splitTextToSize(text, width)
  const texts = Array.isArray(lines) ? lines.filter((l) => typeof l === 'string') : [text]
  return texts.map((line) => ({ text: line, style, size }))
}

/** A paragraph, wrapped to the width. */
export function drawLines(sheet: Sheet, text: string, style: Line['style'], size: number): void {
  for (const line of wrap(sheet.pdf, text, style, size, sheet.width)) {
    room(sheet, size * 1.4)
    drawLine(sheet.pdf, line, sheet.y + size)
    sheet.y += size * 1.4
  }
}

function drawLine(pdf: jsPDF, line: Line, y: number): void {
  pdf.setFont(family, line.style)
  pdf.setFontSize(line.size)
  pdf.setTextColor(ink)
  pdf.text(line.text, margin, y)
}

/** Starts a page where less than `needed` points are left. */
export function room(sheet: Sheet, needed: number): void {
  if (sheet.y + needed <= sheet.height - margin - 20) return
  sheet.pdf.addPage()
  sheet.y = sheet.top
}

/** A table whose headings are repeated on every page. */
export function table(sheet: Sheet, columns: readonly string[], rows: readonly (readonly string[])[]): void {
  autoTable(sheet.pdf, {
    startY: sheet.y,
    margin: { top: sheet.top, bottom: margin + 16, left: margin, right: margin },
    ...(columns.length > 0 && { head: [[...columns]] }),
    body: rows.map((row) => [...row]),
    theme: 'plain',
    rowPageBreak: 'avoid',
    styles: {
      font: family,
      fontSize: 9,
      cellPadding: { top: 3, bottom: 3, left: 0, right: 8 },
      textColor: ink,
      lineColor: 200,
      lineWidth: { bottom: 0.5 },
    },
    // Labels beside values: the label needs no half of the width.
    ...(columns.length === 0 && { columnStyles: { 0: { cellWidth: 96 } } }),
    headStyles: { font: family, fontStyle: 'bold', textColor: soft },
    didDrawPage: ({ cursor }) => {
      if (cursor !== null) sheet.y = cursor.y
    },
  })
}

/** Patient, warning, time and page number, once the number of pages is known. */
export function drawEveryPage(sheet: Sheet, document: ClinicalDocument): void {
  const { pdf } = sheet
  const pages = pdf.getNumberOfPages()
  for (let page = 1; page <= pages; page += 1) {
    pdf.setPage(page)
    let y = 28
    for (const line of sheet.header) {
      drawLine(pdf, line, y + line.size)
      y += line.size * 1.35
    }
    pdf.setDrawColor(soft)
    pdf.line(margin, y + 5, margin + sheet.width, y + 5)
    const foot = sheet.height - margin + 12
    pdf.setFont(family, 'normal')
    pdf.setFontSize(8.5)
    pdf.text(`${frameOf(document).made} ${frameOf(document).madeAt}`, margin, foot)
    pdf.text(pageLine(document, page, pages), margin + sheet.width, foot, { align: 'right' })
  }
}
