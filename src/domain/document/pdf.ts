import { jsPDF } from 'jspdf'
import type { ClinicalDocument, DocumentSection } from './document'
import { fingerprint } from './fingerprint'
import { frameOf } from './frame'
import { pdfDate } from './made-at'
import { embed, glyphTest, orderText, type PdfFonts } from './pdf-font'
import { drawEveryPage, drawLines, makeSheet, room, type Sheet, table } from './pdf-sheet'
import { missingNotice, printableDocument } from './printable'

export type Paper = 'a4' | 'letter'

/** Of those that jsPDF writes, the ones our texts are in. */
const languages = ['en', 'en-US', 'en-GB', 'es'] as const

/**
 * Renders a document: patient, warning, time and "Page n of m" on every page, text that can be searched and copied. The same document
 * gives the same bytes: dates and the file id come from the document itself. Throws only where a font file is no TrueType font.
 */
export function renderPdf(document: ClinicalDocument, fonts: PdfFonts, paper: Paper): Uint8Array {
  const pdf = new jsPDF({ unit: 'pt', format: paper, compress: true, putOnlyUsedFonts: true })
  embed(pdf, 'normal', fonts.regular)
  embed(pdf, 'bold', fonts.bold)
  orderText(pdf)
  const { content, missing } = printableDocument(document, glyphTest(pdf))
  describe(pdf, document)
  const sheet = makeSheet(pdf, content)
  drawOpening(sheet, content)
  for (const section of content.sections) drawSection(sheet, section)
  const missed = missingNotice(missing)
  const notices = missed === undefined ? content.notices : [...content.notices, missed]
  if (notices.length > 0)
    drawSection(sheet, { title: frameOf(content).notes, columns: [], rows: [], paragraphs: notices })
  drawEveryPage(sheet, content)
  return new Uint8Array(pdf.output('arraybuffer'))
}

function describe(pdf: jsPDF, document: ClinicalDocument): void {
  pdf.setLanguage(languages.find((language) => language === document.language) ?? 'en')
  pdf.setProperties({ title: document.title, subject: document.warning })
  pdf.setFileId(fingerprint(JSON.stringify(document)).toUpperCase())
  try {
    pdf.setCreationDate(pdfDate(document.madeAt) ?? "D:19700101000000+00'00'")
  } catch {
    pdf.setCreationDate("D:19700101000000+00'00'")
  }
}

function drawOpening(sheet: Sheet, document: ClinicalDocument): void {
  drawLines(sheet, document.title, 'bold', 15)
  sheet.y += 4
  if (document.facts.length > 0)
    table(
      sheet,
      [],
      document.facts.map((fact) => [fact.label, fact.value]),
    )
}

function drawSection(sheet: Sheet, section: DocumentSection): void {
  sheet.y += 12
  room(sheet, 70) // a heading never stands alone at the foot of a page
  drawLines(sheet, section.title, 'bold', 12)
  sheet.y += 2
  for (const paragraph of section.paragraphs) {
    drawLines(sheet, paragraph, 'normal', 9.5)
    sheet.y += 3
  }
  if (section.rows.length > 0) table(sheet, section.columns, section.rows)
}
