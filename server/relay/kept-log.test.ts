import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import type { Database } from './database'
import { keptLog } from './kept-log'
import { newSiteKey, readSiteKey } from './site-key'
import { databases } from './test-databases'

const open: Database[] = []
afterEach(async () => {
  for (const database of open.splice(0)) await database.close()
})

describe.each(await databases())('the kept log on $name', ({ fresh }) => {
  const key = readSiteKey(newSiteKey())
  const asked = (n: number) => ({
    at: Date.UTC(2026, 10, 21, 9, 0, n),
    kind: 'asked' as const,
    invocation: `invocation-${n}`,
    payer: 'acme',
    hookInstance: `hook-${n}`,
    user: 'https://ehr.example Practitioner/1',
    patient: `https://ehr.example/Patient/${n % 2}`,
    assertionIds: [`assertion-${n}`],
    content: JSON.stringify({ question: `about Patient ${n}` }),
  })
  async function started(entries: number) {
    const database = await fresh()
    open.push(database)
    const log = keptLog(database, key)
    for (let n = 1; n <= entries; n += 1) await log.append(asked(n))
    return { database, log }
  }

  it('gives back what was kept, by patient, hookInstance, assertion and time', async () => {
    const { log } = await started(4)
    const found = async (search: Parameters<typeof log.search>[0]) =>
      (await log.search(search)).map(({ seq }) => seq)
    expect(await found({ patient: 'https://ehr.example/Patient/0' })).toEqual([4, 2])
    expect(await found({ hookInstance: 'hook-3' })).toEqual([3])
    expect(await found({ assertionId: 'assertion-2' })).toEqual([2])
    expect(await found({ from: asked(2).at, to: asked(3).at })).toEqual([3, 2])
    expect((await log.search({ hookInstance: 'hook-3' }))[0]?.content).toBe(asked(3).content)
  })

  it('keeps nothing that tells who or what to somebody with the database alone', async () => {
    const { database } = await started(1)
    const rows = JSON.stringify([
      await database.query('select * from kept'),
      await database.query(`select encode(sealed, 'escape') from kept`),
      await database.query('select * from kept_assertion'),
    ])
    expect(rows).not.toMatch(/Patient|Practitioner|question|assertion-1/)
  })

  it('is verified as it stands, and its end lies on the longer chain later', async () => {
    const { log } = await started(3)
    const { entries, end, broken } = await log.verify()
    expect({ entries, broken }).toEqual({ entries: 3, broken: undefined })
    await log.append(asked(4))
    expect((await log.verify(end)).broken).toBeUndefined()
  })

  it.each([
    ['a changed time', `update kept set at = at + interval '1 second' where seq = 2`, 2],
    ['another payer', `update kept set payer = 'other' where seq = 2`, 2],
    [
      'content of another row',
      'update kept set sealed = (select sealed from kept where seq = 1) where seq = 2',
      2,
    ],
    ['an assertion taken away', 'delete from kept_assertion where seq = 2', 2],
    ['an entry taken out', 'delete from kept_assertion where seq = 2; delete from kept where seq = 2', 2],
    [
      'two entries exchanged',
      'update kept set seq = -seq where seq in (2, 3); update kept set seq = seq + 5 where seq < 0',
      2,
    ],
    ['the last one cut off', 'delete from kept_assertion where seq = 3; delete from kept where seq = 3', 3],
  ])('tells of %s', async (_, sql, seq) => {
    const { database, log } = await started(3)
    await database.query('alter table kept_assertion drop constraint kept_assertion_seq_fkey')
    for (const statement of sql.split(';')) await database.query(statement)
    expect((await log.verify()).broken?.seq).toBe(seq)
  })

  it('tells of entries cut off together with the end of the chain, where the end had been noted', async () => {
    const { database, log } = await started(3)
    const { end } = await log.verify()
    await database.query('delete from kept_assertion where seq = 3')
    await database.query('delete from kept where seq = 3')
    await database.query('update chain_end set seq = 2, hash = (select hash from kept where seq = 2)')
    expect((await log.verify()).broken).toBeUndefined()
    expect((await log.verify(end)).broken?.why).toMatch(/cut off/)
  })

  it('is one chain when many write at once', async () => {
    const { database } = await started(0)
    const logs = [keptLog(database, key), keptLog(database, key)]
    await Promise.all(
      Array.from({ length: 40 }, (_, n) => logs[n % 2]?.append({ ...asked(n), invocation: randomUUID() })),
    )
    const { entries, broken } = await keptLog(database, key).verify()
    expect({ entries, broken }).toEqual({ entries: 40, broken: undefined })
  })

  it('tells each of many its own number, and writes those that wait in few transactions', async () => {
    const { database } = await started(0)
    let transactions = 0
    const log = keptLog(
      {
        ...database,
        transaction: (run) => {
          transactions += 1
          return database.transaction(run)
        },
      },
      key,
    )
    const numbers = await Promise.all(Array.from({ length: 120 }, (_, n) => log.append(asked(n))))
    expect(numbers).toEqual(Array.from({ length: 120 }, (_, n) => n + 1))
    expect(transactions, 'one at first, then fifty at a time').toBe(4)
    const [found] = await log.search({ hookInstance: 'hook-77' })
    expect(found?.seq).toBe(78)
    expect((await log.verify()).broken).toBeUndefined()
  })

  it('turns away what the database does not take, and nothing beside it', async () => {
    const { log } = await started(1)
    const bad = { ...asked(5), hookInstance: 'a\u0000b' }
    const results = await Promise.allSettled([asked(2), asked(3), bad, asked(4)].map(log.append))
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
    const { entries, broken } = await log.verify()
    expect({ entries, broken }).toEqual({ entries: 4, broken: undefined })
  })

  it('keeps an answer with thousands of assertions', async () => {
    const { log } = await started(0)
    const assertionIds = Array.from({ length: 2_500 }, (_, n) => `many-${n}`)
    await log.append({ ...asked(1), assertionIds })
    expect(await log.search({ assertionId: 'many-2499' })).toHaveLength(1)
    expect((await log.verify()).broken).toBeUndefined()
  })

  it('gives whole invocations page by page, each once, whatever lies between their entries', async () => {
    const { log } = await started(0)
    // Each outcome comes three questions later.
    for (let n = 1; n <= 12; n += 1) {
      await log.append(asked(n))
      if (n > 3) await log.append({ ...asked(n - 3), kind: 'answered', at: asked(n).at })
    }
    const pages: (readonly string[])[] = []
    for (let before: number | undefined; ; ) {
      const found = await log.invocations(before === undefined ? {} : { before }, 5)
      if (found.length === 0) break
      pages.push(found.map(({ id }) => id))
      before = found.at(-1)?.seq
    }
    expect(pages.map((page) => page.length)).toEqual([5, 5, 2])
    expect(new Set(pages.flat()).size).toBe(12)
    const [whole] = await log.invocations({ hookInstance: 'hook-1' }, 1)
    expect(whole?.entries.map(({ kind }) => kind)).toEqual(['asked', 'answered'])
    // The question alone lies within this time; its outcome comes along.
    const within = await log.invocations({ from: asked(1).at, to: asked(1).at }, 5)
    expect(within.map(({ id, entries }) => [id, entries.length])).toEqual([['invocation-1', 2]])
  })

  it('does not open with another site’s key', async () => {
    const { database } = await started(1)
    const other = keptLog(database, readSiteKey(newSiteKey()))
    expect((await other.verify()).broken?.seq).toBe(1)
    await expect(other.search({ hookInstance: 'hook-1' })).rejects.toThrow()
  })
})
