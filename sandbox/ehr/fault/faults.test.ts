import { describe, expect, it } from 'vitest'
import { ArmedFaults, parseFaults } from './faults'

describe('parseFaults', () => {
  it('reads name, number, type and times', () => {
    expect(parseFaults('slow:40@Patient#2, http-500').faults).toEqual([
      { name: 'slow', arg: '40', type: 'Patient', times: 2 },
      { name: 'http-500' },
    ])
  })

  it.each(['nonsense', 'slow:x', 'slow@', '#1', 'toString', 'deny deny'])(
    'gives %s back as unknown',
    (text) => {
      expect(parseFaults(text)).toEqual({ faults: [], unknown: [text] })
    },
  )

  it('finds nothing in an empty text', () => {
    expect(parseFaults(' , ')).toEqual({ faults: [], unknown: [] })
  })
})

describe('ArmedFaults', () => {
  const armed = (text: string) => new ArmedFaults(parseFaults(text).faults)

  it('plays a fault with times only so often', () => {
    const faults = armed('http-500#2')
    expect([1, 2, 3].map(() => faults.take('http-500') !== undefined)).toEqual([true, true, false])
  })

  it('plays a fault with a type only for that type, and does not count others', () => {
    const faults = armed('http-500@Condition#1')
    expect(faults.take('http-500', 'Patient')).toBeUndefined()
    expect(faults.take('http-500')).toBeUndefined()
    expect(faults.take('http-500', 'Condition')).toBeDefined()
  })

  it('says itself as it was typed', () => {
    expect(String(armed('slow:40@Patient#2,deny'))).toBe('slow:40@Patient#2, deny')
  })
})
