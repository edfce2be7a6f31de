import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { draftOf, readDesk } from './desk-draft'
import { emptyDesk } from './desk-values'

const EMPTY = emptyDesk('2026-11-20', () => 'id-1')

describe('a form that was kept', () => {
  it('is read as it was left, but for the appointment, which the chart says anew', () => {
    const left = {
      ...EMPTY,
      what: {
        text: 'MRI',
        item: {
          label: 'MRI',
          coding: [{ system: 'x', code: '1', display: 'MR' }],
          source: 'chart' as const,
        },
      },
      askAs: 'order' as const,
      day: '2026-12-01',
      where: { text: 'Suite 4', reference: 'Location/l1' },
      memberId: 'W9',
      visit: { id: 'a1' },
    }
    const kept = JSON.parse(JSON.stringify(draftOf(left))) as unknown
    expect(readDesk(kept, EMPTY)).toEqual({ values: { ...left, visit: null }, visitId: 'a1' })
  })

  it('is none where nothing was kept, and never breaks on what somebody else put there', () => {
    expect(readDesk(undefined, EMPTY)).toBeUndefined()
    fc.assert(
      fc.property(fc.jsonValue(), (kept) => {
        const read = readDesk({ id: 'x', what: kept, where: kept, askAs: kept, day: kept }, EMPTY)
        expect(typeof read?.values.day).toBe('string')
        expect(typeof read?.values.what.text).toBe('string')
      }),
    )
  })
})
