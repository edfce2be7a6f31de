import { expect, it } from 'vitest'
import { renderText } from './text'

it('writes one row a line, with the names of the columns before all but the first cell', () => {
  const text = renderText({
    title: 'Report',
    language: 'en-US',
    patient: { name: '王 Wang', born: 'Not known', gender: 'Not known', identifier: 'MRN 1' },
    warning: 'Outside records, not verified',
    madeAt: '2026-11-20T10:32:00Z',
    facts: [{ label: 'Payer', value: 'Acme Health' }],
    sections: [
      {
        title: 'Medicines',
        columns: ['What', 'When', 'Status'],
        rows: [['Apixaban', '02-Nov-2026', '']],
        paragraphs: ['A fill is not proof of current use.'],
      },
    ],
    notices: ['Records can be late.'],
  })
  expect(text).toBe(
    [
      'Report',
      '======',
      '',
      'Outside records, not verified',
      'Patient: 王 Wang',
      'Born: Not known',
      'Gender: Not known',
      'Identifier: MRN 1',
      'Made: 20-Nov-2026 10:32 (UTC)',
      'Payer: Acme Health',
      '',
      'Medicines',
      '---------',
      'A fill is not proof of current use.',
      '* Apixaban; When: 02-Nov-2026',
      '',
      'Notes',
      '-----',
      'Records can be late.',
      '',
    ].join('\n'),
  )
})
