/// <reference types="node" />
import { describe, expect, it } from 'vitest'
import type { ClinicalDocument } from './document'
import { renderPdf } from './pdf'
import { fonts, readPages } from './pdf-pages.testing'
import { renderText } from './text'

const sample: ClinicalDocument = {
  title: 'Outside records – Acme Health',
  language: 'en-US',
  patient: { name: 'Żofia Żółć', born: '14-Jul-1965', gender: 'Female', identifier: 'MRN 0045 1187' },
  warning: 'Outside records, not verified',
  madeAt: '2026-11-20T10:32:00-05:00',
  facts: [{ label: 'Payer', value: 'Acme Health' }],
  sections: [
    {
      title: 'Problems',
      columns: ['What', 'When', 'Source'],
      rows: [['Atrial fibrillation, unspecified (I48.91)', '18-Jun-2026', 'Northside Hospital']],
      paragraphs: ['1 of 7 records.'],
    },
    { title: 'Visits', columns: [], rows: [], paragraphs: ['None recorded.'] },
  ],
  notices: ['Payer records can be late or incomplete.'],
}

const pagesOf = (document: ClinicalDocument): string[] => readPages(renderPdf(document, fonts, 'letter'))

const manyRows = (count: number): ClinicalDocument => ({
  ...sample,
  sections: [
    {
      title: 'Medicines',
      columns: ['What', 'When'],
      rows: Array.from({ length: count }, (_, i) => [`Medicine number ${i + 1}`, '21-Aug-2026']),
      paragraphs: [],
    },
  ],
})

describe('renderPdf', () => {
  it('repeats patient, warning, time and page number on every page', () => {
    const pages = pagesOf(manyRows(120))
    expect(pages.length).toBeGreaterThan(2)
    pages.forEach((page, i) => {
      expect(page).toContain('Żofia Żółć')
      expect(page).toContain('Born 14-Jul-1965 · Female · Identifier MRN 0045 1187')
      expect(page).toContain('Outside records, not verified')
      expect(page).toContain('Made 20-Nov-2026 10:32 (UTC-05:00)')
      expect(page).toContain(`Page ${i + 1} of ${pages.length}`)
    })
  })

  it('says what stands around it in the document’s own words', () => {
    const frame = {
      patient: 'Paciente',
      born: 'Nació el',
      gender: 'Sexo',
      identifier: 'Número',
      made: 'Hecho el',
      madeAt: '20 de noviembre de 2026, 10:32 EST',
      page: 'Página {page} de {pages}',
      notes: 'Notas',
    }
    const spanish: ClinicalDocument = { ...sample, language: 'es', frame }
    const [page = ''] = pagesOf(spanish)
    for (const said of [
      'Nació el 14-Jul-1965',
      'Hecho el 20 de noviembre de 2026, 10:32 EST',
      'Página 1 de 1',
      'Notas Payer records',
    ])
      expect(page).toContain(said)
    expect(Buffer.from(renderPdf(spanish, fonts, 'letter')).toString('latin1')).toContain('/Lang (es)')
    expect(renderText(spanish)).toContain(
      'Paciente: Żofia Żółć\nNació el: 14-Jul-1965\nSexo: Female\nNúmero: MRN 0045 1187\nHecho el: 20 de noviembre',
    )
  })

  it('loses no row over page breaks and repeats the column headings', () => {
    const pages = pagesOf(manyRows(120))
    const all = pages.join(' ')
    for (let i = 1; i <= 120; i += 1) expect(all).toContain(`Medicine number ${i} `)
    for (const page of pages) expect(page).toContain('What When')
  })

  it('carries the same facts as the text form', () => {
    const pdf = pagesOf(sample).join(' ')
    const text = renderText(sample).replace(/\s+/g, ' ')
    const facts = [
      sample.title,
      sample.warning,
      ...Object.values(sample.patient),
      '20-Nov-2026 10:32 (UTC-05:00)',
      ...sample.facts.flatMap((f) => [f.label, f.value]),
      ...sample.sections.flatMap((s) => [s.title, ...s.rows.flat(), ...s.paragraphs]),
      ...sample.notices,
    ]
    for (const fact of facts) {
      expect(text).toContain(fact)
      expect(pdf).toContain(fact)
    }
  })

  it('shows characters that the font lacks as their numbers, keeps what follows them and says so', () => {
    const pdf = pagesOf({ ...sample, patient: { ...sample.patient, name: '王 Wang 😀 Xiu' } }).join(' ')
    expect(pdf).toContain('[U+738B] Wang [U+1F600] Xiu')
    expect(pdf).toContain('The font of this PDF lacks some characters.')
    expect(pdf).toContain('(U+738B, U+1F600)')
    expect(pagesOf(sample).join(' ')).not.toContain('lacks some characters')
  })

  it('orders a right-to-left name for the eye and leaves the Latin beside it alone', () => {
    const name = 'שלום Levi'
    const row = [name, 'عمر Omar']
    const sections = [{ title: 'Problems', columns: ['What', 'Who'], rows: [row], paragraphs: [] }]
    const pdf = pagesOf({ ...sample, patient: { ...sample.patient, name }, sections }).join(' ')
    expect(pdf.split('םולש Levi')).toHaveLength(3)
    expect(pdf).toContain(' Omar')
  })

  it('sets title and language and is a PDF', () => {
    const file = Buffer.from(renderPdf(sample, fonts, 'a4')).toString('latin1')
    expect(file.startsWith('%PDF-')).toBe(true)
    expect(file).toContain('/Lang (en-US)')
    expect(file).toContain("/CreationDate (D:20261120103200-05'00')")
    const title = /\/Title \(([\s\S]*?)\)\n/.exec(file)?.[1] ?? ''
    expect(title.split(String.fromCharCode(0)).join('')).toContain('Acme Health')
  })

  it('gives the same bytes for the same document and another file id for another', () => {
    const id = (bytes: Uint8Array): string | undefined =>
      /\/ID \[ <([0-9A-F]{32})>/.exec(Buffer.from(bytes).toString('latin1'))?.[1]
    const one = renderPdf(sample, fonts, 'a4')
    expect(Buffer.from(renderPdf(sample, fonts, 'a4')).equals(Buffer.from(one))).toBe(true)
    expect(id(one)).toBeDefined()
    expect(id(renderPdf({ ...sample, title: 'Another' }, fonts, 'a4'))).not.toBe(id(one))
  })

  it('renders even with a time that is no instant', () => {
    expect(pagesOf({ ...sample, madeAt: 'yesterday' }).join(' ')).toContain('Made yesterday')
  })
})
