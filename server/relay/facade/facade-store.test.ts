import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Database, openDatabase } from '../database'
import { migrate } from '../migrations'
import { newSiteKey, readSiteKey } from '../site-key'
import { facadeStore } from './facade-store'

describe('open invocations', () => {
  let database: Database
  beforeAll(async () => {
    database = await openDatabase('memory://')
    await migrate(database)
  }, 60_000)
  afterAll(() => database.close(), 60_000)
  afterEach(() => void vi.useRealTimers())

  const invocation = {
    payer: 'acme',
    hookInstance: 'h',
    invocation: 'i',
    user: 'dora',
    session: 's',
    ehr: 'https://ehr.example',
    resources: [{ resourceType: 'Patient', id: 'jane' }],
  }
  const rows = async () => (await database.query('select token from facade')).length

  it('are found for 30 seconds by their token alone, under the site’s key alone, and go by themselves', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    let now = Date.UTC(2026, 10, 21, 9)
    const pass = async (seconds: number) => {
      now += seconds * 1000
      await vi.advanceTimersByTimeAsync(seconds * 1000)
    }
    const store = facadeStore(database, readSiteKey(newSiteKey()), () => now)
    await store.open('first', invocation)
    expect(await store.find('first')).toEqual(invocation)
    expect(await store.find('second')).toBeUndefined()
    const stranger = facadeStore(database, readSiteKey(newSiteKey()), () => now)
    await expect(stranger.find('first')).rejects.toThrow()
    await pass(29)
    await store.open('second', invocation)
    expect(await store.find('first')).toEqual(invocation)
    await pass(1)
    expect(await store.find('first')).toBeUndefined()
    await pass(1)
    await vi.waitFor(async () => expect(await rows()).toBe(1))
    expect(await store.find('second')).toEqual(invocation)
    await pass(31)
    await vi.waitFor(async () => expect(await rows()).toBe(0))
  })
})
