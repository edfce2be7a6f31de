import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import type { Database } from './database'
import { type Entry, keptLog } from './kept-log'
import { removeOld } from './retention'
import { newSiteKey, readSiteKey } from './site-key'
import { databases } from './test-databases'

const DAY = 86_400_000
const NOW = Date.parse('2026-11-21T12:00:00Z')

const entry = (day: number, of: Partial<Entry> = {}): Entry => ({
  at: NOW - day * DAY,
  kind: 'asked',
  invocation: randomUUID(),
  payer: 'acme',
  user: 'somebody',
  patient: 'https://ehr.example/fhir/Patient/jane',
  assertionIds: [`A-${day}`],
  content: `{"days":${day}}`,
  ...of,
})

describe.each(await databases())('retention on $name', ({ fresh }) => {
  const open: Database[] = []
  afterEach(async () => {
    for (const database of open.splice(0)) await database.close()
  })
  async function world() {
    const database = await fresh()
    open.push(database)
    const key = readSiteKey(newSiteKey())
    const log = keptLog(database, key)
    const remove = (days: number) => removeOld(database, key, log, NOW - days * DAY, NOW)
    return { database, key, log, remove }
  }

  it('removes what is too old for good, and the rest still verifies', async () => {
    const { database, log, remove } = await world()
    for (const day of [400, 380, 370, 20, 10]) await log.append(entry(day))
    const { end } = await log.verify()
    expect((await remove(365)).entries).toBe(3)
    expect(await database.query('select seq from kept order by seq')).toHaveLength(3)
    expect(await log.search({ assertionId: 'A-380' })).toEqual([])
    expect(await log.search({ assertionId: 'A-20' })).toHaveLength(1)
    const verified = await log.verify(end)
    expect(verified.broken).toBeUndefined()
    expect(verified.entries, 'two, and that of the removal').toBe(3)
    await log.append(entry(0))
    expect((await log.verify(end)).broken).toBeUndefined()
  })

  it('keeps an entry of what was removed, and how far', async () => {
    const { log, remove } = await world()
    for (const day of [400, 10]) await log.append(entry(day))
    const { through } = await remove(365)
    const [kept] = await log.search({})
    expect(kept?.kind).toBe('removed')
    expect(JSON.parse(kept?.content ?? '')).toEqual({ through, before: '2025-11-21T12:00:00.000Z' })
  })

  it('does nothing where nothing is old enough, again and again', async () => {
    const { log, remove } = await world()
    await log.append(entry(400))
    await remove(365)
    await log.append(entry(10))
    expect((await remove(365)).entries).toBe(0)
    expect((await log.verify()).entries).toBe(2)
  })

  it('does it once where two relays do it at the same time', async () => {
    const { log, remove } = await world()
    for (const day of [400, 399, 10]) await log.append(entry(day))
    const done = await Promise.all([remove(365), remove(365)])
    expect(done.map(({ entries }) => entries).sort()).toEqual([0, 2])
    expect((await log.verify()).broken).toBeUndefined()
  })

  it('stops before a young entry, whatever stands behind it', async () => {
    const { log, remove } = await world()
    for (const day of [400, 10, 390, 9]) await log.append(entry(day))
    expect((await remove(365)).entries).toBe(1)
    expect(await log.search({ assertionId: 'A-390' })).toHaveLength(1)
  })

  it.each([
    ['removes more by hand', 'delete from kept where seq = 3'],
    [
      'moves the beginning by hand',
      'update chain_start set seq = 3, hash = (select hash from kept where seq = 3)',
    ],
    ['forgets the beginning', 'delete from chain_start'],
  ])('is no cover for somebody who %s', async (_, sql) => {
    const { database, log, remove } = await world()
    for (const day of [400, 399, 10, 9]) await log.append(entry(day))
    await remove(365)
    expect((await log.verify()).broken).toBeUndefined()
    await database.query('delete from kept_assertion where seq = 3')
    await database.query(sql)
    expect((await log.verify()).broken).toBeDefined()
  })

  it('still finds that newer entries were cut off', async () => {
    const { database, log, remove } = await world()
    for (const day of [400, 10, 9]) await log.append(entry(day))
    await remove(365)
    const { end } = await log.verify()
    await database.query('delete from kept where seq = 4')
    await database.query('update chain_end set seq = 3, hash = (select hash from kept where seq = 3)')
    expect((await log.verify()).broken).toBeUndefined()
    expect((await log.verify(end)).broken?.why).toMatch(/cut off/)
  })
})
