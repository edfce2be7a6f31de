import { describe, expect, it } from 'vitest'
import { fail } from '../result'
import { type HistoryOptions, historyReading } from './history'
import {
  base,
  bundle,
  http,
  member,
  payerWith,
  read,
  record,
  statement,
  stateOf,
} from './paged-payer.testing'

const params = (...names: readonly string[]) => ({ searchParam: names.map((name) => ({ name })) })
const dated = statement({
  Procedure: params('patient', 'date', '_lastUpdated'),
  AllergyIntolerance: params('patient'),
  Encounter: params('patient', 'date'),
})
const since = (from: string, to?: string): HistoryOptions['scope'] => ({
  period: { by: 'event', from, ...(to !== undefined && { to }) },
})

describe('reading a part of a history', () => {
  it('asks for the chosen types alone, and says which were left out', async () => {
    const { reader, asked } = payerWith({}, dated)
    const snapshot = await read(reader, { scope: { types: ['Encounter'] } })
    expect(asked).toEqual(['Encounter?patient=m1&_count=100'])
    expect(stateOf(snapshot, 'Procedure')).toEqual({ kind: 'skipped' })
    expect(stateOf(snapshot, 'Encounter')).toEqual({ kind: 'done', records: 0 })
  })

  it('puts the period into the requests of the types whose date parameter the payer lists', async () => {
    const { reader, asked } = payerWith({}, dated)
    const snapshot = await read(reader, { scope: since('2024-03-01', '2024-12-31') })
    expect(asked).toEqual([
      'AllergyIntolerance?patient=m1&_count=100',
      'Procedure?patient=m1&_count=100&date=ge2024-03-01&date=le2024-12-31',
      'Encounter?patient=m1&_count=100&date=ge2024-03-01&date=le2024-12-31',
    ])
    expect(snapshot.types.flatMap(({ type, limited }) => (limited ? [[type, limited]] : []))).toEqual([
      ['Procedure', 'date'],
      ['Encounter', 'date'],
    ])
    expect(snapshot.period).toEqual({ by: 'event', from: '2024-03-01', to: '2024-12-31' })
  })

  it('asks by when the payer changed its record where that is wanted and offered', async () => {
    const { reader, asked } = payerWith({}, dated)
    await read(reader, { scope: { period: { by: 'updated', from: '2026-01-01' } } })
    expect(asked.filter((url) => url.includes('_lastUpdated'))).toEqual([
      'Procedure?patient=m1&_count=100&_lastUpdated=ge2026-01-01',
    ])
  })

  it('asks for whole types where the payer’s statement cannot be read', async () => {
    const { reader, asked } = payerWith({})
    const snapshot = await read(reader, { scope: { types: ['Procedure'], ...since('2024-03-01') } })
    expect(asked).toEqual(['Procedure?patient=m1&_count=100'])
    expect(snapshot.types.some(({ limited }) => limited !== undefined)).toBe(false)
  })

  it('asks for the whole type where the payer refuses the period', async () => {
    const { reader, asked } = payerWith({}, dated)
    const strict: typeof reader = {
      ...reader,
      search: (type, search) =>
        search.some(([name]) => name === 'date')
          ? Promise.resolve(fail(http(400)))
          : reader.search(type, search),
    }
    const snapshot = await read(strict, { scope: { types: ['Procedure'], ...since('2024-03-01') } })
    expect(asked).toEqual(['Procedure?patient=m1&_count=100'])
    expect(snapshot.types.find(({ type }) => type === 'Procedure')).not.toHaveProperty('limited')
  })

  it.each([
    ['date', since('2024-03-01'), 'Procedure?patient=m1'],
    [
      '_lastUpdated',
      { period: { by: 'updated', from: '2024-03-01' } } as const,
      'Procedure?patient=m1&_count=100',
    ],
  ])('does not take a period for used that the answer shows as ignored: %s', async (name, scope, self) => {
    const answer = { ...(bundle([]) as object), link: [{ relation: 'self', url: `${base}/${self}` }] }
    const snapshot = await read(payerWith({ Procedure: answer }, dated).reader, { scope })
    const procedures = snapshot.types.find(({ type }) => type === 'Procedure')
    expect(procedures).toMatchObject({ ignored: [name] })
    expect(procedures).not.toHaveProperty('limited')
  })

  it('asks for the rest on demand, counts it once, and says nothing of a period any more', async () => {
    const { reader, asked } = payerWith(
      { Procedure: bundle([record('Procedure', '1')]), Encounter: bundle([record('Encounter', '1')]) },
      dated,
    )
    const reading = historyReading({
      reader,
      member,
      onChange: () => undefined,
      scope: { types: ['Procedure'], ...since('2024-03-01') },
    })
    await reading.read()
    const snapshot = await reading.widen()
    expect(asked.slice(1)).toEqual([
      'AllergyIntolerance?patient=m1&_count=100',
      'Procedure?patient=m1&_count=100',
      'Encounter?patient=m1&_count=100',
    ])
    expect(snapshot.records).toHaveLength(2)
    expect(snapshot.duplicates).toBe(0)
    expect(snapshot.period).toBeUndefined()
    expect(stateOf(snapshot, 'Procedure')).toEqual({ kind: 'done', records: 1 })
  })
})
