import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameProblem, readPresets } from './own-presets'

const preset = { name: 'New', sections: [], origins: [], excludeOwnOrganization: false }

describe('filters that were kept', () => {
  it('are read one by one; one that cannot be read costs itself alone', () => {
    const good = { ...preset, period: { days: 365 }, sections: ['medicines'], origins: ['clinical'] }
    expect(readPresets([good, { ...preset, name: 'x', sections: ['nonsense'] }, 7, { name: 'new' }])).toEqual(
      [good],
    )
    expect(readPresets([{ name: ' Short ' }])).toEqual([{ ...preset, name: 'Short' }])
  })

  it('are none where somebody wrote anything else', () => {
    fc.assert(fc.property(fc.anything(), (stored) => void readPresets(stored)))
    expect(readPresets({ length: 3 })).toEqual([])
  })

  it('hold nothing but their own fields', () => {
    expect(readPresets([{ ...preset, from: '2026-01-01' }])).toEqual([])
    expect(readPresets([{ ...preset, period: { from: '2026-01-01' } }])).toEqual([])
  })
})

describe('the name of a filter', () => {
  const patient = {
    resourceType: 'Patient',
    name: [{ family: 'Roe', given: ['Jane', 'Q'] }],
    birthDate: '1965-07-14',
    identifier: [{ value: '0045-1187' }],
  }
  it.each([
    ['', /Type a name/],
    ['x'.repeat(61), /at most 60/],
    ['new', /Another filter has this name/],
    ['For jane', /Leave the patient out/],
    ['Roe, last year', /Leave the patient out/],
    ['Born 1965-07-14', /Leave the patient out/],
    ['MRN 0045-1187', /Leave the patient out/],
  ])('is refused: %s', (name, words) => {
    expect(nameProblem(name, [preset], patient)).toMatch(words)
  })

  it('is the user’s own else', () => {
    for (const name of ['Medicines, last year', 'Last 14 days', 'Q'])
      expect(nameProblem(name, [preset], patient)).toBeUndefined()
  })

  it('stands for a limited number of filters', () => {
    const many = Array.from({ length: 30 }, (_, i) => ({ ...preset, name: `n${i}` }))
    expect(nameProblem('more', many, patient)).toMatch(/At most 30/)
  })
})
