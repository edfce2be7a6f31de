import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { serve } from '@hono/node-server'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { Database } from './database'
import type { Journal } from './logging'
import { newKeyFiles } from './new-key-files'
import { createRelay, readRelayFiles } from './relay'

type Handler = (request: IncomingMessage, body: string, response: ServerResponse) => void | Promise<void>

export interface TestServer {
  readonly url: string
  close(): Promise<void>
}

/** A real server on a port of its own. */
async function listen(handle: Handler): Promise<TestServer> {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    await handle(request, Buffer.concat(parts).toString('utf8'), response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://localhost:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

const json = (response: ServerResponse, value: unknown, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(value))
}

/** An EHR that vouches for its users. */
export async function testEhr() {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const other = await generateKeyPair('RS256')
  const server = await listen((request, _, response) => {
    if (request.url === '/fhir/.well-known/smart-configuration')
      return json(response, { issuer: `${server.url}/fhir`, jwks_uri: `${server.url}/jwks` })
    if (request.url === '/jwks') return void keys(response)
    json(response, {}, 404)
  })
  const keys = async (response: ServerResponse) =>
    json(response, { keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256' }] })
  const idToken = (claims: {
    readonly nonce?: string
    readonly audience?: string
    readonly issuer?: string
    readonly expires?: number
    readonly isForged?: boolean
    readonly fhirUser?: string
  }): Promise<string> => {
    const now = Math.floor(Date.now() / 1000)
    return new SignJWT({
      fhirUser: claims.fhirUser ?? `${server.url}/fhir/Practitioner/1`,
      jti: randomUUID(),
      nonce: claims.nonce,
    })
      .setProtectedHeader({ alg: 'RS256', kid: 'k' })
      .setIssuer(claims.issuer ?? `${server.url}/fhir`)
      .setAudience(claims.audience ?? 'app')
      .setSubject(`user-${claims.fhirUser?.split('/').at(-1) ?? '1'}`)
      .setIssuedAt(now - 3600)
      .setExpirationTime(claims.expires ?? now + 300)
      .sign(claims.isForged ? other.privateKey : privateKey)
  }
  return { ...server, fhirBase: `${server.url}/fhir`, idToken }
}

export interface PayerSaw {
  readonly method: string
  readonly path: string
  readonly authorization: string | undefined
  readonly cookie: string | undefined
  readonly body: string
}

/** A payer that says what a test wants it to say. */
export async function testPayer(answer: (saw: PayerSaw, response: ServerResponse) => void | Promise<void>) {
  const saw: PayerSaw[] = []
  const server = await listen(async (request, body, response) => {
    const own: PayerSaw = {
      method: request.method ?? '',
      path: request.url ?? '',
      authorization: request.headers.authorization,
      cookie: request.headers.cookie,
      body,
    }
    saw.push(own)
    await answer(own, response)
  })
  return { ...server, saw }
}

/** A relay on a port of its own, with files as an administrator would make them. */
export async function testRelay(options: {
  readonly ehr: string
  readonly payers: readonly {
    readonly id: string
    readonly cdsBase: string
    readonly fhirBase?: string
    /** In place of a signed token for its services. */
    readonly settings?: Readonly<Record<string, unknown>>
  }[]
  readonly database: Database
  readonly folder?: string
  /** Further files beside the configuration, by name. */
  readonly files?: Readonly<Record<string, string>>
  readonly limits?: Readonly<Record<string, number>>
  /** Further settings of the relay's configuration. */
  readonly more?: Readonly<Record<string, unknown>>
  readonly note?: Journal
}) {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'beforehand-relay-'))
  if (options.folder === undefined) await newKeyFiles(folder)
  mkdirSync(join(folder, 'dist'), { recursive: true })
  writeFileSync(join(folder, 'dist/index.html'), '<!doctype html><title>Beforehand</title>')
  const port = Number(new URL((await free()).url).port)
  const url = `http://localhost:${port}`
  const write = (name: string, value: unknown): void =>
    writeFileSync(join(folder, name), JSON.stringify(value))
  write('config.json', {
    issuers: [{ issuer: options.ehr, name: 'EHR', clientId: 'app', scopes: 'patient/*.rs' }],
    payers: options.payers.map(({ settings: _, ...payer }) => ({ name: `Payer ${payer.id}`, ...payer })),
  })
  for (const [name, content] of Object.entries(options.files ?? {}))
    writeFileSync(join(folder, name), content)
  const file = `relay-${port}.json`
  write(file, {
    site: 'config.json',
    publicUrl: url,
    database: 'not opened by name here',
    siteKey: 'site.key',
    signingKeys: 'signing.json',
    payers: Object.fromEntries(
      options.payers.map(({ id, settings }) => [id, settings ?? { credential: { kind: 'jwt' } }]),
    ),
    ...(options.limits && { limits: options.limits }),
    ...options.more,
  })
  const files = readRelayFiles(join(folder, file))
  const dist = relative(process.cwd(), join(folder, 'dist'))
  const relay = await createRelay(files, dist, options.database, Date.now, options.note)
  const server = serve({ fetch: relay.app.fetch, port, hostname: '127.0.0.1' })
  return {
    url,
    log: relay.log,
    operations: relay.operations,
    folder,
    /** As a process that is killed: nothing is finished. */
    kill() {
      if ('closeAllConnections' in server) server.closeAllConnections()
      server.close()
    },
    async close() {
      this.kill()
      await relay.close().catch(() => undefined)
    },
    stopDatabase: () => relay.close(),
  }
}

async function free(): Promise<TestServer> {
  const server = await listen(() => undefined)
  await server.close()
  return server
}

/** What a browser keeps of cookies, as far as it matters here. */
export function browser(relayUrl: string) {
  const cookies = new Map<string, string>()
  const call = async (
    method: string,
    path: string,
    options: { readonly body?: unknown; readonly session?: string; readonly origin?: string } = {},
  ) => {
    const answer = await fetch(`${relayUrl}/relay${path}`, {
      method,
      headers: {
        ...(method !== 'GET' && { origin: options.origin ?? relayUrl }),
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(options.session !== undefined && { 'x-relay-session': options.session }),
        ...(options.body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (/max-age=0/i.test(cookie)) cookies.delete(name)
      else cookies.set(name, value)
    }
    return answer
  }
  return {
    cookies,
    call,
    /** Signs in as the app does; the session's label. */
    async signIn(ehr: Awaited<ReturnType<typeof testEhr>>, fhirUser?: string): Promise<string> {
      const { nonce } = (await (await call('POST', '/nonce')).json()) as { nonce: string }
      const idToken = await ehr.idToken({ nonce, ...(fhirUser !== undefined && { fhirUser }) })
      const answer = await call('POST', '/session', { body: { idToken, fhirBase: ehr.fhirBase } })
      return ((await answer.json()) as { session: string }).session
    },
  }
}
