import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { at, textOf } from './json'
import { type RunningPayer, startPayer } from './server'

const RETURN = 'http://app.example/payer-return.html'
const VERIFIER = 'v'.repeat(43)
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url')

let delta: RunningPayer

beforeAll(async () => {
  delta = await startPayer({ name: 'delta', port: 0, app: 'http://app.example' })
})
afterAll(() => delta.close())
beforeEach(() => fetch(`${delta.url}/_reset`, { method: 'POST' }))

const fault = (name: string) =>
  fetch(`${delta.url}/_faults`, { method: 'POST', body: JSON.stringify({ fault: name }) })

const request = (changes: Readonly<Record<string, string>> = {}) =>
  new URLSearchParams({
    response_type: 'code',
    client_id: 'beforehand',
    redirect_uri: RETURN,
    scope: 'user/*.rs offline_access',
    state: 's'.repeat(43),
    aud: `${delta.url}/secured/fhir`,
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    ...changes,
  })

/** Where the payer sends the browser after a press on its page. */
async function press(choice: Readonly<Record<string, string>>): Promise<URLSearchParams> {
  const answer = await fetch(`${delta.url}/secured/oauth/authorize`, {
    method: 'POST',
    body: request(choice),
    redirect: 'manual',
  })
  return new URL(answer.headers.get('location') ?? '').searchParams
}

const token = async (form: Readonly<Record<string, string>>): Promise<unknown> => {
  const body = new URLSearchParams({ client_id: 'beforehand', ...form })
  return (await fetch(`${delta.url}/secured/oauth/token`, { method: 'POST', body })).json()
}

const exchange = (code: string, changes: object = {}) =>
  token({
    grant_type: 'authorization_code',
    code,
    redirect_uri: RETURN,
    code_verifier: VERIFIER,
    ...changes,
  })

const signIn = async (): Promise<unknown> => exchange((await press({ account: 'moreno' })).get('code') ?? '')

const read = async (access: unknown): Promise<number> => {
  const headers = { Authorization: `Bearer ${textOf(access) ?? ''}` }
  return (await fetch(`${delta.url}/secured/fhir/Patient`, { headers })).status
}

describe('a payer’s own sign-in', () => {
  it('shows its page in no frame, and without a token no record', async () => {
    const page = await fetch(`${delta.url}/secured/oauth/authorize?${request()}`)
    expect(page.headers.get('x-frame-options')).toBe('DENY')
    expect(await page.text()).toContain('Delta Plan for providers')
    expect(await read('made-up')).toBe(401)
  })

  it('gives a token for the records behind it, and for nothing else', async () => {
    const tokens = await signIn()
    expect(at(tokens, 'token_type')).toBe('Bearer')
    expect(await read(at(tokens, 'access_token'))).toBe(200)
  })

  it.each([
    ['another app', { client_id: 'stranger' }],
    ['another redirect', { redirect_uri: 'http://evil.example/' }],
  ])('sends nobody anywhere for %s', async (_, changes) => {
    const page = await fetch(`${delta.url}/secured/oauth/authorize?${request(changes)}`, {
      redirect: 'manual',
    })
    expect(page.status).toBe(400)
  })

  it.each([
    ['no PKCE', { code_challenge: '' }],
    ['PKCE plain', { code_challenge_method: 'plain' }],
    ['a short state', { state: 'abc' }],
    ['another server’s aud', { aud: 'http://elsewhere.example/fhir' }],
  ])('tells the app what is wrong with %s', async (_, changes) => {
    expect((await press({ account: 'moreno', ...changes })).get('error')).toBe('invalid_request')
  })

  it('redeems a code once, for its own verifier and redirect', async () => {
    const code = async () => (await press({ account: 'moreno' })).get('code') ?? ''
    expect(await exchange(await code(), { code_verifier: 'w'.repeat(43) })).toMatchObject({
      error: 'invalid_grant',
    })
    expect(await exchange(await code(), { redirect_uri: 'http://evil.example/' })).toMatchObject({
      error: 'invalid_grant',
    })
    const once = await code()
    const first = await exchange(once)
    expect(await exchange(once)).toMatchObject({ error: 'invalid_grant' })
    expect(await read(at(first, 'access_token')), 'what the first gave falls').toBe(401)
  })

  it('rotates refresh tokens, and ends the session of one that comes twice', async () => {
    const first = await signIn()
    const renew = (from: unknown) =>
      token({ grant_type: 'refresh_token', refresh_token: textOf(at(from, 'refresh_token')) ?? '' })
    const second = await renew(first)
    expect(await read(at(second, 'access_token'))).toBe(200)
    expect(await renew(first)).toMatchObject({ error: 'invalid_grant' })
    expect(await read(at(second, 'access_token'))).toBe(401)
  })

  it('takes everything back when the person says no, and by revocation', async () => {
    const first = await signIn()
    expect((await press({ deny: '1' })).get('error')).toBe('access_denied')
    expect(await read(at(first, 'access_token'))).toBe(401)
    const second = await signIn()
    const body = new URLSearchParams({ token: textOf(at(second, 'refresh_token')) ?? '' })
    await fetch(`${delta.url}/secured/oauth/revoke`, { method: 'POST', body })
    expect(await read(at(second, 'access_token'))).toBe(401)
  })

  it('lets no account in that may not read', async () => {
    expect((await press({ account: 'billing' })).get('error')).toBe('access_denied')
  })

  it('fails as it is told to', async () => {
    await fault('wrong-state')
    expect((await press({ account: 'moreno' })).get('state')).not.toBe('s'.repeat(43))
    await fault('no-refresh')
    await fault('short-token:2')
    const tokens = await signIn()
    expect(tokens).toMatchObject({ expires_in: 2 })
    expect(at(tokens, 'refresh_token')).toBeUndefined()
    await fault('deny')
    expect((await press({ account: 'moreno' })).get('error')).toBe('access_denied')
    expect((await fetch(`${delta.url}/fhir/metadata`)).status, 'nothing else is touched').toBe(200)
  })
})
