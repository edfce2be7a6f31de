/// <reference types="node" />
import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FhirJson } from '../json'
import type { PayerAnswer } from './ask'
import { compare, comparisonText } from './compare'
import {
  answered,
  beta,
  cells,
  code,
  ct,
  detail,
  frame,
  mri,
  order,
  timeText,
  variant,
} from './compare.test-data'
import { coverageAnswers } from './coverage-answer'

describe('comparing variants', () => {
  const original = variant(
    'As first asked',
    [mri],
    answered([
      [
        mri,
        [code('covered', 'covered'), code('pa-needed', 'auth-needed'), detail('in-network-copay', '$310')],
      ],
    ]),
  )
  const other = variant(
    'CT instead',
    [ct],
    answered([
      [
        ct,
        [
          code('covered', 'covered'),
          code('pa-needed', 'no-auth'),
          detail('allowed-quantity', '1 a year'),
          detail('concurrent-review', 'Yes'),
          ['expiry-date', { valueDate: '2026-12-31' }],
          ['coverage-assertion-id', { valueString: 'AH-1' }],
          ['contact', { valueContactPoint: { system: 'phone', value: '555' } }],
        ],
      ],
    ]),
  )

  it('lists the rows of U8, says “Not stated” where nothing is, and marks what differs from the first', () => {
    const comparison = compare([original, other], timeText)
    expect(comparison.columns.map(({ label }) => label)).toEqual(['As first asked', 'CT instead'])
    expect(comparison.payers.map(({ payerName }) => payerName)).toEqual(['Acme Health'])
    const table = comparison.payers[0]?.rows.map((row) => [
      row.label,
      ...row.cells.map((cell) => `${cell.lines.join('; ')}${cell.differs ? ' ≠' : ''}`),
    ])
    expect(table).toEqual([
      ['Covered?', expect.stringMatching(/^Yes, covered/), expect.stringMatching(/^Yes, covered[^≠]*$/)],
      ['Prior authorization?', 'Needed before the service', 'Not needed ≠'],
      ['Documents needed?', 'None asked for', 'None asked for'],
      ['Information needed?', 'None asked for', 'None asked for'],
      ['Limits', 'Not stated', 'Largest quantity: 1 a year ≠'],
      ['Cost', 'Copay in network: $310', 'Not stated ≠'],
      ['Other details', 'Not stated', 'More documents needed before the claim is paid: Yes ≠'],
      ['Contact', 'Not stated', '555 ≠'],
      ['Good until', 'Not stated', '31-Dec-2026 ≠'],
      ['Answered at', '500 ms', '500 ms; Reference AH-1'],
    ])
    expect(cells(comparison, 'cost')?.map((cell) => cell.isStated)).toEqual([true, false])
  })

  it('keeps the columns as they were made, and tells which variants have no column', () => {
    const many = Array.from({ length: 8 }, (_, index) => ({
      ...original,
      key: `${index}`,
      label: `V${index}`,
    }))
    const comparison = compare(many, timeText)
    expect(comparison.columns.map(({ label }) => label)).toEqual(['V0', 'V1', 'V2', 'V3', 'V4', 'V5'])
    expect(comparison.leftOut).toEqual(['V6', 'V7'])
    expect(comparisonText(comparison)).toContain('Not compared: V6, V7')
  })

  const kinds: readonly (readonly [string, PayerAnswer, RegExp, string])[] = [
    ['silent', { ...frame(), kind: 'silent' }, /does not mean that it is covered/, 'Not stated'],
    ['skipped', { ...frame(), kind: 'skipped' }, /skipped/, 'No answer'],
    ['refused', { ...frame(), kind: 'refused', rule: 'x', message: 'Why.' }, /Not asked: Why\./, 'Not asked'],
    [
      'failed',
      { ...frame(), kind: 'failed', problem: { kind: 'network', server: 'Acme' }, serviceChanged: false },
      /No answer: Acme could not be reached/,
      'No answer',
    ],
  ]
  it.each(kinds)('never lets %s look like an answer', (_kind, answer, covered, others) => {
    const comparison = compare([original, variant('x', [ct], answer)], timeText)
    expect(cells(comparison, 'covered')?.[1]).toMatchObject({ isStated: false, differs: true })
    expect(cells(comparison, 'covered')?.[1]?.lines[0]).toMatch(covered)
    expect(cells(comparison, 'authorization')?.[1]).toMatchObject({ lines: [others], isStated: false })
  })

  it('compares each payer by itself; one that was not asked about a variant is said not to have been', () => {
    const both = variant(
      'both',
      [mri],
      answered([[mri, [code('covered', 'covered')]]]),
      answered([[mri, [code('covered', 'not-covered')]]], { payer: beta }),
    )
    const comparison = compare([original, both], timeText)
    expect(comparison.payers.map(({ payerName }) => payerName)).toEqual(['Acme Health', 'Beta'])
    expect(cells(comparison, 'covered', 1)?.map((cell) => cell.lines[0])).toEqual([
      'Not asked',
      'No, not covered',
    ])
  })

  it('never takes what is still to be heard for a difference, nor anything for a difference from it', () => {
    const waiting = { ...variant('late', [ct]), pending: 'Being asked' }
    const beside = compare([original, waiting], timeText)
    expect(cells(beside, 'covered')?.[1]).toEqual({ lines: ['Being asked'], isStated: false, differs: false })
    expect(cells(beside, 'authorization')?.[1]?.lines).toEqual(['Being asked'])
    const first = compare([waiting, other], timeText)
    expect(first.payers[0]?.rows.flatMap((row) => row.cells.filter((cell) => cell.differs))).toEqual([])
  })

  it('takes the latest answer of a payer', () => {
    const late = answered([[mri, [code('covered', 'not-covered')]]], { askedAt: 9 })
    const early = answered([[mri, [code('covered', 'covered')]]], { askedAt: 1 })
    const comparison = compare([variant('x', [mri], late, early)], timeText)
    expect(cells(comparison, 'covered')?.[0]?.lines).toEqual(['No, not covered'])
  })

  it('names the order in each line where a payer answered for several, and compares them place by place', () => {
    const lab = order('lab', 'Blood test')
    const forBoth = (first: FhirJson, verdict: string) =>
      variant(
        'x',
        [first, lab],
        answered([
          [first, [code('covered', 'covered'), ['billingCode', { valueCoding: { code: '73721' } }]]],
          [lab, [code('covered', verdict)]],
        ]),
      )
    const comparison = compare(
      [forBoth(mri, 'covered'), forBoth(ct, 'covered'), forBoth(mri, 'not-covered')],
      timeText,
    )
    expect(cells(comparison, 'covered')?.map((cell) => cell.differs)).toEqual([false, false, true])
    expect(cells(comparison, 'covered')?.[1]?.lines[0]).toMatch(/^CT, billed as 73721: Yes, covered/)
    expect(cells(comparison, 'covered')?.[2]?.lines[1]).toBe('Blood test: No, not covered')
  })

  it('shows loud messages by their words and counts the others', () => {
    const card = (summary: string, indicator: string) => ({ summary, indicator, source: { label: 'A' } })
    const cards = [card('Stop', 'critical'), card('Mind', 'warning'), card('Read', 'info'), 'odd']
    const comparison = compare([variant('x', [mri], answered([[mri, []]], { cards }))], timeText)
    expect(cells(comparison, 'messages')?.[0]?.lines).toEqual([
      'Critical: Stop',
      'Warning: Mind',
      '1 for information',
      '1 could not be read',
    ])
  })

  it('reads as text, a list a row, differences in words', () => {
    const text = comparisonText(compare([original, other], timeText))
    expect(text).toContain(
      'Prior authorization?\n  As first asked: Needed before the service\n  CT instead (differs): Not needed',
    )
    expect(text.startsWith('What-if: nothing has been ordered.')).toBe(true)
  })

  it('of nothing is empty', () => {
    expect(compare([], timeText)).toEqual({ columns: [], payers: [], leftOut: [] })
  })
})

const folder = '../shared/fixtures/crd-2.1.0'

describe('any answers', () => {
  it.skipIf(!existsSync(folder))('have no blank cell and never differ from themselves', () => {
    const sample = JSON.parse(readFileSync(`${folder}/CRDServiceResponse.json`, 'utf8')) as {
      systemActions: { resource: { extension: { extension: Record<string, unknown>[] }[] } }[]
    }
    const parts = sample.systemActions[0]?.resource.extension[0]?.extension ?? []
    fc.assert(
      fc.property(fc.subarray(parts), fc.nat(20), fc.anything(), (kept, index, junk) => {
        const broken = kept.map((part, i) => (i === index ? { url: part.url, valueCode: junk } : part))
        const extension = [
          {
            url: 'http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-coverage-information',
            extension: broken,
          },
        ]
        const coverage = coverageAnswers([{ type: 'update', resource: { ...mri, extension } }], {
          orders: [mri],
          coverage: 'Coverage/1',
        })
        const answer: PayerAnswer = {
          ...frame(),
          kind: 'answered',
          coverage,
          cards: [],
          otherActions: [],
          unreadable: [],
        }
        const same = variant('x', [mri], answer)
        for (const row of compare([same, same], timeText).payers[0]?.rows ?? [])
          for (const cell of row.cells) {
            expect(cell.differs).toBe(false)
            expect(cell.lines.length).toBeGreaterThan(0)
            expect(cell.lines.every((line) => line.trim() !== '')).toBe(true)
          }
      }),
      { numRuns: 200 },
    )
  })
})
