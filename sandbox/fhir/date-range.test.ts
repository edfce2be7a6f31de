import { describe, expect, it } from 'vitest'
import { dateMatches, parseDateQuery, rangeOf, rangeOfElement } from './date-range'

const matches = (target: unknown, query: string): boolean => {
  const range = rangeOfElement(target)
  const parsed = parseDateQuery(query)
  if (!range || !parsed) throw new Error(`${JSON.stringify(target)} or ${query} is no date`)
  return dateMatches(range, parsed.prefix, parsed.range)
}

describe('date search', () => {
  it.each([
    ['2026-03-03', '2026-03-03', true],
    ['2026-03-03T10:00:00Z', '2026-03-03', true],
    ['2026-03-03T10:00:00Z', '2026', true],
    ['2026', '2026-03', false],
    ['2026-03-03T23:30:00-06:00', '2026-03-04', true],
    ['2026-03-03', 'ne2026-03-03', false],
    ['2026-03-04', 'ne2026-03-03', true],
    ['2026-03-04', 'gt2026-03-03', true],
    ['2026-03-03T10:00:00Z', 'gt2026-03-03', false],
    ['2026-03-03T10:00:00Z', 'ge2026-03-03', true],
    ['2026-03-02', 'ge2026-03-03', false],
    ['2026-03-02', 'lt2026-03-03', true],
    ['2026-03-03', 'lt2026-03-03', false],
    ['2026-03-03', 'le2026-03-03', true],
    ['2026-03-04', 'le2026-03-03', false],
    ['2026-03-04', 'sa2026-03-03', true],
    ['2026-03-03T23:00:00Z', 'sa2026-03-03', false],
    ['2026-03-02', 'eb2026-03-03', true],
    ['2026-03-03', 'eb2026-03-03', false],
    ['2026-03', 'ap2026-03-03', true],
  ])('%s against %s is %s', (target, query, expected) => {
    expect(matches(target, query)).toBe(expected)
  })

  it.each([
    [{ start: '2026-01-01', end: '2026-02-01' }, 'ge2026-01-15', true],
    [{ start: '2026-01-01', end: '2026-02-01' }, 'eq2026-01', false],
    [{ start: '2026-01-01' }, 'gt2030', true],
    [{ end: '2026-01-01' }, 'lt1900', true],
    [{ start: '2026-01-01', end: '2026-01-31' }, 'sa2025-12-31', true],
    [{ event: ['2026-01-05', '2026-01-09'] }, '2026-01', true],
    [{ repeat: { boundsPeriod: { start: '2026-01-05', end: '2026-01-09' } } }, 'eb2026-02', true],
  ])('%j against %s is %s', (target, query, expected) => {
    expect(matches(target, query)).toBe(expected)
  })

  it.each(['2026-02-30', '2026-13', 'yesterday', '26', '2026-03-03T25:00:00Z'])('%s is no date', (text) => {
    expect(rangeOf(text)).toBeUndefined()
  })

  it('a leap day is one', () => {
    expect(rangeOf('1984-02-29')).toEqual({ start: Date.UTC(1984, 1, 29), end: Date.UTC(1984, 2, 1) })
  })
})
