import { describe, expect, it } from 'vitest'
import { noReferences } from '../fhir/references'
import { historyRecord } from './record'
import {
  groupState,
  nothingSelected,
  selectableCount,
  selectedRecords,
  toggle,
  toggleGroup,
} from './selection'

const record = (id: string, extra: object = {}) =>
  historyRecord('acme', { resourceType: 'Condition', id, ...extra }, noReferences, [])
const [a, b] = [record('a'), record('b')]
const held = [
  record('void', { verificationStatus: { coding: [{ code: 'entered-in-error' }] } }),
  record('masked', { meta: { security: [{ code: 'REDACTED' }] } }),
  record('private', { meta: { security: [{ code: 'PSY' }] } }),
  record('changed', { modifierExtension: [{ url: 'urn:not' }] }),
]
const group = [a, b, ...held]

describe('selection', () => {
  it('says why a record is held', () => {
    expect(held.map((r) => r.hold)).toEqual(['entered-in-error', 'withheld', 'restricted', 'modified'])
    expect(
      historyRecord('p', { resourceType: 'Procedure', status: 'entered-in-error' }, noReferences, []).hold,
    ).toBe('entered-in-error')
  })

  it('chooses a group without its held records, and takes it away again', () => {
    const all = toggleGroup(nothingSelected, group)
    expect(selectedRecords(all, group)).toEqual([a, b])
    expect(groupState(all, group)).toBe('all')
    expect(toggleGroup(all, group).size).toBe(0)
    expect(selectableCount(group)).toBe(2)
  })

  it('has three states', () => {
    expect(groupState(nothingSelected, group)).toBe('none')
    expect(groupState(toggle(nothingSelected, a), group)).toBe('some')
    expect(groupState(toggle(nothingSelected, held[0] ?? a), held)).toBe('some')
    expect(toggleGroup(toggle(nothingSelected, a), group).size).toBe(2)
  })

  it('holds on to what is not in the list at the moment, and to a reloaded record', () => {
    const chosen = toggle(toggle(nothingSelected, a), b)
    expect(toggleGroup(chosen, [record('c')]).has(a.key)).toBe(true)
    expect(selectedRecords(chosen, [record('b'), record('a')]).map((r) => r.key)).toEqual([b.key, a.key])
  })

  it('knows a record without an id by its content', () => {
    const bare = (text: string) =>
      historyRecord('acme', { resourceType: 'Condition', code: { text } }, noReferences, [])
    expect(bare('x').key).toBe(bare('x').key)
    expect(bare('x').key).not.toBe(bare('y').key)
  })
})
