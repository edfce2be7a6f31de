import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { redirectOf, startTestEhr, TestApp } from '../test-app'

let ehr: Awaited<ReturnType<typeof startTestEhr>>
let app: TestApp

beforeAll(async () => {
  ehr = await startTestEhr()
  app = new TestApp(ehr.url)
})
afterAll(() => ehr.close())

const allergy = (code: string) => ({
  resourceType: 'AllergyIntolerance',
  patient: { reference: 'Patient/jane-roe' },
  code: { text: code },
  clinicalStatus: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }],
  },
})

async function stored(token: unknown, code: string): Promise<boolean> {
  const response = await app.fhir('AllergyIntolerance?patient=jane-roe&_count=100', token)
  return (await response.text()).includes(code)
}

const connect = async (fault: string) => (await app.connect({ fault })).body

describe('on FHIR requests', () => {
  it('http-500: answers 500 with an OperationOutcome any origin may read, as often as told, and stores nothing', async () => {
    const { access_token } = await connect('http-500@AllergyIntolerance#1')
    expect((await app.fhir('Patient/jane-roe', access_token)).status).toBe(200)
    const failed = await app.create(allergy('f500'), access_token)
    expect(failed.status).toBe(500)
    expect(failed.headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(await failed.json()).toMatchObject({ resourceType: 'OperationOutcome' })
    expect(await stored(access_token, 'f500')).toBe(false)
  })

  it('drop-before: breaks the connection of a write and stores nothing', async () => {
    const { access_token } = await connect('drop-before')
    await expect(app.create(allergy('fbefore'), access_token)).rejects.toThrow('fetch failed')
    expect(await stored(access_token, 'fbefore')).toBe(false)
  })

  it('drop-after: breaks the connection of a write that is stored', async () => {
    const { access_token } = await connect('drop-after#1')
    await expect(app.create(allergy('fafter'), access_token)).rejects.toThrow('fetch failed')
    expect(await stored(access_token, 'fafter')).toBe(true)
    expect((await app.create(allergy('fafter2'), access_token)).status).toBe(201)
  })

  it('drop-before: breaks a transaction as a write of no one type', async () => {
    const { access_token } = await connect('drop-before')
    const bundle = {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [{ resource: allergy('ftransaction'), request: { method: 'POST', url: 'AllergyIntolerance' } }],
    }
    const sent = app.fhir('', access_token, { method: 'POST', body: JSON.stringify(bundle) })
    await expect(sent).rejects.toThrow('fetch failed')
    expect(await stored(access_token, 'ftransaction')).toBe(false)
  })

  it('malformed-json: cuts the answer off', async () => {
    const { access_token } = await connect('malformed-json@Patient')
    const response = await app.fhir('Patient/jane-roe', access_token)
    expect(response.status).toBe(200)
    await expect(response.json()).rejects.toThrow(SyntaxError)
  })

  it('foreign-next: leads the next page to another origin, which is still this log', async () => {
    const { access_token } = await connect('foreign-next')
    const bundle = (await (await app.fhir('Observation?patient=jane-roe&_count=2', access_token)).json()) as {
      readonly link: readonly { readonly relation: string; readonly url: string }[]
    }
    const next = bundle.link.filter((link) => link.relation === 'next')
    expect(next).toHaveLength(1)
    expect(new URL(next[0]?.url ?? '').origin).toBe(ehr.url.replace('localhost', '127.0.0.1'))
  })

  it('slow: answers, only later', async () => {
    const { access_token } = await connect('slow:60')
    const begin = performance.now()
    expect((await app.fhir('Patient/jane-roe', access_token)).status).toBe(200)
    expect(performance.now() - begin).toBeGreaterThan(55)
  })

  it('http-429: says when to come again, in a header that any origin may read', async () => {
    const { access_token } = await connect('http-429:7@AllergyIntolerance#1')
    const busy = await app.create(allergy('f429'), access_token)
    expect([busy.status, busy.headers.get('Retry-After')]).toEqual([429, '7'])
    expect(busy.headers.get('Access-Control-Expose-Headers')).toContain('Retry-After')
    expect(await stored(access_token, 'f429')).toBe(false)
    expect((await app.create(allergy('f429'), access_token)).status).toBe(201)
  })

  it('no-create: refuses what the CapabilityStatement offers, with the status asked for', async () => {
    const { access_token } = await connect('no-create@AllergyIntolerance#1,no-create:403@AllergyIntolerance')
    expect((await app.create(allergy('fno'), access_token)).status).toBe(405)
    const forbidden = await app.create(allergy('fno'), access_token)
    expect([forbidden.status, await forbidden.text()]).toEqual([403, ''])
    expect(await stored(access_token, 'fno')).toBe(false)
    const statement = await (await app.fhir('metadata', access_token)).text()
    expect(statement).toContain('"type":"AllergyIntolerance","interaction":[{"code":"read"},{"code":"vread"}')
    expect(statement).toContain('"code":"create"')
  })

  it('forgets: answers that it is created, and knows nothing of it', async () => {
    const { access_token } = await connect('forgets#1')
    const created = await app.create(allergy('fforget'), access_token)
    expect(created.status).toBe(201)
    const id = /AllergyIntolerance\/([^/]+)/.exec(created.headers.get('Location') ?? '')?.[1]
    expect((await app.fhir(`AllergyIntolerance/${id}`, access_token)).status).toBe(404)
    expect(await stored(access_token, 'fforget')).toBe(false)
    await app.create(allergy('fkept'), access_token)
    expect(await stored(access_token, 'fkept')).toBe(true)
  })

  /** Creates the same allergy twice under the same condition; the status of each, and how many are there. */
  async function twice(fault: string, value: string) {
    const { access_token } = await connect(fault)
    const identifier = { system: 'urn:test', value }
    const send = async () => {
      const sent = await app.fhir('AllergyIntolerance', access_token, {
        method: 'POST',
        headers: { 'If-None-Exist': `identifier=urn:test|${value}` },
        body: JSON.stringify({ ...allergy(value), identifier: [identifier] }),
      })
      return sent.status
    }
    const statuses = [await send(), await send()]
    const found = await app.fhir(`AllergyIntolerance?identifier=urn:test|${value}`, access_token)
    const { total } = (await found.json()) as { readonly total: number }
    return { statuses, total }
  }

  it('duplicates: stores twice what comes twice, though it says that it would not', async () => {
    expect(await twice('', 'fonce')).toEqual({ statuses: [201, 200], total: 1 })
    expect(await twice('duplicates', 'fdouble')).toEqual({ statuses: [201, 201], total: 2 })
  })

  it('no-conditional-create: does not offer it, and refuses it with 412', async () => {
    expect(await twice('no-conditional-create', 'fcondition')).toEqual({ statuses: [412, 412], total: 0 })
    const { access_token } = await connect('no-conditional-create')
    expect(await (await app.fhir('metadata', access_token)).text()).not.toContain('"conditionalCreate":true')
    expect((await app.create(allergy('funconditional'), access_token)).status).toBe(201)
  })

  it('http-202: stores, and does not say where', async () => {
    const { access_token } = await connect('http-202#1')
    const accepted = await app.create(allergy('f202'), access_token)
    expect([accepted.status, accepted.headers.get('Location'), await accepted.text()]).toEqual([
      202,
      null,
      '',
    ])
    expect(await stored(access_token, 'f202')).toBe(true)
  })

  it('does nothing to another launch', async () => {
    await connect('http-500')
    const { access_token } = (await app.connect()).body
    expect((await app.fhir('Patient/jane-roe', access_token)).status).toBe(200)
  })
})

describe('on tokens', () => {
  it('expired-token: refuses the first access token and takes the refreshed one', async () => {
    const first = await connect('expired-token')
    expect((await app.fhir('Patient/jane-roe', first.access_token)).status).toBe(401)
    const second = await app.refresh(first.refresh_token)
    expect((await app.fhir('Patient/jane-roe', second.body.access_token)).status).toBe(200)
  })

  it('no-refresh: gives no refresh token and no scope for it', async () => {
    const body = await connect('no-refresh')
    expect(body.refresh_token).toBeUndefined()
    expect(body.scope).not.toContain('online_access')
  })

  it('deny: sends the app back with access_denied', async () => {
    const launch = await app.launch({ fault: 'deny' })
    expect(redirectOf(await app.authorize({ launch })).get('error')).toBe('access_denied')
  })

  it('bad-client: refuses the client at the token endpoint', async () => {
    const answer = await app.connect({ fault: 'bad-client' })
    expect([answer.status, answer.body.error]).toEqual([401, 'invalid_client'])
  })

  it('no-patient: leaves the patient out, and does not widen what the token may see', async () => {
    const launch = { fault: 'no-patient' }
    const { body } = await app.connect(launch, { scope: 'launch patient/*.rs' })
    expect(body.patient).toBeUndefined()
    expect((await app.fhir('Patient/ben-okafor', body.access_token)).status).toBe(403)
  })

  it('no-scope and narrow-scope: grant nothing, or reading', async () => {
    const asked = { scope: 'launch patient/*.cruds user/*.write' }
    expect((await app.connect({ fault: 'no-scope' }, asked)).body.scope).toBe('launch')
    const { body } = await app.connect({ fault: 'narrow-scope' }, asked)
    expect(body.scope).toBe('launch patient/*.rs')
    expect((await app.create(allergy('narrow'), body.access_token)).status).toBe(403)
  })

  it('wrong-patient: makes appContext speak of somebody else and keeps the rest of it', async () => {
    const body = (
      await app.connect({ fault: 'wrong-patient', app_context: '{"v":1,"ehrPatient":"jane-roe"}' })
    ).body
    const context = JSON.parse(String(body.appContext)) as Record<string, unknown>
    expect(context.v).toBe(1)
    expect(context.ehrPatient).not.toBe('jane-roe')
    expect(body.patient).toBe('jane-roe')
  })

  it('style and bad-style: name a style file that holds what they say', async () => {
    const style = async (fault: string) =>
      (await fetch(String((await connect(fault)).smart_style_url))).text()
    expect(JSON.parse(await style('style'))).toHaveProperty('color_highlight')
    expect(await style('bad-style')).toContain('javascript:')
  })
})

it('tells a person which fault of a launch link does not exist', async () => {
  const response = await fetch(`${ehr.url}/launch?patient=jane-roe&fault=no-such`, { redirect: 'manual' })
  expect(response.status).toBe(400)
  expect(await response.text()).toContain('no-such')
})
