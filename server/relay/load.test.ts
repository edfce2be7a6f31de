import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { databases } from './test-databases'
import { browser, testEhr, testPayer, testRelay } from './world.test-data'

type Ehr = Awaited<ReturnType<typeof testEhr>>

const CALLS = 1_000
const PAYERS = 20
const question = (n: number) => ({
  hook: 'order-sign',
  hookInstance: `call-${n}`,
  context: { patientId: `patient-${n % 7}` },
})

/** What one payer does to every call. */
type Kind = 'answers' | 'fails' | 'breaks off' | 'is slow'

/** Of twenty payers every tenth: the tenth is slow, the twentieth fails in one of two ways. */
const kindOf = (payer: number, n: number): Kind =>
  payer === 9 ? 'is slow' : payer === 19 ? (n % 40 < 20 ? 'fails' : 'breaks off') : 'answers'

describe.each(await databases())('a relay under load on $name', ({ fresh }) => {
  const closing: (() => Promise<unknown>)[] = []
  let ehr: Ehr
  beforeEach(async () => {
    ehr = await testEhr()
    closing.push(ehr.close)
  })
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  it('answers for quick payers while a slow one still thinks, and keeps of 1,000 calls what happened', async () => {
    const held: ServerResponse[] = []
    const seen = new Map<string, number>()
    const payers = await Promise.all(
      Array.from({ length: PAYERS }, (_, payer) =>
        testPayer(({ body }, response) => {
          const n = Number(/call-(\d+)/.exec(body)?.[1])
          seen.set(`call-${n}`, (seen.get(`call-${n}`) ?? 0) + 1)
          const kind = kindOf(payer, n)
          if (kind === 'is slow') return void held.push(response)
          if (kind === 'breaks off') return void response.destroy()
          if (kind === 'fails') response.statusCode = 500
          response.end(JSON.stringify({ cards: [], n }))
        }),
      ),
    )
    const relay = await testRelay({
      ehr: ehr.fhirBase,
      payers: payers.map(({ url }, n) => ({ id: `p${n}`, cdsBase: `${url}/cds` })),
      database: await fresh(),
      limits: { payerMs: 120_000, perMinute: 10_000 },
    })
    for (const payer of payers) closing.push(payer.close)
    closing.push(() => relay.close())
    const page = browser(relay.url)
    const session = await page.signIn(ehr)

    const statuses = new Map<number, number>()
    const ask = async (n: number): Promise<void> => {
      const path = `/payers/p${n % PAYERS}/cds/cds-services/order-sign`
      const answer = await page.call('POST', path, { session, body: question(n) })
      await answer.text()
      statuses.set(n, answer.status)
    }
    const all = Array.from({ length: CALLS }, (_, n) => n)
    const slow = all.filter((n) => kindOf(n % PAYERS, n) === 'is slow')
    const others = all.filter((n) => !slow.includes(n))
    const slowOnes = Promise.all(slow.map(ask))
    // Fifty at once, as many as there are desks.
    const queue = [...others]
    const desk = async (): Promise<void> => {
      for (let n = queue.shift(); n !== undefined; n = queue.shift()) await ask(n)
    }
    await Promise.all(Array.from({ length: 50 }, desk))
    expect(statuses.size, 'every quick payer’s call is over, and none of the slow one’s').toBe(others.length)
    while (held.length < slow.length) await new Promise((resolve) => setTimeout(resolve, 20))
    for (const response of held) response.end(JSON.stringify({ cards: [] }))
    await slowOnes

    const entries = await relay.log.search({}, 10_000)
    expect(entries).toHaveLength(2 * CALLS)
    for (const n of all) {
      const kind = kindOf(n % PAYERS, n)
      expect(statuses.get(n)).toBe(kind === 'breaks off' ? 502 : kind === 'fails' ? 500 : 200)
      expect(seen.get(`call-${n}`), 'each went out once').toBe(1)
      const own = entries.filter((entry) => entry.hookInstance === `call-${n}`)
      expect(own.map((entry) => [entry.kind, entry.payer])).toEqual([
        [kind === 'breaks off' ? 'failed' : 'answered', `p${n % PAYERS}`],
        ['asked', `p${n % PAYERS}`],
      ])
      if (kind === 'fails') expect(JSON.parse(own[0]?.content ?? '').status).toBe(500)
    }
    expect(await relay.log.verify()).toMatchObject({ entries: 2 * CALLS })
    expect((await relay.log.verify()).broken).toBeUndefined()
  }, 120_000)

  it('turns further calls to a payer away where it has too many under way, and sends them nothing', async () => {
    const held: ServerResponse[] = []
    const payer = await testPayer((_, response) => void held.push(response))
    const relay = await testRelay({
      ehr: ehr.fhirBase,
      payers: [{ id: 'acme', cdsBase: `${payer.url}/cds` }],
      database: await fresh(),
      limits: { atOnce: 3, perMinute: 10 },
    })
    closing.push(payer.close, () => relay.close())
    const page = browser(relay.url)
    const session = await page.signIn(ehr)
    const ask = (n: number) =>
      page.call('POST', '/payers/acme/cds/cds-services/order-sign', { session, body: question(n) })
    const first = [1, 2, 3].map(ask)
    while (held.length < 3) await new Promise((resolve) => setTimeout(resolve, 20))
    const fourth = await ask(4)
    expect([fourth.status, fourth.headers.get('retry-after')]).toEqual([429, '2'])
    expect(await fourth.text()).toMatch(/Nothing was sent/)
    for (const response of held) response.end('{}')
    expect((await Promise.all(first)).map(({ status }) => status)).toEqual([200, 200, 200])
    expect(payer.saw).toHaveLength(3)
    expect(await relay.log.search({ hookInstance: 'call-4' })).toEqual([])
  })

  it('lets no session ask more often than agreed, and stops no other session for it', async () => {
    const payer = await testPayer((_, response) => void response.end('{}'))
    const relay = await testRelay({
      ehr: ehr.fhirBase,
      payers: [{ id: 'acme', cdsBase: `${payer.url}/cds` }],
      database: await fresh(),
      limits: { perMinute: 3 },
    })
    closing.push(payer.close, () => relay.close())
    const [one, other] = [browser(relay.url), browser(relay.url)]
    const [session, second] = [await one.signIn(ehr), await other.signIn(ehr)]
    const path = '/payers/acme/cds/cds-services/order-sign'
    const statuses: number[] = []
    for (let n = 0; n < 4; n += 1)
      statuses.push((await one.call('POST', path, { session, body: question(n) })).status)
    expect(statuses).toEqual([200, 200, 200, 429])
    expect((await other.call('POST', path, { session: second, body: question(9) })).status).toBe(200)
    expect(payer.saw).toHaveLength(4)
  })
})
