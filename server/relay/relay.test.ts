import { createRemoteJWKSet, jwtVerify } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { databases } from './test-databases'
import { browser, type PayerSaw, testEhr, testPayer, testRelay } from './world.test-data'

type Ehr = Awaited<ReturnType<typeof testEhr>>

const question = (n: number | string = 1) => ({
  hook: 'order-sign',
  hookInstance: `instance-${n}`,
  context: { patientId: 'jane' },
})
const said = {
  cards: [],
  systemActions: [
    { resource: { extension: [{ extension: [{ url: 'coverage-assertion-id', valueString: 'A-7' }] }] } },
  ],
}

describe.each(await databases())('the relay on $name', ({ fresh }) => {
  const closing: (() => Promise<unknown>)[] = []
  let ehr: Ehr
  beforeEach(async () => {
    ehr = await testEhr()
    closing.push(ehr.close)
  })
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  async function world(
    answer: Parameters<typeof testPayer>[0] = (_, response) => void response.end(JSON.stringify(said)),
    limits?: Readonly<Record<string, number>>,
  ) {
    const payer = await testPayer(answer)
    const relay = await testRelay({
      ehr: ehr.fhirBase,
      payers: [{ id: 'acme', cdsBase: `${payer.url}/cds` }],
      database: await fresh(),
      ...(limits && { limits }),
    })
    closing.push(payer.close, () => relay.close())
    return { payer, relay, page: browser(relay.url) }
  }
  const ask = '/payers/acme/cds/cds-services/order-sign'

  it('gives browsers the site’s configuration with its own address in the place of the payer’s', async () => {
    const { relay } = await world()
    const config = (await (await fetch(`${relay.url}/config.json`)).json()) as Record<string, unknown>
    expect(config).toMatchObject({ relay: '/relay', payers: [{ cdsBase: '/relay/payers/acme/cds' }] })
    const policy = (await fetch(relay.url)).headers.get('content-security-policy')
    expect(policy).toContain(`connect-src 'self' ${ehr.url};`)
  })

  it('passes a question on once, signed for that service, with nothing of the browser’s in it', async () => {
    const { payer, relay, page } = await world()
    const session = await page.signIn(ehr)
    const answer = await page.call('POST', ask, { session, body: question() })
    expect(await answer.json()).toEqual(said)
    expect(payer.saw).toHaveLength(1)
    const [saw] = payer.saw as [PayerSaw]
    expect(saw).toMatchObject({ method: 'POST', path: '/cds/cds-services/order-sign', cookie: undefined })
    expect(JSON.parse(saw.body)).toEqual(question())
    const token = saw.authorization?.replace('Bearer ', '') ?? ''
    const { payload, protectedHeader } = await jwtVerify(
      token,
      createRemoteJWKSet(new URL(`${relay.url}/relay/jwks.json`)),
      { issuer: relay.url, audience: `${payer.url}/cds/cds-services/order-sign`, algorithms: ['ES384'] },
    )
    expect(protectedHeader.typ).toBe('JWT')
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBeLessThanOrEqual(300)
    const keys = await (await fetch(`${relay.url}/relay/jwks.json`)).text()
    expect(keys).not.toContain('"d"')
  })

  it('signs each call anew', async () => {
    const { payer, page } = await world()
    const session = await page.signIn(ehr)
    await page.call('GET', '/payers/acme/cds/cds-services', { session })
    await page.call('POST', ask, { session, body: question() })
    await page.call('POST', ask, { session, body: question() })
    expect(new Set(payer.saw.map(({ authorization }) => authorization)).size).toBe(3)
  })

  it('passes nothing on without a session, or with another launch’s label, or from another site’s page', async () => {
    const { payer, page } = await world()
    const session = await page.signIn(ehr)
    expect((await page.call('POST', ask, { body: question() })).status).toBe(401)
    expect((await page.call('POST', ask, { session: 'other', body: question() })).status).toBe(401)
    const foreign = { session, body: question(), origin: 'https://evil.example' }
    expect((await page.call('POST', ask, foreign)).status).toBe(403)
    await page.call('POST', '/sign-out', { session })
    expect((await page.call('POST', ask, { session, body: question() })).status).toBe(401)
    expect(payer.saw).toEqual([])
  })

  it.each([
    ['forged', { isForged: true }],
    ['over', { expires: Math.floor(Date.now() / 1000) - 600 }],
    ['for another app', { audience: 'other' }],
    ['of another issuer', { issuer: 'https://other.example' }],
  ])('opens no session for an id_token that is %s', async (_, claims) => {
    const { page } = await world()
    const { nonce } = (await (await page.call('POST', '/nonce')).json()) as { nonce: string }
    const idToken = await ehr.idToken({ nonce, ...claims })
    const answer = await page.call('POST', '/session', { body: { idToken, fhirBase: ehr.fhirBase } })
    expect(answer.status).toBe(401)
    expect(answer.headers.getSetCookie()).toEqual([])
  })

  it('opens one session for an id_token, in the browser that began the sign-in, and no second one', async () => {
    const { relay, page } = await world()
    const { nonce } = (await (await page.call('POST', '/nonce')).json()) as { nonce: string }
    const body = { idToken: await ehr.idToken({ nonce }), fhirBase: ehr.fhirBase }
    const kept = new Map(page.cookies)
    expect((await browser(relay.url).call('POST', '/session', { body })).status).toBe(401)
    expect((await page.call('POST', '/session', { body })).status).toBe(200)
    for (const [name, value] of kept) page.cookies.set(name, value)
    expect((await page.call('POST', '/session', { body })).status).toBe(401)
  })

  it('asks no EHR for keys that is not listed', async () => {
    const { page } = await world()
    const other = await testEhr()
    closing.push(other.close)
    const { nonce } = (await (await page.call('POST', '/nonce')).json()) as { nonce: string }
    const body = { idToken: await other.idToken({ nonce }), fhirBase: other.fhirBase }
    expect((await page.call('POST', '/session', { body })).status).toBe(401)
  })

  it.each([
    '/payers/acme/cds/',
    '/payers/acme/cds/admin',
    '/payers/acme/cds/cds-services/../../admin',
    '/payers/acme/cds/cds-services/%2e%2e',
    '/payers/acme/cds/cds-services/a/b/c',
    '/payers/acme/cds/cds-services/http%3A%2F%2Fevil.example',
    '/payers/other/cds/cds-services',
    '/payers/https%3A%2F%2Fevil.example/cds/cds-services',
  ])('reaches nothing but the services of listed payers: %s', async (path) => {
    const { payer, page } = await world()
    const session = await page.signIn(ehr)
    await page.call('GET', path, { session })
    expect(payer.saw.filter((saw) => !/^\/cds\/cds-services\/[^/]+$/.test(saw.path))).toEqual([])
  })

  it('keeps question and answer before the browser sees it, and finds it by assertion', async () => {
    const { relay, page } = await world()
    const session = await page.signIn(ehr)
    await page.call('POST', ask, { session, body: question() })
    const { log } = relay
    const found = await log.search({ assertionId: 'A-7' })
    expect(found.map(({ kind }) => kind)).toEqual(['answered'])
    const both = await log.search({ patient: `${ehr.fhirBase}/Patient/jane` })
    expect(both.map(({ kind }) => kind)).toEqual(['answered', 'asked'])
    expect(JSON.parse(both[1]?.content ?? '').body).toBe(JSON.stringify(question()))
  })

  it('sends nothing where the log cannot be written, and says so', async () => {
    const { payer, relay, page } = await world()
    const session = await page.signIn(ehr)
    await relay.stopDatabase()
    const answer = await page.call('POST', ask, { session, body: question() })
    expect(answer.status).toBe(503)
    expect(await answer.text()).toMatch(/Nothing was sent/)
    expect(payer.saw).toEqual([])
    expect((await fetch(`${relay.url}/relay/ready`)).status).toBe(503)
    expect((await fetch(`${relay.url}/relay/health`)).status).toBe(200)
  })

  it.each([
    [
      'a slow payer',
      504,
      /did not answer within 1 second/,
      () => new Promise<void>((resolve) => setTimeout(resolve, 1500)),
    ],
    [
      'one that breaks off',
      502,
      /broke off/,
      (_: PayerSaw, response: { destroy(): void }) => response.destroy(),
    ],
    ['a redirect', 502, /not followed/, redirect],
    ['an answer without end', 502, /larger/, flood],
  ] as const)('tells of %s', async (_, status, words, answer) => {
    const { payer, page } = await world(answer as Parameters<typeof testPayer>[0], {
      payerMs: 1000,
      bytes: 20_000,
    })
    const session = await page.signIn(ehr)
    const given = await page.call('POST', ask, { session, body: question() })
    expect(given.status).toBe(status)
    expect(await given.text()).toMatch(words)
    expect(payer.saw).toHaveLength(1)
  })

  it('passes 429 and Retry-After on', async () => {
    const { page } = await world((_, response) => {
      response.writeHead(429, { 'retry-after': '7' })
      response.end('{}')
    })
    const session = await page.signIn(ehr)
    const answer = await page.call('POST', ask, { session, body: question() })
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7'])
  })

  it('keeps of many calls what happened, where payers fail', async () => {
    const calls = 200
    const { relay, payer, page } = await world(({ body }, response) => {
      const n = Number(/instance-(\d+)/.exec(body)?.[1])
      if (n % 10 === 0) return void response.destroy()
      if (n % 10 === 5) response.statusCode = 500
      response.end(JSON.stringify({ cards: [], n }))
    })
    const session = await page.signIn(ehr)
    const statuses: number[] = []
    for (let from = 0; from < calls; from += 20)
      await Promise.all(
        Array.from({ length: 20 }, async (_, n) => {
          statuses[from + n] = (await page.call('POST', ask, { session, body: question(from + n) })).status
        }),
      )
    expect(payer.saw).toHaveLength(calls)
    const { log } = relay
    for (let n = 0; n < calls; n += 1) {
      const kinds = (await log.search({ hookInstance: `instance-${n}` })).map(({ kind }) => kind)
      expect(kinds).toEqual([n % 10 === 0 ? 'failed' : 'answered', 'asked'])
      expect(statuses[n]).toBe(n % 10 === 0 ? 502 : n % 10 === 5 ? 500 : 200)
    }
    expect((await log.verify()).entries).toBe(2 * calls)
  })
})

function redirect(_: PayerSaw, response: Parameters<Parameters<typeof testPayer>[0]>[1]): void {
  response.writeHead(307, { location: 'https://evil.example/' })
  response.end()
}

function flood(_: PayerSaw, response: Parameters<Parameters<typeof testPayer>[0]>[1]): void {
  response.end(JSON.stringify({ cards: 'x'.repeat(30_000) }))
}
