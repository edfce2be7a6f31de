import { describe, expect, it } from 'vitest'
import type { TypeProgress } from './history'
import { chartReading, payerRead } from './reconcile-chart'

const done = { kind: 'done', records: 1 } as const
const types: readonly TypeProgress[] = [
  { type: 'Condition', state: done },
  { type: 'Procedure', state: done, partial: true },
  { type: 'Encounter', state: { kind: 'not-shared' } },
  { type: 'MedicationRequest', state: done },
  { type: 'MedicationDispense', state: { kind: 'not-offered' } },
  { type: 'Immunization', state: { kind: 'not-offered' } },
]

describe('chartReading', () => {
  it('compares only with what was read to its end', () => {
    const { read, unread } = chartReading({ types })
    expect([...read]).toEqual(['Condition', 'MedicationRequest', 'MedicationDispense'])
    expect(unread.map(({ type }) => type)).toEqual(['Procedure', 'Encounter', 'Immunization'])
  })
})

describe('payerRead', () => {
  it('counts no type of which the payer sent a part', () => {
    expect([...payerRead({ types })]).toEqual(['Condition', 'MedicationRequest', 'MedicationStatement'])
  })
})
