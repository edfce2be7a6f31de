import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { newKeyFiles } from '../server/relay/new-key-files'
import { checkSetup } from '../src/domain/setup/check'
import { setupReport } from '../src/domain/setup/report'
import { APP, check, finding, limit, site } from './check-setup.test-data'
import { relayWorld, siteWorld } from './setup-world'

describe('the set-up check of foreign servers', () => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })

  async function serverOf(handle: RequestListener): Promise<string> {
    const server = createServer(handle)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closing.push(
      () =>
        new Promise((resolve) => {
          server.closeAllConnections()
          server.close(() => resolve())
        }),
    )
    const address = server.address()
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  }
  const json =
    (answers: Readonly<Record<string, unknown>>, headers: Readonly<Record<string, string>> = {}) =>
    (request: { readonly url?: string | undefined }, response: Parameters<RequestListener>[1]): void => {
      const found = answers[request.url ?? '']
      response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json', ...headers })
      response.end(JSON.stringify(found ?? {}))
    }
  const smart = (base: string, more: Readonly<Record<string, unknown>> = {}) => ({
    authorization_endpoint: `${base}/authorize`,
    token_endpoint: `${base}/token`,
    ...more,
  })

  it.each([
    [
      'a web page',
      (_, r) => void r.end('<!doctype html><title>Portal</title>'),
      /a web page instead of JSON/,
    ],
    ['something else', (_, r) => void r.end('ok'), /not JSON/],
    [
      'another address',
      (_, r) => void r.writeHead(302, { location: 'https://login.example/x?token=secret' }).end(),
      /leads on to https:\/\/login\.example\/x\. The app does not follow/,
    ],
    ['nothing in time', () => undefined, /did not answer in time/],
    ['a cut line', (_, r) => void r.destroy(), /could not be reached/],
    ['a fault', (_, r) => void r.writeHead(500).end(), /answered with status 500/],
  ] as const satisfies readonly (readonly [string, RequestListener, RegExp])[])(
    'tells of %s in the place of discovery, and how to mend it',
    async (_, handle, words) => {
      const base = await serverOf(handle)
      const checked = await check(`${base}/fhir`, { cdsBase: base, fhirBase: `${base}/fhir` }, 500)
      for (const [kind, what] of [
        ['ehr', 'SMART discovery'],
        ['ehr', 'FHIR API'],
        ['payer', 'Discovery'],
        ['payer', 'FHIR API'],
      ] as const) {
        const found = finding(checked, kind, what)
        expect(found?.state).toBe('fail')
        expect(found?.words).toMatch(words)
        expect(found?.mend).toMatch(/\w+/)
      }
      expect(setupReport(checked, { from: 'command', appOrigin: APP, madeAt: '' })).not.toContain('secret')
    },
  )

  it('tells of a server that does not speak TLS', async () => {
    const base = (await serverOf((_, response) => void response.end('{}'))).replace('http:', 'https:')
    const checked = await check(`${base}/fhir`, { cdsBase: base })
    expect(finding(checked, 'ehr', 'SMART discovery')?.words).toMatch(/does not speak TLS/)
    expect(finding(checked, 'payer', 'Discovery')?.mend).toMatch(/certificate/)
  })

  it('tells of https that leads to an address without it', async () => {
    const base = await serverOf((_, response) => void response.end('{}'))
    const world = siteWorld(site('https://ehr.example/fhir', {}), APP, limit)
    const checked = await checkSetup({
      ...world,
      // The test has no name and certificate of its own: this one leads both ports of the name to the same server.
      probe: {
        ...world.probe,
        send: (request) =>
          world.probe.send({ ...request, url: request.url.replace(/^https?:\/\/ehr\.example(:80)?/, base) }),
      },
    })
    expect(finding(checked, 'ehr', 'Encryption')).toMatchObject({
      state: 'warn',
      words: 'Lakeside gives the same without encryption too.',
    })
  })

  it('tells of missing PKCE, and of a token endpoint that is not listed', async () => {
    const plain = { code_challenge_methods_supported: ['plain'], token_endpoint: 'https://sso.example/token' }
    const base = await serverOf((request, response) =>
      json({ '/fhir/.well-known/smart-configuration': smart('https://x.example', plain) })(request, response),
    )
    const checked = await check(`${base}/fhir`, {})
    expect(finding(checked, 'ehr', 'Protected sign-in (PKCE)')).toMatchObject({
      state: 'fail',
      words: expect.stringMatching(/does not offer PKCE with S256, only plain/),
    })
    expect(finding(checked, 'ehr', 'Sign-in')?.mend).toMatch(/Add "https:\/\/sso\.example" to origins/)
    expect(finding(checked, 'payer', 'Address')?.words).toMatch(/neither cdsBase nor fhirBase/)
  })

  it.each([
    ['no CORS at all', {}, /no origin is allowed/],
    ['another origin', { 'access-control-allow-origin': 'https://other.example' }, /only https:\/\/other/],
    [
      'a star for the headers, which never stands for Authorization',
      { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' },
      /the headers authorization are not allowed/,
    ],
    [
      'an answer that hides where a record went',
      {
        'access-control-allow-origin': '*',
        'access-control-allow-headers': 'Authorization, Content-Type, If-None-Exist',
      },
      /hides location/,
    ],
  ])('tells of %s', async (_, headers, words) => {
    const statement = { resourceType: 'CapabilityStatement', fhirVersion: '4.0.1', rest: [] }
    const base = await serverOf(
      json(
        {
          '/fhir/metadata': statement,
          '/fhir/DocumentReference': {},
          '/fhir/.well-known/smart-configuration': smart('https://x.example'),
        },
        headers,
      ),
    )
    const found = finding(
      await check(`${base}/fhir`, {}),
      'ehr',
      'Calls from browsers: reading and writing the chart',
    )
    expect(found?.state).toBe('fail')
    expect(found?.words).toMatch(words)
    expect(found?.mend).toContain(`origin ${APP}`)
  })

  /** A relay's world for one payer of our own making. */
  async function relayed(payer: string, credential: unknown) {
    const folder = mkdtempSync(join(tmpdir(), 'beforehand-setup-'))
    await newKeyFiles(folder)
    const write = (name: string, value: unknown) => writeFileSync(join(folder, name), JSON.stringify(value))
    write('config.json', site('http://127.0.0.1:9/fhir', { cdsBase: payer, fhirBase: `${payer}/fhir` }))
    write('relay.json', {
      site: 'config.json',
      publicUrl: APP,
      database: 'not opened',
      siteKey: 'site.key',
      signingKeys: 'signing.json',
      payers: { acme: { credential, records: { credential } } },
    })
    return checkSetup(await relayWorld(join(folder, 'relay.json'), limit))
  }
  const asked: string[] = []
  const strictPayer: RequestListener = (request, response) => {
    const isCalled = request.headers.authorization !== undefined
    request.on('data', (part: Buffer) => asked.push(part.toString()))
    request.on('end', () => {
      response.writeHead(isCalled ? (request.method === 'GET' ? 200 : 400) : 401, {
        'content-type': 'application/json',
      })
      response.end(
        JSON.stringify({
          resourceType: 'CapabilityStatement',
          fhirVersion: '4.0.1',
          services: [{ id: 'sign', hook: 'order-sign' }],
        }),
      )
    })
  }

  it('says that a payer takes the token where it refuses everybody without one, by questions about nobody', async () => {
    asked.length = 0
    const checked = await relayed(await serverOf(strictPayer), { kind: 'jwt' })
    expect(finding(checked, 'payer', 'This site’s credential')).toMatchObject({
      state: 'ok',
      words: 'Acme takes it, and answers nobody without one.',
    })
    expect(finding(checked, 'payer', 'This site’s credential for records')?.state).toBe('ok')
    expect(finding(checked, 'payer', 'Member match')?.state).toBe('warn')
    expect(finding(checked, 'payer', 'Discovery')?.state, 'which it gives to those with a token').toBe('ok')
    expect(asked.length).toBeGreaterThan(0)
    for (const body of asked)
      expect(JSON.parse(body).context ?? JSON.parse(body).parameter).toEqual(body.includes('hook') ? {} : [])
  })

  it('tells that a payer gives no access token, and its reason', async () => {
    const base = await serverOf((request, response) => {
      response.writeHead(request.url === '/token' ? 400 : 200, { 'content-type': 'application/json' })
      response.end(
        JSON.stringify(
          request.url === '/token'
            ? { error: 'invalid_client', error_description: 'SECRET' }
            : { services: [{ id: 'sign', hook: 'order-sign' }] },
        ),
      )
    })
    const credential = { kind: 'smart-backend', clientId: 'x', scope: 'system/x', tokenUrl: `${base}/token` }
    const checked = await relayed(base, credential)
    const found = finding(checked, 'payer', 'This site’s credential')
    expect(found?.state).toBe('fail')
    expect(found?.words).toMatch(/^Acme gave no token: invalid_client, status 400/)
  })

  it('leaves out of its words a token that a server quotes', async () => {
    const base = await serverOf((_, response) => {
      response.writeHead(401, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ error: 'bad token eyJhbGciOiJFUzM4NCJ9.eyJpc3MiOiJ4In0.c2lnbmF0dXJl' }))
    })
    const checked = await check(`${base}/fhir`, { cdsBase: base })
    expect(finding(checked, 'payer', 'Discovery')?.words).toMatch(/It says: “bad token \[token\]”/)
  })
})
