import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { at, flag, list, number, objects, text } from './json'

const json = { code: { coding: [{ code: ' E11.9 ', active: true, rank: 2 }, 7] }, empty: '  ', one: { a: 1 } }

describe('reading JSON that nobody vouches for', () => {
  it('finds what is there and of the right type', () => {
    expect(text(json, 'code', 'coding', 0, 'code')).toBe('E11.9')
    expect(flag(json, 'code', 'coding', 0, 'active')).toBe(true)
    expect(number(json, 'code', 'coding', 0, 'rank')).toBe(2)
    expect(objects(json, 'code', 'coding')).toHaveLength(1)
    expect(list(json, 'one')).toEqual([{ a: 1 }])
  })

  it('reads a wrong type, a missing step, blank text and inherited names as absent', () => {
    expect(text(json, 'empty')).toBeUndefined()
    expect(text(json, 'code')).toBeUndefined()
    expect(at(json, 'code', 'coding', 9, 'x')).toBeUndefined()
    expect(at(json, 'constructor')).toBeUndefined()
    expect(at(json, 'toString')).toBeUndefined()
    expect(list(json, 'empty')).toEqual([])
  })

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything(), fc.array(fc.oneof(fc.string(), fc.nat())), (value, path) => {
        expect(() => [text(value, ...path), number(value, ...path), list(value, ...path)]).not.toThrow()
      }),
    )
  })
})
