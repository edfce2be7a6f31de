import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../database'
import { migrate } from '../migrations'
import { newSiteKey, readSiteKey } from '../site-key'
import { members } from './members'

const HOUR_MS = 3_600_000

describe('whom a session has matched', () => {
  let database: Database
  let now = Date.UTC(2026, 10, 21, 9)
  beforeAll(async () => {
    database = await openDatabase('memory://')
    await migrate(database)
  }, 60_000)
  afterAll(() => database.close(), 60_000)
  const payer = (id: string) => ({ id, name: id, identifiers: [], authorization: 'proxy' as const })
  const session = (label: string, user = 'dora') => ({
    label,
    user,
    fhirBase: 'https://ehr.example',
    audits: false,
  })

  it('is known to that session at that payer, for as long as it can last, and names nobody in the database', async () => {
    const matched = members(database, readSiteKey(newSiteKey()), () => now)
    const jane = { patient: 'm1' }
    await matched.add(session('a'), payer('acme'), [jane, { identifier: 'urn:m|M1' }, { anybody: true }])
    const known = async (label: string, at: string, user?: string) =>
      (await matched.among(session(label, user), payer(at), [jane, { patient: 'm2' }])).length
    expect(await known('a', 'acme')).toBe(1)
    expect(await known('b', 'acme')).toBe(0)
    expect(await known('a', 'other')).toBe(0)
    expect(await known('a', 'acme', 'john')).toBe(0)
    expect(JSON.stringify(await database.query('select * from member'))).not.toMatch(/m1|M1|dora|acme/)
    now += 11 * HOUR_MS
    expect(await known('a', 'acme')).toBe(1)
    now += HOUR_MS
    expect(await known('a', 'acme')).toBe(0)
    await matched.add(session('b'), payer('acme'), [{ anybody: true }])
    expect(await database.query('select * from member')).toHaveLength(1)
  })
})
