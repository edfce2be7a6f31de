import { expect, it } from 'vitest'
import type { FhirJson } from '../../domain/json'
import { coverageLine } from './coverage-line'

it('says what the chart knows of a coverage, and nothing where it knows nothing', () => {
  const coverage: FhirJson = {
    resourceType: 'Coverage',
    id: 'c1',
    type: { coding: [{ code: 'PPO', display: 'preferred provider' }] },
    relationship: { coding: [{ code: 'child' }] },
    period: { start: '2024-01-01', end: '2026-12-31' },
    class: [
      { type: { coding: [{ code: 'plan' }] }, value: 'gold', name: 'Gold PPO' },
      { type: { coding: [{ code: 'group' }] }, value: '4410' },
    ],
  }
  expect(coverageLine(coverage, 'Gold PPO')).toBe(
    'preferred provider · group 4410 · through a parent · since 01-Jan-2024 · until 31-Dec-2026',
  )
  expect(coverageLine({ resourceType: 'Coverage' }, 'Acme Health')).toBe('')
  const own = { ...coverage, relationship: { coding: [{ code: 'self' }] }, class: [], period: undefined }
  expect(coverageLine(own, 'preferred provider')).toBe('')
})
