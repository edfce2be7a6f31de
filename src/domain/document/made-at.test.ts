import { expect, it } from 'vitest'
import { formatMadeAt, instantAt, pdfDate } from './made-at'

it.each([
  ['2026-11-20T10:32:00-05:00', '20-Nov-2026 10:32 (UTC-05:00)', "D:20261120103200-05'00'"],
  ['2026-11-20T10:32:05.123+05:30', '20-Nov-2026 10:32 (UTC+05:30)', "D:20261120103205+05'30'"],
  ['2026-11-20T10:32Z', '20-Nov-2026 10:32 (UTC)', "D:20261120103200+00'00'"],
  ['2026-11', '2026-11', undefined],
])('writes %s for people and for PDF', (madeAt, words, pdf) => {
  expect(formatMadeAt(madeAt)).toBe(words)
  expect(pdfDate(madeAt)).toBe(pdf)
})

it('writes a moment in the zone it was made in', () => {
  const at = Date.parse('2026-11-20T03:32:00Z')
  expect(instantAt(at, -300)).toBe('2026-11-19T22:32:00-05:00')
  expect(instantAt(at, 330)).toBe('2026-11-20T09:02:00+05:30')
})
