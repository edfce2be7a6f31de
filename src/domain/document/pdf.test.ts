/// <reference types="node" />
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { ClinicalDocument } from './document'
import { renderPdf } from './pdf'
import { renderText } from './text'

const require = createRequire(import.meta.url)
const font = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`)))
const fonts = { regular: font('DejaVuSans'), bold: font('DejaVuSans-Bold') }

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

/** The text of each page as a PDF reader would copy it: content streams decoded by each font's ToUnicode map. */
function readPages(bytes: Uint8Array): string[] {
  const file = Buffer.from(bytes).toString('latin1')
  const objects = new Map<string, string>()
  for (const [, id, body] of file.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g))
    objects.set(id ?? '', body ?? '')
  const stream = (id: string | undefined): string => {
    const body = objects.get(id ?? '') ?? ''
    const data = body.slice(body.indexOf('stream\n') + 7, body.lastIndexOf('\nendstream'))
    if (!body.includes('/FlateDecode')) return data
    return inflateSync(Buffer.from(data, 'latin1')).toString('latin1')
  }
  const resources = [...objects.values()].find((body) => body.includes('/ProcSet')) ?? ''
  const fontMaps = new Map<string, Map<string, string>>()
  for (const [, name, id] of resources.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const toUnicode = /\/ToUnicode (\d+)/.exec(objects.get(id ?? '') ?? '')?.[1]
    const map = new Map<string, string>()
    for (const [, glyph, code] of stream(toUnicode).matchAll(/<([0-9a-f]{4})><([0-9a-f]{4})>/gi))
      map.set((glyph ?? '').toLowerCase(), String.fromCharCode(Number.parseInt(code ?? '', 16)))
    fontMaps.set(name ?? '', map)
  }
  const pages = [...objects.values()].filter((body) => /\/Type \/Page\n/.test(body))
  return pages.map((page) => {
    let map: Map<string, string> | undefined
    const words: string[] = []
    for (const [, name, glyphs] of stream(/\/Contents (\d+)/.exec(page)?.[1]).matchAll(
      /\/(F\d+) [\d.]+ Tf|<([0-9a-f]+)> Tj/g,
    )) {
      if (name !== undefined) map = fontMaps.get(name)
      else words.push([...(glyphs ?? '').matchAll(/.{4}/g)].map(([g]) => map?.get(g) ?? '?').join(''))
    }
    return words.join(' ').replace(/\s+/g, ' ')
  })
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
