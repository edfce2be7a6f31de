import { describe, expect, it } from 'vitest'
import { ageInYears, formatDate } from './format-date'

describe('a date', () => {
  it.each([
    ['1965-07-14', '14-Jul-1965'],
    ['1965-07', 'Jul-1965'],
    ['1965', '1965'],
    ['2026-11-20T23:30:00-05:00', '20-Nov-2026'],
    ['2026-13-01', '01-2026'],
    ['yesterday', 'Not known'],
    [undefined, 'Not known'],
  ])('%s reads %s', (value, words) => {
    expect(formatDate(value)).toBe(words)
  })
})

describe('an age', () => {
  const today = new Date(2026, 10, 20).getTime()
  it.each([
    ['1965-07-14', 61],
    ['1965-11-20', 61],
    ['1965-11-21', 60],
    ['1984-02-29', 42],
    ['2027-01-01', undefined],
    ['1965', undefined],
    [undefined, undefined],
  ])('of someone born %s is %s', (born, age) => {
    expect(ageInYears(born, today)).toBe(age)
  })
})
