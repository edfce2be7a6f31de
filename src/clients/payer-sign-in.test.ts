import { describe, expect, it, vi } from 'vitest'
import {
  base,
  now,
  open,
  pass,
  payer,
  payerSays,
  RETURN,
  read,
  seen,
  signedIn,
  there,
  until,
} from './payer-sign-in.test-data'
import type { SignInWindow } from './payer-window'

describe('signing in at a payer', () => {
  it('asks for a code with PKCE, and exchanges it for a session', async () => {
    const opened = open()
    await signedIn(opened)
    const asked = new URL(opened.shown[0] ?? '')
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      tenant: '1',
      response_type: 'code',
      client_id: 'beforehand',
      redirect_uri: RETURN,
      scope: 'user/*.rs offline_access',
      aud: `${base}/fhir`,
      code_challenge_method: 'S256',
    })
    const { form, headers } = seen.find(({ path }) => path === '/token') ?? { form: new URLSearchParams() }
    expect(form.get('code')).toBe('c0de+/=')
    expect(form.get('redirect_uri')).toBe(RETURN)
    expect(headers?.authorization).toBeUndefined()
    const verifier = new TextEncoder().encode(form.get('code_verifier') ?? '')
    expect(verifier.length).toBeGreaterThanOrEqual(43)
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', verifier)).toString('base64url')
    expect(asked.searchParams.get('code_challenge')).toBe(hash)
    expect(opened.signIns.state(payer())).toEqual({ kind: 'in', until: now() + 300_000 })
    expect(opened.closed.has(opened.opened[0] as SignInWindow)).toBe(true)
  })

  it('sends the token below that payer’s base, to no other payer and nowhere else', async () => {
    const opened = open()
    const other = payer({ id: 'other', name: 'Other', fhirBase: `${base}/other` })
    await signedIn(opened)
    await read(opened)
    expect(seen.at(-1)?.headers.authorization).toBe('Bearer access-1')
    const before = seen.length
    expect(await read(opened, other)).toMatchObject({ problem: { kind: 'expired', byUser: true } })
    expect(await opened.signIns.http(payer()).send({ method: 'GET', url: `${base}/other/x` })).toMatchObject({
      problem: { rule: 'same-server' },
    })
    expect(seen).toHaveLength(before)
  })

  it('keeps two payers’ sessions apart', async () => {
    const opened = open()
    const other = payer({ id: 'other', name: 'Other', fhirBase: `${base}/other` })
    await signedIn(opened)
    payerSays.tokens = () => [200, { access_token: 'access-2', token_type: 'Bearer' }]
    await signedIn(opened, other)
    await read(opened)
    expect(seen.at(-1)?.headers.authorization).toBe('Bearer access-1')
    await read(opened, other)
    expect(seen.at(-1)?.headers.authorization).toBe('Bearer access-2')
    opened.signIns.signOut(other)
    expect(opened.signIns.state(payer()).kind).toBe('in')
  })

  it.each([
    ['no discovery', { none: true }, /offers no sign-in/],
    ['no S256', { code_challenge_methods_supported: ['plain'] }, /safe sign-in/],
    ['a sign-in page elsewhere', { authorization_endpoint: 'https://evil.example/a' }, /not set up/],
    ['a token endpoint elsewhere', { token_endpoint: 'https://evil.example/t' }, /not set up/],
    ['a token endpoint that is no address', { token_endpoint: 'javascript:alert(1)' }, /not set up/],
  ])('leads nobody anywhere with %s', async (_, changes, words) => {
    payerSays.discovery = { ...payerSays.discovery, ...changes }
    const opened = open()
    opened.signIns.begin(payer())
    await until(opened, 'failed')
    expect(opened.signIns.state(payer())).toMatchObject({ failure: { title: expect.stringMatching(words) } })
    expect(opened.shown).toEqual([])
    expect(opened.closed.size).toBe(1)
  })

  it('goes to a host that the site lists for this payer', async () => {
    payerSays.discovery = { ...payerSays.discovery, authorization_endpoint: 'https://login.acme.example/a' }
    const opened = open()
    const listed = payer({ origins: ['https://login.acme.example'] })
    await there(opened, listed)
    expect(opened.shown[0]).toContain('https://login.acme.example/a?')
  })

  it.each([
    ['access_denied', /did not give this app access/],
    ['unauthorized_client', /does not know this app/],
    ['invalid_scope', /rights/],
    ['server_error', /fault of its own/],
    ['<b>odd</b>', /refused/],
  ])('says in words that the payer answered %s', async (error, words) => {
    const opened = open()
    const state = await there(opened)
    opened.back({ error, error_description: '<script>no</script>', state })
    await until(opened, 'failed')
    const { failure } = opened.signIns.state(payer()) as { failure: { title: string; technical: string } }
    expect(failure.title).toMatch(words)
    expect(failure.title).not.toContain('script')
    expect(failure.technical).toContain('<script>no</script>')
    expect(seen.some(({ path }) => path === '/token')).toBe(false)
  })

  it('uses no answer with another state: one from its own window ends the attempt, another tab’s does not', async () => {
    const opened = open()
    const state = await there(opened)
    opened.back({ code: 'x', state: 'another' })
    expect(opened.signIns.state(payer()).kind).toBe('waiting')
    opened.back({ code: 'x', state: 'another' }, opened.opened[0])
    expect(opened.signIns.state(payer())).toMatchObject({ failure: { title: /another sign-in/ } })
    opened.back({ code: 'x', state })
    expect(opened.signIns.state(payer()).kind, 'it is over').toBe('failed')
    expect(seen.some(({ path }) => path === '/token')).toBe(false)
  })

  it('ends the attempt where a tab in the place of a blocked window answers with another state', async () => {
    const opened = open({ blocked: true })
    await there(opened)
    opened.back({ code: 'x', state: 'another' }, {})
    expect(opened.signIns.state(payer())).toMatchObject({ failure: { title: /another sign-in/ } })
  })

  it('uses no answer of another server (RFC 9207)', async () => {
    const opened = open()
    const state = await there(opened)
    opened.back({ code: 'x', state, iss: 'https://evil.example' })
    await until(opened, 'failed')
    expect(seen.some(({ path }) => path === '/token')).toBe(false)
  })

  it.each([
    ['refuses the code', [400, { error: 'invalid_grant' }]],
    ['sends no token', [200, { token_type: 'Bearer' }]],
    ['sends what is no Bearer token', [200, { access_token: 'a\r\nX: y', token_type: 'Bearer' }]],
    ['sends another kind', [200, { access_token: 'a', token_type: 'DPoP' }]],
  ] as const)('holds nothing where the token endpoint %s', async (_, answer) => {
    payerSays.tokens = () => answer
    const opened = open()
    const state = await there(opened)
    opened.back({ code: 'x', state })
    await until(opened, 'failed')
    expect(opened.signIns.access(payer())).toEqual({ kind: 'smart', isHeld: false })
  })

  it('tells a blocked window with the address, and takes the answer of a tab that the user opened', async () => {
    const opened = open({ blocked: true })
    const state = await there(opened)
    expect(opened.signIns.state(payer())).toMatchObject({ window: 'blocked', address: opened.shown[0] })
    opened.back({ code: 'x', state }, {})
    await until(opened, 'in')
  })

  it('tells a closed window, and still takes its answer: the payer’s page may have cut the tie', async () => {
    const opened = open()
    const state = await there(opened)
    opened.opened[0]?.close()
    pass(500)
    expect(opened.signIns.state(payer())).toMatchObject({ kind: 'waiting', window: 'closed' })
    opened.back({ code: 'x', state })
    await until(opened, 'in')
  })

  it('leads nobody there who gave up before the payer said where', async () => {
    const opened = open()
    opened.signIns.begin(payer())
    expect(opened.signIns.state(payer()).kind).toBe('starting')
    opened.signIns.cancel(payer())
    await vi.waitFor(() => expect(seen).toHaveLength(1))
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(opened.signIns.state(payer())).toEqual({ kind: 'out' })
    expect(opened.shown).toEqual([])
  })

  it('takes no answer after the user gave up', async () => {
    const opened = open()
    const state = await there(opened)
    opened.signIns.cancel(payer())
    expect(opened.signIns.state(payer())).toEqual({ kind: 'out' })
    opened.back({ code: 'x', state })
    expect(opened.signIns.state(payer())).toEqual({ kind: 'out' })
  })
})
