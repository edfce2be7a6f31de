import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { clientFrom } from './caller'
import { at, textOf } from './json'
import { hookRequest, JANE, serviceRequest } from './sample-requests'
import { type RunningPayer, startPayer } from './server'

let acme: RunningPayer
let key: CryptoKey
let root: string
let count = 0

beforeAll(async () => {
  const pair = await generateKeyPair('ES384')
  key = pair.privateKey
  root = mkdtempSync(join(tmpdir(), 'payer-'))
  cpSync(fileURLToPath(new URL('../data/acme', import.meta.url)), join(root, 'acme'), { recursive: true })
  const keys = [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES384' }]
  writeFileSync(join(root, 'acme', 'site.jwks.json'), JSON.stringify({ keys }))
  const clients = [{ iss: 'https://site.example', jwksFile: 'site.jwks.json' }]
  writeFileSync(join(root, 'acme', 'clients.json'), JSON.stringify({ clients }))
  acme = await startPayer({ name: 'acme', port: 0, app: 'http://app.example', root })
})

afterAll(async () => {
  await acme.close()
  rmSync(root, { recursive: true })
})

interface Made {
  readonly header?: Record<string, string>
  readonly claims?: JWTPayload | { readonly jti: undefined }
  readonly signer?: CryptoKey
}

/** A token as a careful client makes it, with what a test spoils. */
function token({ header = {}, claims = {}, signer = key }: Made = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  const aud = `${acme.url}/cds-services/order-sign-crd`
  count += 1
  const payload: Record<string, unknown> = {
    iss: 'https://site.example',
    aud,
    iat: now,
    exp: now + 240,
    jti: `t${count}`,
    ...claims,
  }
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'ES384', typ: 'JWT', kid: 'k1', ...header })
    .sign(signer)
}

async function ask(authorization: string) {
  const response = await fetch(`${acme.url}/cds-services/order-sign-crd`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify(hookRequest(JANE, [serviceRequest('E0601')])),
  })
  const text = textOf(at(await response.json(), 'issue', 0, 'details', 'text')) ?? ''
  return { status: response.status, text }
}

const later = () => Math.floor(Date.now() / 1000)

it('takes a good JWT, and takes it once', async () => {
  const jwt = await token()
  expect((await ask(`Bearer ${jwt}`)).status).toBe(200)
  expect(await ask(`Bearer ${jwt}`)).toMatchObject({
    status: 401,
    text: expect.stringContaining('jti was used before'),
  })
})

it('takes one for discovery that is made for discovery', async () => {
  const discover = async (aud: string) =>
    (
      await fetch(`${acme.url}/cds-services`, {
        headers: { authorization: `Bearer ${await token({ claims: { aud } })}` },
      })
    ).status
  expect(await discover(`${acme.url}/cds-services`)).toBe(200)
  expect(await discover(`${acme.url}/cds-services/order-sign-crd`)).toBe(401)
})

it.each<[string, () => Made, RegExp]>([
  [
    'for another service',
    () => ({ claims: { aud: `${acme.url}/cds-services/appointment-book-crd` } }),
    /aud/,
  ],
  [
    'for several audiences',
    () => ({ claims: { aud: [`${acme.url}/cds-services/order-sign-crd`, 'https://b.example'] } }),
    /aud must be this service alone/,
  ],
  ['from an unknown issuer', () => ({ claims: { iss: 'https://other.example' } }), /iss/],
  ['that has ended', () => ({ claims: { iat: later() - 600, exp: later() - 400 } }), /exp/],
  ['that lasts too long', () => ({ claims: { exp: later() + 3600 } }), /five minutes/],
  ['from the future', () => ({ claims: { iat: later() + 900, exp: later() + 1000 } }), /iat/],
  ['without jti', () => ({ claims: { jti: undefined } }), /jti/],
  ['of another type', () => ({ header: { typ: 'at+jwt' } }), /typ must be JWT/],
  ['with an unknown key', () => ({ header: { kid: 'k2' } }), /no registered client has the key k2/],
])('refuses a JWT %s', async (_name, made, text) => {
  const answer = await ask(`Bearer ${await token(made())}`)
  expect(answer.status).toBe(401)
  expect(answer.text).toMatch(text)
})

it('refuses another algorithm, a foreign signature and what is no JWT', async () => {
  const foreign = await generateKeyPair('ES384')
  const weak = await generateKeyPair('RS256')
  expect(
    (await ask(`Bearer ${await token({ header: { alg: 'RS256' }, signer: weak.privateKey })}`)).text,
  ).toMatch(/alg is RS256/)
  expect((await ask(`Bearer ${await token({ signer: foreign.privateKey })}`)).text).toMatch(/signature/)
  expect((await ask('Bearer nothing')).text).toMatch(/not a signed JWT/)
  expect((await ask('Basic abc')).text).toMatch(/must be Bearer/)
})

it('fetches the keys of a site that signs, and lets its browsers in no longer without', async () => {
  const pair = await generateKeyPair('ES384')
  const jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'r1', alg: 'ES384' }] }
  const site = createServer((_, response) => void response.end(JSON.stringify(jwks)))
  await new Promise<void>((resolve) => site.listen(0, () => resolve()))
  const address = `http://localhost:${(site.address() as AddressInfo).port}`
  const payer = await startPayer({
    name: 'acme',
    port: 0,
    app: address,
    signing: [clientFrom(`${address}=${address}/jwks`)],
  })
  try {
    const url = `${payer.url}/cds-services`
    const discover = async (headers: Record<string, string>) => (await fetch(url, { headers })).status
    const signed = (over: Made) => token({ ...over, claims: { iss: address, aud: url, ...over.claims } })
    const own = { header: { kid: 'r1' }, signer: pair.privateKey }
    expect(await discover({ authorization: `Bearer ${await signed(own)}` })).toBe(200)
    expect(await discover({ authorization: `Bearer ${await signed({ header: { kid: 'r1' } })}` })).toBe(401)
    expect(await discover({ origin: address })).toBe(401)
    expect(await discover({})).toBe(200)
  } finally {
    await payer.close()
    site.close()
  }
})

it.each(['x', '=http://a', 'http://a=no address'])('names no client by %s', (text) => {
  expect(() => clientFrom(text)).toThrow(/--client wants/)
})
