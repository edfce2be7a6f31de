import { describe, expect, it } from 'vitest'
import { withoutAmounts } from './record-amounts'

const money = { value: 120, currency: 'USD' }

describe('withoutAmounts', () => {
  it('leaves out what was charged and paid, and keeps what was decided', () => {
    const bill = {
      resourceType: 'ExplanationOfBenefit',
      status: 'active',
      payment: { type: { text: 'complete' }, amount: money },
      total: [{ category: { text: 'submitted' }, amount: money }],
      item: [
        {
          sequence: 1,
          productOrService: { text: 'Office visit' },
          net: money,
          adjudication: [{ category: { text: 'denied' }, reason: { text: 'not covered' }, amount: money }],
        },
      ],
    }
    const bare = withoutAmounts(bill)
    expect(JSON.stringify(bare)).not.toMatch(/120|USD/)
    expect(bare).toMatchObject({
      status: 'active',
      item: [{ sequence: 1, adjudication: [{ reason: { text: 'not covered' } }] }],
    })
  })

  it('gives back the same bill where there is none, and never touches another type', () => {
    const bill = { resourceType: 'ExplanationOfBenefit', item: [{ sequence: 1 }] }
    expect(withoutAmounts(bill)).toBe(bill)
    const dose = { resourceType: 'MedicationRequest', amount: money }
    expect(withoutAmounts(dose)).toBe(dose)
  })
})
