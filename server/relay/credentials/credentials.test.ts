import { execFileSync } from 'node:child_process'
import { randomUUID, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../database'
import { migrate } from '../migrations'
import { browser, type PayerSaw, testEhr, testPayer, testRelay } from '../world.test-data'

const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const ask = '/payers/acme/cds/cds-services/order-sign'

type Answers = Parameters<typeof testPayer>[0]
const said = (response: Parameters<Answers>[1], status: number, json: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(json))
}

/** As openssl makes them: a client's certificate and key. */
function certificate(): { readonly pem: string; readonly key: string } {
  const folder = mkdtempSync(join(tmpdir(), 'beforehand-udap-'))
  const [pem, key] = [join(folder, 'client.pem'), join(folder, 'client.key')]
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', pem, '-days', '2'].concat([
      '-subj',
      '/CN=Clinic',
      '-addext',
      'subjectAltName=URI:https://clinic.example',
    ]),
    { stdio: 'ignore' },
  )
  return { pem: readFileSync(pem, 'utf8'), key: readFileSync(key, 'utf8') }
}

describe('what a payer is shown of who calls', () => {
  const closing: (() => Promise<unknown>)[] = []
  let ehr: Awaited<ReturnType<typeof testEhr>>
  let database: Database
  beforeAll(async () => {
    database = await openDatabase('memory://')
    await migrate(database)
  }, 60_000)
  afterAll(() => database.close())
  beforeEach(async () => {
    ehr = await testEhr()
    closing.push(ehr.close)
  })
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  /** A payer whose token endpoint counts what it gives; `tokens` and `services` may answer in another way. */
  async function world(
    settings: (url: string) => Readonly<Record<string, unknown>>,
    how: {
      readonly tokens?: (n: number, saw: PayerSaw) => readonly [number, unknown]
      readonly services?: (saw: PayerSaw) => number
      readonly discovery?: (url: string) => unknown
      readonly files?: Readonly<Record<string, string>>
    } = {},
  ) {
    let given = 0
    const payer = await testPayer(async (saw, response) => {
      if (saw.path === '/fhir/.well-known/smart-configuration')
        return said(response, 200, how.discovery?.(payer.url) ?? { token_endpoint: `${payer.url}/token` })
      if (saw.path === '/token') {
        given += 1
        // So that calls at once meet one fetch that is under way.
        await new Promise((resolve) => setTimeout(resolve, 30))
        const fresh = { access_token: `access-${given}`, token_type: 'bearer', expires_in: 300 }
        return said(response, ...(how.tokens?.(given, saw) ?? ([200, fresh] as const)))
      }
      const status = how.services?.(saw) ?? 200
      return said(response, status, status === 200 ? { cards: [] } : {})
    })
    const relay = await testRelay({
      ehr: ehr.fhirBase,
      payers: [
        {
          id: 'acme',
          cdsBase: `${payer.url}/cds`,
          fhirBase: `${payer.url}/fhir`,
          settings: settings(payer.url),
        },
      ],
      // The next relay goes on with it.
      database: { ...database, close: async () => undefined },
      ...(how.files && { files: how.files }),
    })
    closing.push(payer.close, () => relay.close())
    const page = browser(relay.url)
    const hookInstance = randomUUID()
    const question = { hook: 'order-sign', hookInstance, context: { patientId: 'jane' } }
    const session = await page.signIn(ehr)
    return {
      payer,
      relay,
      /** What the log has of it. */
      kept: () => relay.log.search({ hookInstance }),
      ask: () => page.call('POST', ask, { session, body: question }),
      tokens: () =>
        payer.saw
          .filter(({ path }) => path === '/token')
          .map(({ body }) => Object.fromEntries(new URLSearchParams(body))),
      services: () => payer.saw.filter(({ path }) => path.startsWith('/cds/')),
    }
  }

  const backend = () => ({ credential: { kind: 'smart-backend', clientId: 'clinic', scope: 'system/*.rs' } })

  it('is nothing where nothing is set up', async () => {
    const { ask, services } = await world(() => ({}))
    expect((await ask()).status).toBe(200)
    expect(services().map(({ authorization }) => authorization)).toEqual([undefined])
  })

  it('is an access token for an assertion that the site signs (SMART backend services)', async () => {
    const { payer, relay, kept, ask, tokens, services } = await world(backend)
    const answer = await ask()
    expect(services().map(({ authorization }) => authorization)).toEqual(['Bearer access-1'])
    const [form] = tokens()
    expect(form).toMatchObject({
      grant_type: 'client_credentials',
      scope: 'system/*.rs',
      client_assertion_type: JWT_BEARER,
    })
    const { payload, protectedHeader } = await jwtVerify(
      form?.client_assertion ?? '',
      createRemoteJWKSet(new URL(`${relay.url}/relay/jwks.json`)),
      { issuer: 'clinic', subject: 'clinic', audience: `${payer.url}/token` },
    )
    expect(protectedHeader).toMatchObject({ alg: 'ES384', kid: expect.any(String), typ: 'JWT' })
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBeLessThanOrEqual(300)
    expect(payload.jti).toEqual(expect.any(String))
    // The browser sees nothing of it, nor does the log.
    const shown = JSON.stringify([...answer.headers]) + (await answer.text())
    expect(shown + JSON.stringify(await kept())).not.toMatch(/access-1|client_assertion/)
  })

  it('is fetched once for calls at once, and kept', async () => {
    const { ask, tokens, services } = await world(backend)
    await Promise.all([ask(), ask(), ask()])
    await ask()
    expect(tokens()).toHaveLength(1)
    expect(services()).toHaveLength(4)
  })

  it('is fetched anew, with another jti, when its time is nearly over', async () => {
    const { relay, ask, tokens } = await world(backend, {
      tokens: (n) => [200, { access_token: `short-${n}`, token_type: 'Bearer', expires_in: 0 }],
    })
    await ask()
    await ask()
    const ids = await Promise.all(
      tokens().map(async ({ client_assertion = '' }) => {
        const keys = createRemoteJWKSet(new URL(`${relay.url}/relay/jwks.json`))
        return (await jwtVerify(client_assertion, keys)).payload.jti
      }),
    )
    expect(new Set(ids).size).toBe(2)
  })

  it('is renewed once at a 401, and what the payer says then is the answer', async () => {
    const { ask, tokens, services } = await world(backend, {
      services: ({ authorization }) => (authorization === 'Bearer access-1' ? 401 : 200),
    })
    expect((await ask()).status).toBe(200)
    expect(tokens()).toHaveLength(2)
    expect(services().map(({ authorization }) => authorization)).toEqual([
      'Bearer access-1',
      'Bearer access-2',
    ])
    await ask()
    expect(tokens()).toHaveLength(2)

    const never = await world(backend, { services: () => 401 })
    expect((await never.ask()).status).toBe(401)
    expect(never.tokens()).toHaveLength(2)
    expect(never.services()).toHaveLength(2)
  })

  it('is sent twice by no self-issued token that the payer refuses', async () => {
    const { ask, services } = await world(() => ({ credential: { kind: 'jwt' } }), { services: () => 401 })
    expect((await ask()).status).toBe(401)
    expect(services()).toHaveLength(1)
  })

  it.each([
    ['refuses', () => [400, { error: 'invalid_client' }] as const, /invalid_client/],
    ['gives no token', () => [200, { token_type: 'bearer' }] as const, /no Bearer token/],
    [
      'gives what would break out of the header',
      () => [200, { access_token: 'a b', token_type: 'bearer' }] as const,
      /no Bearer token/,
    ],
  ])(
    'tells where the token endpoint %s; nothing of the patient is sent, and it is kept',
    async (_, tokens, words) => {
      const { kept, ask, services } = await world(backend, { tokens })
      const answer = await ask()
      expect(answer.status).toBe(502)
      const body = await answer.text()
      expect(body).toMatch(/did not sign this site in/)
      expect(body).toMatch(words)
      expect(services()).toEqual([])
      const [failed] = await kept()
      expect(failed?.kind).toBe('failed')
      expect(failed?.content).toMatch(words)
    },
  )

  it.each([
    ['another host', 'https://evil.example/token'],
    ['a name before the host', 'http://user@localhost:1/token'],
    ['no address', 'token'],
  ])('goes to no token endpoint with %s that a payer’s discovery names', async (_, token_endpoint) => {
    const { ask, tokens, services } = await world(backend, { discovery: () => ({ token_endpoint }) })
    expect((await ask()).status).toBe(502)
    expect([tokens(), services()]).toEqual([[], []])
  })

  it('follows no redirect of a token endpoint', async () => {
    const { ask, services } = await world(backend, { tokens: () => [307, {}] })
    expect(await (await ask()).text()).toMatch(/a redirect, not followed/)
    expect(services()).toEqual([])
  })

  const udap = (url: string) => ({
    credential: {
      kind: 'udap',
      clientId: 'https://clinic.example',
      scope: 'system/*.rs',
      tokenUrl: `${url}/token`,
      certificate: 'client.pem',
      key: 'client.key',
      organizationId: 'https://clinic.example/org',
      organizationName: 'Clinic',
    },
  })

  it('is a token for an assertion with a certificate and the B2B extension (UDAP)', async () => {
    const { pem, key } = certificate()
    const files = { 'client.pem': pem, 'client.key': key }
    const { payer, ask, tokens, services } = await world(udap, { files })
    expect((await ask()).status).toBe(200)
    expect(services().map(({ authorization }) => authorization)).toEqual(['Bearer access-1'])
    const [form] = tokens()
    expect(form).toMatchObject({
      grant_type: 'client_credentials',
      client_assertion_type: JWT_BEARER,
      udap: '1',
    })
    const { x5c = [], alg } = decodeProtectedHeader(form?.client_assertion ?? '')
    const leaf = new X509Certificate(Buffer.from(x5c[0] ?? '', 'base64'))
    expect([alg, leaf.subjectAltName]).toEqual(['RS256', 'URI:https://clinic.example'])
    const { payload } = await jwtVerify(form?.client_assertion ?? '', leaf.publicKey, {
      issuer: 'https://clinic.example',
      subject: 'https://clinic.example',
      audience: `${payer.url}/token`,
    })
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBeLessThanOrEqual(300)
    expect(payload.extensions).toEqual({
      'hl7-b2b': {
        version: '1',
        organization_id: 'https://clinic.example/org',
        organization_name: 'Clinic',
        purpose_of_use: ['urn:oid:2.16.840.1.113883.5.8#TREAT'],
      },
    })
  })

  it.each([
    ['the key of another certificate', () => ({ key: certificate().key }), /is not the key of/],
    ['no key', () => ({ key: 'x' }), /client\.key holds no private key/],
    ['no certificate', () => ({ pem: 'x' }), /client\.pem holds no certificate/],
  ])('stops the start where there is %s', async (_, broken, words) => {
    const { pem, key } = { ...certificate(), ...broken() }
    const files = { 'client.pem': pem, 'client.key': key }
    await expect(world(udap, { files })).rejects.toThrow(words)
    await expect(world(udap, { files })).rejects.toThrow(/^payers\.acme, services: /)
  })

  it.each([
    ['a kind that does not exist', { kind: 'basic' }, /payers\.acme\.credential\.kind/],
    ['no scope', { kind: 'smart-backend', clientId: 'x' }, /payers\.acme\.credential\.scope/],
    [
      'a token address without TLS',
      { kind: 'smart-backend', clientId: 'x', scope: 'y', tokenUrl: 'http://payer.example/token' },
      /payers\.acme\.credential\.tokenUrl: must be an https address/,
    ],
    ['a misspelt field', { kind: 'jwt', tenent: 'x' }, /payers\.acme\.credential\.tenent/],
  ])('stops the start with the path of what is wrong: %s', async (_, credential, words) => {
    await expect(world(() => ({ credential }))).rejects.toThrow(words)
  })
})
