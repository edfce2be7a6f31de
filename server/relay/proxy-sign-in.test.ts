import { afterEach, expect, it } from 'vitest'
import { openDatabase } from './database'
import { migrate } from './migrations'
import { testEhr, testPayer, testRelay } from './world.test-data'

const SECRET = 'a secret of the proxy and the relay, long enough'
const settings = { userHeader: 'X-Remote-User', secretHeader: 'X-Proxy-Secret', secret: 'proxy.secret' }

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function world(more: object = { proxySignIn: settings }, secret = SECRET) {
  const ehr = await testEhr()
  const payer = await testPayer((_, response) => void response.end('{"cards":[]}'))
  closing.push(ehr.close, payer.close)
  const database = await openDatabase('memory://')
  await migrate(database)
  const relay = await testRelay({
    ehr: ehr.fhirBase,
    payers: [{ id: 'acme', cdsBase: `${payer.url}/cds` }],
    database,
    files: { 'proxy.secret': `${secret}\n` },
    more: { ...more },
  })
  closing.push(() => relay.close())
  const post = (path: string, headers: Record<string, string>, body: object) =>
    fetch(`${relay.url}/relay${path}`, {
      method: 'POST',
      headers: { origin: relay.url, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const signIn = (headers: Record<string, string>, idToken = '', fhirBase = ehr.fhirBase) =>
    post('/session', headers, { idToken, fhirBase })
  return { ehr, payer, relay, post, signIn }
}

const proxied = { 'X-Remote-User': 'alice', 'X-Proxy-Secret': SECRET }

it('takes the site’s own proxy at its word for users of an EHR that sends no id_token', async () => {
  const { payer, relay, post, signIn } = await world()
  const answer = await signIn(proxied)
  const { session } = (await answer.json()) as { session: string }
  const cookie = answer.headers.getSetCookie().join().split(';')[0] ?? ''
  const body = { hook: 'order-sign', hookInstance: 'i-1', context: { patientId: 'jane' } }
  const asked = await post('/payers/acme/cds/cds-services/x', { cookie, 'x-relay-session': session }, body)
  expect(asked.status).toBe(200)
  expect(payer.saw).toHaveLength(1)
  expect(payer.saw[0]).toMatchObject({ cookie: undefined })
  const kept = await relay.log.search({ hookInstance: 'i-1' })
  expect(kept.map(({ user }) => user)).toEqual(['proxy alice', 'proxy alice'])
})

it.each([
  ['no secret', { 'X-Remote-User': 'alice' }],
  ['another secret', { ...proxied, 'X-Proxy-Secret': `${SECRET}.` }],
  ['nobody’s name', { 'X-Proxy-Secret': SECRET, 'X-Remote-User': ' ' }],
])('believes no call with %s', async (_, headers) => {
  const { signIn } = await world()
  const answer = await signIn(headers)
  expect(answer.status).toBe(401)
  expect(answer.headers.getSetCookie()).toEqual([])
})

it('believes the proxy for listed EHRs alone, for no page of another origin, and never beside an id_token', async () => {
  const { ehr, signIn } = await world()
  expect((await signIn(proxied, '', 'https://other.example/fhir')).status).toBe(401)
  expect((await signIn({ ...proxied, origin: 'https://evil.example' })).status).toBe(403)
  expect((await signIn(proxied, await ehr.idToken({ nonce: 'of nobody' }))).status).toBe(401)
})

it('believes no header where the site does not say so', async () => {
  const { signIn } = await world({})
  expect((await signIn(proxied)).status).toBe(401)
})

it('does not start with a secret that could be guessed', async () => {
  await expect(world({ proxySignIn: settings }, 'short')).rejects.toThrow(
    'proxy.secret cannot be used. Expected at least 32 characters.',
  )
})
