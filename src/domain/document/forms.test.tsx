// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { Paper } from '../../ui/PrintSheet'
import { renderAscii, toAscii } from './ascii'
import type { ClinicalDocument } from './document'
import { renderHtml } from './html'
import { formatMadeAt } from './made-at'
import { renderPdf } from './pdf'
import { fonts, readPages } from './pdf-pages.testing'
import { renderRtf } from './rtf'
import { renderText } from './text'

afterEach(cleanup)

const sample: ClinicalDocument = {
  title: 'Outside records from Acme Health',
  language: 'en',
  patient: { name: 'Żółć-Łęcka, Zoë', born: '14-Jul-1965', gender: 'Female', identifier: 'MRN 0045 1187' },
  warning: 'Outside records, not verified',
  source: 'Acme Health, member id M-1',
  madeAt: '2026-11-20T10:32:00-05:00',
  facts: [{ label: 'Asked by', value: 'Ana Grüß' }],
  sections: [
    {
      title: 'Results',
      columns: ['What', 'Codes', 'When', 'Status'],
      rows: [
        ['Troponin <5 & "low" {x} \\ 3 µg/L ≥2', '6598-7', '18-Jun-2026', 'final'],
        ['Cells 10³ at 37°C, 1½ tablets – daily', '26464-8', '2019', ''],
      ],
      paragraphs: ['2 records.'],
    },
    { title: 'Visits', columns: ['What'], rows: [['Иван Петров, β-blocker clinic']], paragraphs: [] },
  ],
  notices: ['Payer records can be late or incomplete.'],
}

/** Everything that has to stand in every form. */
const factsOf = (d: ClinicalDocument): readonly string[] =>
  [
    d.title,
    d.warning,
    d.source ?? '',
    formatMadeAt(d.madeAt),
    ...Object.values(d.patient),
    ...d.facts.flatMap((f) => [f.label, f.value]),
    ...d.sections.flatMap((s) => [s.title, ...s.rows.flat(), ...s.paragraphs]),
    ...d.notices,
  ].filter((fact) => fact !== '')

const flat = (text: string): string => text.replace(/\s+/g, ' ')

/** The words of an RTF as a word processor would show them. */
function rtfWords(rtf: string): string {
  let out = rtf.replace(/\{\\fonttbl[\s\S]*?;\}\}|\{\\info[\s\S]*?\}\}|\{\\\*[^}]*\}/g, '').replace(/\n/g, '')
  out = out.replace(/\\u(-?\d+)\?/g, (_, unit: string) =>
    String.fromCharCode((Number(unit) + 0x10000) % 0x10000),
  )
  out = out.replace(/\\(cell|row|par|line)\b ?/g, ' ').replace(/\\[a-z]+-?\d* ?/g, '')
  return flat(out.replace(/(?<!\\)[{}]/g, '').replace(/\\([\\{}])/g, '$1'))
}

const htmlWords = (html: string): string => {
  const parsed = new DOMParser().parseFromString(html, 'application/xhtml+xml')
  expect(parsed.querySelector('parsererror')).toBeNull()
  for (const block of parsed.querySelectorAll('td, th, p, h1, h2, li, br')) block.append(' ')
  return flat(parsed.body.textContent ?? '')
}

const forms: readonly [
  name: string,
  words: (d: ClinicalDocument) => string,
  fact: (fact: string) => string,
][] = [
  ['PDF', (d) => readPages(renderPdf(d, fonts, 'letter')).join(' '), (fact) => fact],
  ['HTML', (d) => htmlWords(renderHtml(d)), (fact) => fact],
  ['RTF', (d) => rtfWords(renderRtf(d)), (fact) => fact],
  ['text', (d) => flat(renderText(d)), (fact) => fact],
  ['ASCII', (d) => flat(renderAscii(d)), (fact) => flat(toAscii(fact).text)],
  [
    'print',
    (d) => {
      render(<Paper document={d} />)
      const paper = document.querySelector('.paper')
      for (const block of paper?.querySelectorAll('td, th, p, dd, dt, h1, h2') ?? []) block.append(' ')
      return flat(paper?.textContent ?? '')
    },
    (fact) => fact,
  ],
]

describe.each(forms)('as %s', (name, words, form) => {
  it('every fact stands', () => {
    const all = words(sample)
    // Cells of a PDF are wrapped: compared without spaces.
    const squeeze = (text: string): string => (name === 'PDF' ? text.replace(/\s/g, '') : text)
    for (const fact of factsOf(sample)) expect(squeeze(all)).toContain(squeeze(form(fact)))
  })

  it('nothing that is not in the document stands: a fact taken away is gone', () => {
    const less = { ...sample, sections: sample.sections.slice(0, 1) }
    expect(words(less)).not.toContain('clinic')
  })

  it('every part says whose it is, from whom, and that it is not verified', () => {
    const all = words(sample)
    const count = (fact: string): number => all.split(form(fact)).length - 1
    const parts = name === 'PDF' ? 1 : sample.sections.length
    expect(count('MRN 0045 1187')).toBeGreaterThanOrEqual(parts)
    expect(count('Acme Health, member id M-1')).toBeGreaterThanOrEqual(parts)
    expect(count('Outside records, not verified')).toBeGreaterThanOrEqual(parts)
  })
})

describe('renderHtml', () => {
  it('is strict XHTML without style, script, link or event, whatever the records say', () => {
    const evil = '<script>alert(1)</script><a href="javascript:x" onclick=\'y\'>\u0000\ud800'
    const html = renderHtml({ ...sample, title: evil, notices: [evil], language: '"><x' })
    const parsed = new DOMParser().parseFromString(html, 'application/xhtml+xml')
    expect(parsed.querySelector('parsererror')).toBeNull()
    expect(parsed.querySelectorAll('script, style, link, a, img, iframe, [style], [onclick]')).toHaveLength(0)
    expect(parsed.querySelector('h1')?.textContent).toContain('<script>alert(1)</script>')
  })

  it('names no patient in its title', () => {
    expect(/<title>(.*)<\/title>/.exec(renderHtml(sample))?.[1]).toBe(sample.title)
  })
})

describe('renderRtf', () => {
  it('is ASCII, with head and foot on every page and the column headings repeated', () => {
    const rtf = renderRtf({ ...sample, notices: ['😀 }{\\'] })
    expect(rtf).toMatch(/^[\n -~]*$/)
    expect(/\{\\header.*/.exec(rtf)?.[0]).toContain('not verified')
    expect(/\{\\footer.*/.exec(rtf)?.[0]).toMatch(/PAGE.*NUMPAGES/)
    expect(rtf.split('\\trhdr')).toHaveLength(3)
    expect(rtfWords(rtf)).toContain('😀 }{\\')
    const depth = [...rtf.replace(/\\[\\{}]/g, '')].reduce(
      (d, c) => d + (c === '{' ? 1 : c === '}' ? -1 : 0),
      0,
    )
    expect(depth).toBe(0)
  })
})

describe('toAscii', () => {
  it.each([
    ['plain', 'plain'],
    ['Żofia Żółć', '{Zofia} {Zolc}'],
    ['5 µg or 5μg', '5 {ug} or {5ug}'],
    ['≥2 and −3', '{>=2} and -3'],
    ['10³/L', '{10^3}/L'],
    ['1½', '{1 1/2}'],
    ['37°C', '{37 deg C}'],
    ['β-blocker', '{beta}-blocker'],
    ['Γιώργος', '{Giorgos}'],
    ['Иван Щука', '{Ivan} {Shchuka}'],
    ['王 Wang 😀', '[U+738B] Wang [U+1F600]'],
    ['“a” – b · c…', '"a" - b - c...'],
    ['a\tb\u0000c', 'a b c'],
  ])('%s becomes %s', (from, to) => {
    expect(toAscii(from).text).toBe(to)
  })

  it('says what was put in for what, and nothing where nothing was', () => {
    const text = renderAscii({ ...sample, patient: { ...sample.patient, name: '王 Żółć' } })
    expect(text).toMatch(/^[\n -~]*$/)
    expect(text).toMatch(/Words in \{braces\} were rewritten: Z for U\+017B/)
    expect(text).toMatch(/Numbers like \[U\+738B\]/)
    const plain = { ...sample, patient: { ...sample.patient, name: 'Roe' }, facts: [], sections: [] }
    expect(renderAscii(plain)).not.toMatch(/Plain letters/)
  })
})
