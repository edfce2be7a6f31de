import { describe, expect, it } from 'vitest'
import { stringMatches } from './string-match'

describe('string search', () => {
  it.each([
    ['Żółć', 'zolc', true],
    ['Łukasz', 'lu', true],
    ['Mejía', 'MEJIA', true],
    ['Mejia', 'mejía', true],
    ['王伟', '王', true],
    ['Roe', 'oe', false],
    [{ family: 'Roe', given: ['Jane', 'Ann'], period: { start: '2020' } }, 'ann', true],
    [{ city: 'Madison', line: ['12 Willow Lane'] }, '12 w', true],
    [{ family: 'Roe' }, '2020', false],
    [7, '7', false],
  ])('%j starting with %s is %s', (element, wanted, expected) => {
    expect(stringMatches(element, wanted)).toBe(expected)
  })

  it('exact minds case and accents, contains looks inside', () => {
    expect(stringMatches('Żółć', 'Żółć', 'exact')).toBe(true)
    expect(stringMatches('Żółć', 'zolc', 'exact')).toBe(false)
    expect(stringMatches('Żółć', 'OL', 'contains')).toBe(true)
  })
})
