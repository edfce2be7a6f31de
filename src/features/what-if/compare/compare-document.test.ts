import { describe, expect, it } from 'vitest'
import { compare } from '../../../domain/crd/compare'
import { answered, code, ct, mri, timeText, variant } from '../../../domain/crd/compare.test-data'
import { comparisonCopy, comparisonDocument } from './compare-document'

const frame = {
  patient: { name: 'Roe, Jane', born: '14-Jul-1965', gender: 'Female', identifier: 'MRN 1' },
  askedBy: 'Dr. Ana Moreno',
  madeAt: '2026-11-20T10:32:00-05:00',
  question: [{ label: 'How many', value: '1' }],
  noteOf: () => 'Asked as a further payer.',
}
const first = variant('As first asked', [mri], answered([[mri, [code('covered', 'covered')]]]))
const other = (label: string) => variant(label, [ct], answered([[ct, [code('covered', 'not-covered')]]]))

describe('a comparison as a document', () => {
  const comparison = compare([first, other('CT'), other('X-ray'), other('Nothing')], timeText)

  it('says what it is, of whom, of which payer, when in which zone, and who asked', () => {
    const text = comparisonCopy(comparison, frame)
    for (const words of [
      'What-if, not an order, not a guarantee of payment',
      'Patient: Roe, Jane',
      'Made: 20-Nov-2026 10:32 (UTC-05:00)',
      'Payer: Acme Health',
      'Asked by: Dr. Ana Moreno',
      '* How many; Stated: 1',
      '3. Nothing',
      'X-ray (differs): No, not covered',
    ])
      expect(text).toContain(words)
  })

  it('has the original in each table, and no more than two others, so that it can be read on paper', () => {
    const tables = comparisonDocument(comparison, frame).sections.filter(({ title }) =>
      /^Answers/.test(title),
    )
    expect(tables.map(({ title, columns, paragraphs }) => [title, columns, paragraphs.length])).toEqual([
      ['Answers of Acme Health, part 1 of 2', ['About', 'As first asked', 'CT', 'X-ray'], 1],
      ['Answers of Acme Health, part 2 of 2', ['About', 'As first asked', 'Nothing'], 0],
    ])
    expect(tables[1]?.rows[0]).toEqual([
      'Covered?',
      'Yes, covered. Plan limits and deductibles still apply',
      'Differs: No, not covered',
    ])
  })
})
