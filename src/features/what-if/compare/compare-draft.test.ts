import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyForm } from '../form-values'
import { startAlternative, valuesOf } from './alternatives'
import { readCompareDraft } from './compare-draft'

const today = '2026-11-20'
const newId = () => 'new'
const read = (kept: unknown) => readCompareDraft(kept, today, newId)

describe('a comparison kept over a new launch', () => {
  const original = { ...emptyForm(today, newId), quantity: '3' }
  const draft = {
    original,
    asksOthers: true,
    alternatives: [
      { id: 'new', changes: [{ aspect: 'place' as const, text: '11' }] },
      { id: 'new', changes: [{ aspect: 'performer' as const, party: { text: 'Dr. Wu', reference: null } }] },
      {
        id: 'new',
        changes: [
          { aspect: 'what' as const, kind: 'DeviceRequest' as const, entry: { text: 'CPAP', item: null } },
        ],
      },
    ],
  }

  it('is the same again', () => {
    expect(read(JSON.parse(JSON.stringify(draft)))).toEqual(draft)
  })

  it('holds at most five, and only what this question can differ in', () => {
    const many = { ...draft, alternatives: Array.from({ length: 9 }, () => draft.alternatives[0]) }
    expect(read(many)?.alternatives).toHaveLength(5)
    const odd = [
      { changes: [{ aspect: 'visit-start', text: today }] },
      { changes: [{ aspect: '__proto__' }] },
    ]
    expect(read({ ...draft, alternatives: odd })).toBeUndefined()
  })

  it('is nothing where it cannot be read', () => {
    for (const kept of [
      undefined,
      null,
      7,
      'x',
      [],
      {},
      { alternatives: 'x' },
      { alternatives: [null, {}, 3] },
    ])
      expect(read(kept)).toBeUndefined()
    fc.assert(
      fc.property(
        fc.anything(),
        (kept) => void read({ original: kept, alternatives: [kept, { changes: kept }] }),
      ),
    )
  })
})

describe('an alternative', () => {
  const original = emptyForm(today, () => 'id')

  it('is the original until something is changed', () => {
    const begun = startAlternative('a', original)
    expect(valuesOf(original, begun)).toEqual(original)
  })

  it('that is a copy has one more thing to change', () => {
    const first = {
      id: 'a',
      changes: [
        { aspect: 'what' as const, kind: 'DeviceRequest' as const, entry: { text: 'x', item: null } },
      ],
    }
    const copy = startAlternative('b', original, first)
    expect(copy.changes.map(({ aspect }) => aspect)).toEqual(['what', 'performer'])
    expect(valuesOf(original, copy)).toEqual(valuesOf(original, first))
  })
})
