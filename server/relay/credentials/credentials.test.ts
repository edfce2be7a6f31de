import { createRemoteJWKSet, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { JWT_BEARER, tokenWorlds } from './credentials.test-data'

describe('what a payer is shown of who calls', () => {
  const world = tokenWorlds()

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

  it('stops the start where a payer that may not read is named for reading', async () => {
    await expect(world(() => ({ readsAs: 'acme-crd' }))).rejects.toThrow(
      'payers.acme: readsAs says nothing without reads: true',
    )
  })

  it('stops the start where the records of a payer have no address', async () => {
    await expect(world(() => ({ records: {} }), { isWithoutRecords: true })).rejects.toThrow(
      'payers.acme.records: this payer has no fhirBase.',
    )
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
