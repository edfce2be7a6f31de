import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { InvocationRecord } from '../domain/audit'
import { type AuditFrame, createAuditStore } from './audit-store'
import type { AuditTables } from './audit-tables'
import { browser } from './audit-tables.test-data'
import { digest } from './system'

const day = 86_400_000

const chart = 'https://ehr.example/fhir'
const jane = { key: 's1', fhirBase: chart, fhirUser: 'Practitioner/1' }

const storeOf = (tables: AuditTables, over: Partial<AuditFrame> = {}) =>
  createAuditStore({
    tables: async () => tables,
    session: jane,
    retentionDays: 0,
    now: () => 0,
    digest,
    ...over,
  })

const record = (id: string, over: Partial<InvocationRecord['entry']> = {}): InvocationRecord => ({
  entry: {
    version: 1,
    id,
    chart,
    patientId: 'p1',
    payerId: 'acme',
    payerName: 'Acme Health',
    hook: 'order-sign',
    hookInstance: 'h1',
    title: 'MRI of the knee',
    coverage: 'Coverage/1',
    outcome: 'answered',
    askedAt: 1,
    endedAt: 2,
    assertionIds: ['A1'],
    suggestionUuids: [],
    ...over,
  },
  payload: { request: { hook: 'order-sign', secretOfJane: true }, response: { cards: [] }, orders: [] },
})

const ids = async (store: ReturnType<typeof storeOf>, patient = 'p1') =>
  (await store.list(patient)).entries.map((entry) => entry.id)

describe('the log of this browser', () => {
  it('gives back what was kept, to the same session after a reload too, newest first', async () => {
    const tables = browser()
    await storeOf(tables).keep(record('a'))
    await storeOf(tables).keep(record('b', { askedAt: 9 }))
    const reloaded = storeOf(tables)
    expect(await ids(reloaded)).toEqual(['b', 'a'])
    expect(await reloaded.open('a')).toEqual(record('a'))
    expect(await reloaded.list('p1')).toMatchObject({ unreadable: 0, isDurable: true })
  })

  it('keeps nothing in the clear, and its key cannot be read out', async () => {
    const tables = browser()
    await storeOf(tables).keep(record('a'))
    const words = [...tables.rows.entries.values(), ...tables.rows.payloads.values()].map((row) => {
      const { sealed, ...clear } = row as { sealed: { body: ArrayBuffer } }
      return JSON.stringify(clear) + new TextDecoder('latin1').decode(sealed.body)
    })
    for (const each of words) expect(each).not.toMatch(/MRI|Acme|p1|Practitioner|secretOfJane|s1\b/)
    const [stored] = [...tables.rows.keys.values()] as { key: CryptoKey }[]
    expect(stored?.key.extractable).toBe(false)
    await expect(crypto.subtle.exportKey('raw', stored?.key as CryptoKey)).rejects.toThrow()
  })

  it('lists one patient at one chart only', async () => {
    const store = storeOf(browser())
    await store.keep(record('a'))
    await store.keep(record('b', { patientId: 'p2' }))
    await store.keep(record('c', { chart: 'https://other.example/fhir' }))
    expect(await ids(store)).toEqual(['a'])
    expect(await ids(store, 'p2')).toEqual(['b'])
  })

  it('removes one', async () => {
    const tables = browser()
    const store = storeOf(tables)
    await store.keep(record('a'))
    await store.remove('a')
    expect(await ids(store)).toEqual([])
    expect(tables.rows.payloads.size + tables.rows.entries.size).toBe(0)
  })
})

describe('how long it is kept', () => {
  it('ends with the session: key and records go, others’ stay', async () => {
    const tables = browser()
    const [store, other] = [storeOf(tables), storeOf(tables, { session: { ...jane, key: 's2' } })]
    await store.keep(record('a'))
    await other.keep(record('b'))
    await store.end()
    expect(tables.rows.keys.size).toBe(1)
    expect([...tables.rows.entries.keys()]).toEqual(['b'])
    expect([...tables.rows.payloads.keys()]).toEqual(['b'])
    expect(await ids(storeOf(tables))).toEqual([])
  })

  it('keeps nothing in storage that arrives after the end', async () => {
    const tables = browser()
    const store = storeOf(tables)
    await store.end()
    await store.keep(record('late'))
    expect(tables.rows.entries.size).toBe(0)
  })

  it('is not readable for another session, though the rows are there', async () => {
    const tables = browser()
    await storeOf(tables).keep(record('a'))
    const other = storeOf(tables, { session: { ...jane, key: 's2' } })
    expect(await ids(other)).toEqual([])
    expect(await other.open('a')).toBeUndefined()
    expect(tables.rows.entries.size).toBe(1)
  })

  it('of a session that never ended is taken away after a day', async () => {
    const tables = browser()
    await storeOf(tables).keep(record('a'))
    const later = { session: { ...jane, key: 's2' } }
    await ids(storeOf(tables, { ...later, now: () => day - 1 }))
    expect(tables.rows.entries.size).toBe(1)
    await ids(storeOf(tables, { ...later, now: () => day }))
    expect(tables.rows.entries.size).toBe(0)
    expect([...tables.rows.keys.keys()]).toHaveLength(1)
  })

  it('with retention serves the same user in a later session, for so many days', async () => {
    const tables = browser()
    const week = (now: number, key: string) =>
      storeOf(tables, { retentionDays: 7, now: () => now, session: { ...jane, key } })
    const first = week(0, 's1')
    await first.keep(record('a'))
    await first.end()
    expect(await ids(week(6 * day, 's2'))).toEqual(['a'])
    expect(await ids(week(7 * day, 's3'))).toEqual([])
    expect(tables.rows.payloads.size).toBe(0)
  })

  it('with retention is neither for another user nor for another chart', async () => {
    const tables = browser()
    await storeOf(tables, { retentionDays: 7 }).keep(record('a'))
    for (const over of [{ fhirUser: 'Practitioner/2' }, { fhirBase: 'https://other.example/fhir' }]) {
      const store = storeOf(tables, { retentionDays: 7, session: { ...jane, ...over } })
      expect(await store.open('a')).toBeUndefined()
      expect((await store.list('p1')).entries).toEqual([])
    }
  })

  it('where nobody knows who the user is ends with the session all the same', async () => {
    const tables = browser()
    const store = storeOf(tables, { retentionDays: 7, session: { key: 's1', fhirBase: chart } })
    await store.keep(record('a'))
    await store.end()
    expect(tables.rows.entries.size + tables.rows.keys.size).toBe(0)
  })

  it('is taken away at the next start where the site gave retention up', async () => {
    const tables = browser()
    await storeOf(tables, { retentionDays: 7 }).keep(record('a'))
    await ids(storeOf(tables))
    expect(tables.rows.entries.size).toBe(0)
  })
})

describe('where storage fails', () => {
  it('is kept in memory where it is denied, and says that it will not last', async () => {
    const store = storeOf(browser(), {
      tables: () => Promise.reject(new DOMException('denied', 'SecurityError')),
    })
    await store.keep(record('a'))
    expect(await store.list('p1')).toMatchObject({ entries: [{ id: 'a' }], isDurable: false })
    expect(await store.open('a')).toEqual(record('a'))
    await store.remove('a')
    expect(await ids(store)).toEqual([])
    await store.end()
  })

  it.each(['entries', 'payloads'] as const)('is kept in memory, once, where %s are full', async (full) => {
    const tables = browser()
    const put = () => Promise.reject(new DOMException('full', 'QuotaExceededError'))
    const store = storeOf({ ...tables, [full]: { ...tables[full], put } })
    await store.keep(record('a'))
    expect(await store.list('p1')).toMatchObject({ entries: [{ id: 'a' }], isDurable: false })
    expect(await store.open('a')).toEqual(record('a'))
  })

  it('makes a new key where storage gives something else for one', async () => {
    const tables = browser()
    await storeOf(tables).keep(record('a'))
    for (const id of tables.rows.keys.keys()) tables.rows.keys.set(id, { id, at: 0, key: 'no key' })
    const store = storeOf(tables)
    await store.keep(record('b'))
    expect(await store.list('p1')).toMatchObject({ entries: [{ id: 'b' }], unreadable: 1 })
  })

  it('tells a record that was exchanged or made younger as unreadable', async () => {
    for (const change of [{ at: 5 }, { id: 'z' }]) {
      const tables = browser()
      await storeOf(tables).keep(record('a'))
      tables.rows.entries.set('a', { ...(tables.rows.entries.get('a') as object), ...change })
      expect(await storeOf(tables).list('p1')).toMatchObject({ entries: [], unreadable: 1 })
    }
  })

  it('never rejects, whatever stands in the tables', async () => {
    const row = fc.oneof(
      fc.anything(),
      fc.record({
        id: fc.string(),
        keyId: fc.string(),
        at: fc.integer(),
        sealed: fc.anything(),
        key: fc.anything(),
      }),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 4 }),
        fc.array(row, { maxLength: 4 }),
        async (keys, entries) => {
          const tables = browser()
          keys.forEach((each, index) => void tables.rows.keys.set(`${index}`, each))
          entries.forEach((each, index) => void tables.rows.entries.set(`${index}`, each))
          const store = storeOf(tables)
          await store.keep(record('a'))
          expect(await ids(store)).toEqual(['a'])
          await store.end()
        },
      ),
      { numRuns: 50 },
    )
  })
})
