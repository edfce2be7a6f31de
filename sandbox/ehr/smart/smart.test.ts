import { createRemoteJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { APP, redirectOf, startTestEhr, TestApp } from '../test-app'

let ehr: Awaited<ReturnType<typeof startTestEhr>>
let app: TestApp

beforeAll(async () => {
  ehr = await startTestEhr()
  app = new TestApp(ehr.url)
})
afterAll(() => ehr.close())

describe('discovery', () => {
  it('names its endpoints to any origin and in the CapabilityStatement alike', async () => {
    const response = await fetch(`${app.iss}/.well-known/smart-configuration`, { headers: { Origin: APP } })
    const configuration = (await response.json()) as Record<string, unknown>
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(configuration.code_challenge_methods_supported).toEqual(['S256'])
    expect(configuration.issuer).toBe(app.iss)
    const metadata = await (await fetch(`${app.iss}/metadata`)).text()
    expect(metadata).toContain(String(configuration.authorization_endpoint))
    expect(metadata).toContain(String(configuration.token_endpoint))
  })

  it('offers create in the full-write personality and nowhere in the read-only one', async () => {
    const creates = async (personality: string) =>
      (await (await fetch(`${ehr.url}/${personality}/fhir/metadata`)).text()).includes('"code":"create"')
    expect(await creates('full')).toBe(true)
    expect(await creates('readonly')).toBe(false)
  })
})

describe('authorize', () => {
  it.each([
    ['without a code challenge', { code_challenge: undefined }, 'invalid_request'],
    ['with PKCE plain', { code_challenge_method: 'plain' }, 'invalid_request'],
    [
      'without a challenge method, which would mean plain',
      { code_challenge_method: undefined },
      'invalid_request',
    ],
    ['with a challenge that is no SHA-256', { code_challenge: 'short' }, 'invalid_request'],
    ['without state', { state: undefined }, 'invalid_request'],
    ['for another audience', { aud: 'http://localhost:1/fhir' }, 'invalid_request'],
    ['for a token instead of a code', { response_type: 'token' }, 'unsupported_response_type'],
    ['without scope', { scope: undefined }, 'invalid_scope'],
    ['with a launch nobody made', { launch: 'made-up' }, 'invalid_request'],
    ['with scope launch and no launch', { launch: undefined }, 'invalid_request'],
  ])('tells the app of an error %s', async (_, fields, error) => {
    const launch = await app.launch({})
    const back = redirectOf(await app.authorize({ launch, ...fields }))
    expect(back.get('error')).toBe(error)
    expect(back.get('code')).toBeNull()
  })

  it('gives the state back with an error', async () => {
    expect(redirectOf(await app.authorize({ aud: 'x', state: 's p/c' })).get('state')).toBe('s p/c')
  })

  it.each([
    ['another origin', 'https://elsewhere.example/'],
    ['another path of the app', `${APP}/other`],
    ['a query added', `${APP}/?x=1`],
    ['the slash left out', APP],
  ])('shows a page and sends nobody away for a redirect URI with %s', async (_, redirect_uri) => {
    const response = await app.authorize({ redirect_uri, launch: await app.launch({}) })
    expect(response.status).toBe(400)
    expect(response.headers.get('Location')).toBeNull()
    expect(await response.text()).toContain('not registered')
  })

  it('shows a page for a client it does not know', async () => {
    expect((await app.authorize({ client_id: 'someone' })).status).toBe(400)
  })

  it('takes the request by POST as well', async () => {
    const [url, query] = app.authorizeUrl({ launch: await app.launch({}) }).split('?')
    const init = { method: 'POST', body: new URLSearchParams(query), redirect: 'manual' as const }
    expect(redirectOf(await fetch(url ?? '', init)).get('code')).toBeTruthy()
  })

  it('does not honour a launch of the other personality', async () => {
    const launch = await new TestApp(ehr.url, 'readonly').launch({})
    expect(redirectOf(await app.authorize({ launch })).get('error')).toBe('invalid_request')
  })
})

describe('token', () => {
  it('answers with the launch context', async () => {
    const { status, body } = await app.connect({
      intent: 'member-history',
      app_context: '{"v":1}',
      need_patient_banner: 'false',
      style: 'clinic',
    })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      token_type: 'Bearer',
      expires_in: 3600,
      patient: 'jane-roe',
      intent: 'member-history',
      appContext: '{"v":1}',
      need_patient_banner: false,
      smart_style_url: `${ehr.url}/styles/clinic.json`,
    })
  })

  it('carries appContext as an object where the launch says so', async () => {
    const { body } = await app.connect({ app_context: '{"v":1}', app_context_as: 'object' })
    expect(body.appContext).toEqual({ v: 1 })
  })

  it('signs an id_token that its key set verifies, with nonce and absolute fhirUser', async () => {
    const { body } = await app.connect({ user: 'osei' }, { nonce: 'n-1' })
    const keys = createRemoteJWKSet(new URL(`${ehr.url}/full/oauth/jwks`))
    const { payload } = await jwtVerify(String(body.id_token), keys, {
      issuer: app.iss,
      audience: 'beforehand',
      currentDate: new Date(ehr.clock.now),
    })
    expect(payload.nonce).toBe('n-1')
    expect(payload.fhirUser).toBe(`${app.iss}/Practitioner/osei`)
  })

  it.each([
    ['another verifier', { code_verifier: 'x'.repeat(43) }, 'invalid_grant'],
    ['no verifier', { code_verifier: undefined }, 'invalid_request'],
    ['another redirect URI', { redirect_uri: `${APP}/other` }, 'invalid_grant'],
    ['an unknown client', { client_id: 'someone' }, 'invalid_client'],
    ['no client', { client_id: undefined }, 'invalid_client'],
    ['another grant type', { grant_type: 'password' }, 'unsupported_grant_type'],
  ])('refuses a code with %s', async (_, fields, error) => {
    const answer = await app.exchange(await app.code(), fields)
    expect(answer.body.error).toBe(error)
    expect(answer.body.access_token).toBeUndefined()
  })

  it('refuses a secret: the client is public', async () => {
    const answer = await app.token({ grant_type: 'authorization_code' }, { Authorization: 'Basic YTpi' })
    expect([answer.status, answer.body.error]).toEqual([401, 'invalid_client'])
  })

  it('refuses a second use of a code and revokes what the first gave', async () => {
    const code = await app.code()
    const first = await app.exchange(code)
    const read = () => app.fhir('Patient/jane-roe', first.body.access_token)
    expect((await read()).status).toBe(200)
    expect((await app.exchange(code)).body.error).toBe('invalid_grant')
    expect((await read()).status).toBe(401)
    expect((await app.refresh(first.body.refresh_token)).body.error).toBe('invalid_grant')
  })

  it('refuses a code after a minute', async () => {
    const code = await app.code()
    ehr.clock.now += 60_001
    expect((await app.exchange(code)).body.error).toBe('invalid_grant')
  })

  it('lets an access token die when it said it would', async () => {
    const { body } = await app.connect({ fault: 'short-token:20' })
    expect(body.expires_in).toBe(20)
    ehr.clock.now += 19_000
    expect((await app.fhir('Patient/jane-roe', body.access_token)).status).toBe(200)
    ehr.clock.now += 1_000
    const late = await app.fhir('Patient/jane-roe', body.access_token)
    expect([late.status, late.headers.get('WWW-Authenticate')]).toEqual([401, 'Bearer error="invalid_token"'])
  })

  it('does not honour a token at the other personality', async () => {
    const { body } = await app.connect()
    const other = new TestApp(ehr.url, 'readonly')
    expect((await other.fhir('Patient/jane-roe', body.access_token)).status).toBe(401)
  })
})

describe('refresh', () => {
  it('gives a new pair each time, and keeps patient and scope', async () => {
    const first = await app.connect()
    const second = await app.refresh(first.body.refresh_token)
    expect(second.body.patient).toBe('jane-roe')
    expect(second.body.scope).toBe(first.body.scope)
    expect(second.body.refresh_token).not.toBe(first.body.refresh_token)
    expect((await app.fhir('Patient/jane-roe', second.body.access_token)).status).toBe(200)
  })

  it('ends the whole family when an old refresh token comes back', async () => {
    const first = await app.connect()
    const second = await app.refresh(first.body.refresh_token)
    expect((await app.refresh(first.body.refresh_token)).body.error).toBe('invalid_grant')
    expect((await app.refresh(second.body.refresh_token)).body.error).toBe('invalid_grant')
    expect((await app.fhir('Patient/jane-roe', second.body.access_token)).status).toBe(401)
  })

  it('may ask for less, never for more', async () => {
    const { body } = await app.connect({}, { scope: 'launch online_access patient/*.cruds' })
    const more = await app.refresh(body.refresh_token, { scope: 'user/*.cruds' })
    expect(more.body.error).toBe('invalid_scope')
    const again = await app.connect({}, { scope: 'launch online_access patient/*.cruds patient/*.read' })
    const less = await app.refresh(again.body.refresh_token, { scope: 'patient/*.read' })
    expect(less.body.scope).toBe('patient/*.read')
  })

  it('is not offered to who did not ask for it', async () => {
    expect((await app.connect({}, { scope: 'launch patient/*.rs' })).body.refresh_token).toBeUndefined()
  })
})

describe('scopes on the wire', () => {
  it('keep a patient token within its patient', async () => {
    const { body } = await app.connect({}, { scope: 'launch patient/*.rs' })
    expect((await app.fhir('Condition?patient=jane-roe', body.access_token)).status).toBe(200)
    expect((await app.fhir('Condition?patient=ben-okafor', body.access_token)).status).toBe(403)
  })

  it('grants no write where the EHR takes none', async () => {
    const reader = new TestApp(ehr.url, 'readonly')
    const { body } = await reader.connect(
      {},
      { scope: 'launch patient/*.cruds patient/*.write user/Condition.c' },
    )
    expect(body.scope).toBe('launch patient/*.rs')
  })
})
