import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/domain/json'
import { databases } from '../test-databases'
import { browser, testEhr, testPayer, testRelay } from '../world.test-data'

const UMB = { system: 'https://acme.example/member', value: 'M1' }
const match = { resourceType: 'Parameters', parameter: [{ name: 'MemberPatient', resource: {} }] }
const about = (type: string, id: string, patient: string) => ({
  resourceType: type,
  id,
  subject: { reference: `Patient/${patient}` },
})
const bundle = (resources: readonly unknown[], links: readonly unknown[] = []) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  link: links,
  entry: resources.map((resource) => ({ resource })),
})
const patient = (id: string) => ({
  resourceType: 'Patient',
  id,
  identifier: [{ ...UMB, value: id === 'm1' ? 'M1' : 'other' }],
})

describe.each(await databases())('a member’s records by way of the relay on $name', ({ fresh }) => {
  const closing: (() => Promise<unknown>)[] = []
  let ehr: Awaited<ReturnType<typeof testEhr>>
  beforeEach(async () => {
    ehr = await testEhr()
    closing.push(ehr.close)
  })
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  /** A payer with a member m1, and whatever else a test has it say. */
  async function world(says: Readonly<Record<string, (url: string) => unknown>> = {}) {
    const payer = await testPayer(({ method, path }, response) => {
      const own = says[path]?.(payer.url)
      if (own === 'redirect') {
        response.writeHead(302, { location: 'https://evil.example/' })
        return void response.end()
      }
      const standard: Readonly<Record<string, unknown>> = {
        '/fhir/Patient/$member-match': {
          resourceType: 'Parameters',
          parameter: [{ name: 'MemberIdentifier', valueIdentifier: UMB }],
        },
        '/fhir/metadata': { resourceType: 'CapabilityStatement' },
        [`/fhir/Patient?identifier=${encodeURIComponent(`${UMB.system}|M1`)}`]: bundle([patient('m1')]),
        '/fhir/Patient/m1': patient('m1'),
        '/fhir/Condition?patient=m1': bundle([about('Condition', 'c1', 'm1')]),
        '/fhir/Practitioner/p1': { resourceType: 'Practitioner', id: 'p1' },
      }
      const found = own ?? standard[path]
      response.statusCode = found === undefined ? 404 : method === 'GET' || path.includes('$') ? 200 : 405
      response.end(JSON.stringify(found ?? { resourceType: 'OperationOutcome', issue: [] }))
    })
    const relay = await testRelay({
      ehr: ehr.fhirBase,
      payers: [
        {
          id: 'acme',
          cdsBase: `${payer.url}/cds`,
          fhirBase: `${payer.url}/fhir`,
          settings: { records: { credential: { kind: 'jwt' } } },
        },
        { id: 'other', cdsBase: `${payer.url}/cds`, fhirBase: `${payer.url}/fhir` },
      ],
      database: await fresh(),
    })
    const page = browser(relay.url)
    const session = await page.signIn(ehr)
    closing.push(payer.close, () => relay.close())
    const base = '/payers/acme/fhir'
    const get = async (path: string, label = session) => {
      const answer = await page.call('GET', `${base}/${path}`, { session: label })
      return { status: answer.status, json: (await answer.json()) as JsonObject }
    }
    const ask = async (label = session) =>
      (await page.call('POST', `${base}/Patient/$member-match`, { session: label, body: match })).status
    const found = async () => {
      await ask()
      return get(`Patient?identifier=${encodeURIComponent(`${UMB.system}|M1`)}`)
    }
    const names = ({ json }: { readonly json: JsonObject }): readonly string[] =>
      ((json.entry ?? []) as { resource: { resourceType: string; id?: string } }[]).map(
        ({ resource }) => `${resource.resourceType}/${resource.id ?? ''}`,
      )
    return { payer, relay, page, session, base, get, ask, found, names }
  }

  it('tells browsers where they are read, and keeps their own address for a name', async () => {
    const { relay, payer } = await world()
    const config = (await (await fetch(`${relay.url}/config.json`)).json()) as JsonObject
    expect(config.payers).toMatchObject([
      { fhirBase: `${payer.url}/fhir`, recordsVia: '/relay/payers/acme/fhir', authorization: 'proxy' },
      expect.not.objectContaining({ recordsVia: expect.anything() }),
    ])
  })

  it('are matched, found and read, with the site’s own credential and nothing of the browser’s', async () => {
    const { payer, get, found, names } = await world()
    expect((await get('metadata')).status).toBe(200)
    expect(names(await found())).toEqual(['Patient/m1'])
    expect(names(await get('Condition?patient=m1'))).toEqual(['Condition/c1'])
    expect(await get('Patient/m1')).toEqual({ status: 200, json: patient('m1') })
    expect((await get('Practitioner/p1')).status).toBe(200)
    expect(payer.saw.map(({ method, path }) => `${method} ${path.split('?')[0]}`)).toEqual([
      'GET /fhir/metadata',
      'POST /fhir/Patient/$member-match',
      'GET /fhir/Patient',
      'GET /fhir/Condition',
      'GET /fhir/Patient/m1',
      'GET /fhir/Practitioner/p1',
    ])
    expect(JSON.parse(payer.saw[1]?.body ?? '')).toEqual(match)
    expect(payer.saw.every(({ cookie }) => cookie === undefined)).toBe(true)
    expect(new Set(payer.saw.map(({ authorization }) => authorization?.split('.').length))).toEqual(
      new Set([3]),
    )
  })

  it('are of nobody before a match, nor of another session’s member, and nothing is sent', async () => {
    const { payer, page, get, found } = await world()
    const before = [await get('Condition?patient=m1'), await get('Patient/m1'), await get('Practitioner/p1')]
    expect(before.map(({ status }) => status)).toEqual([403, 403, 403])
    expect(payer.saw).toEqual([])
    await found()
    const other = await page.signIn(ehr)
    const sent = payer.saw.length
    expect((await get('Condition?patient=m1', other)).status).toBe(403)
    expect((await page.call('GET', '/payers/acme/fhir/Condition?patient=m1')).status).toBe(401)
    expect(payer.saw).toHaveLength(sent)
  })

  it.each([
    'Condition?patient=m2',
    'Condition?patient=m1,m2',
    'Condition?patient=m1&patient=m2',
    'Condition?subject=Group/1',
    'Condition',
    'Condition?code=1',
    'Condition?patient.name=Doe',
    'Condition?patient=m1&_has:Observation:patient:code=1',
    'Condition?patient:identifier=m1',
    'Condition?patient=m1&_revinclude=Claim:patient',
    'Condition?patient=https://evil.example/Patient/m1',
    'Patient/m2',
    'Patient?name=Doe',
    'Patient?identifier=M2',
    'Patient?identifier=M1&identifier=M2',
    'Patient/m1/$everything',
    'Patient/$member-match',
    'Practitioner?name=Doe',
    '$export',
    'Patient/..%2f..%2fadmin',
    'https://evil.example/Patient/m1',
    '_pages/AAAA',
  ])('are refused without a word to the payer: %s', async (path) => {
    const { payer, get, found } = await world()
    await found()
    const sent = payer.saw.length
    expect((await get(path)).status).toBeGreaterThanOrEqual(400)
    expect(payer.saw).toHaveLength(sent)
  })

  it('are never written', async () => {
    const { payer, page, session, base, found } = await world()
    await found()
    const sent = payer.saw.length
    for (const [method, path] of [
      ['POST', 'Condition'],
      ['PUT', 'Condition/c1'],
      ['PATCH', 'Patient/m1'],
      ['DELETE', 'Condition/c1'],
      ['POST', ''],
    ] as const) {
      const answer = await page.call(method, `${base}/${path}`, {
        session,
        body: about('Condition', 'x', 'm1'),
      })
      expect([404, 405]).toContain(answer.status)
    }
    expect(payer.saw).toHaveLength(sent)
  })

  it('are given without those of others that came along, and it is said', async () => {
    const { get, found, names } = await world({
      '/fhir/Observation?patient=m1': () =>
        bundle([
          about('Observation', 'o1', 'm1'),
          about('Observation', 'o2', 'm2'),
          patient('m2'),
          { resourceType: 'Organization', id: 'acme' },
          bundle([patient('m2')]),
        ]),
      '/fhir/Condition/c2': () => about('Condition', 'c2', 'm2'),
      '/fhir/Condition/c3': () => ({ resourceType: 'Condition', id: 'c3' }),
    })
    await found()
    const observations = await get('Observation?patient=m1')
    expect(names(observations)).toEqual(['Observation/o1', 'Organization/acme', 'OperationOutcome/'])
    expect(JSON.stringify(observations.json)).toMatch(/3 records of other people came along/)
    for (const path of ['Condition/c2', 'Condition/c3']) {
      const { status, json } = await get(path)
      expect([status, json.resourceType]).toEqual([403, 'OperationOutcome'])
    }
  })

  it('are those of the one member, where a payer answers a search with everybody', async () => {
    const { get, found, names } = await world({
      [`/fhir/Patient?identifier=${encodeURIComponent(`${UMB.system}|M1`)}`]: () =>
        bundle([patient('m2'), patient('m1'), patient('m3')]),
    })
    expect(names(await found())).toEqual(['Patient/m1', 'OperationOutcome/'])
    expect((await get('Patient/m2')).status).toBe(403)
    expect((await get('Patient/m1')).status).toBe(200)
  })

  it('go on to the next page at the relay’s own address, in the same session alone', async () => {
    const { payer, relay, page, get, found, names } = await world({
      '/fhir/Condition?patient=m1': (url) =>
        bundle(
          [about('Condition', 'c1', 'm1')],
          [
            { relation: 'self', url: `${url}/fhir/Condition?patient=m1` },
            { relation: 'next', url: `${url}/fhir?_getpages=abc` },
            { relation: 'last', url: `${url}/fhir?_getpages=xyz` },
          ],
        ),
      '/fhir?_getpages=abc': () => bundle([about('Condition', 'c2', 'm1'), about('Condition', 'x', 'm2')]),
    })
    await found()
    const { json } = await get('Condition?patient=m1')
    const links = json.link as { relation: string; url: string }[]
    expect(links.map(({ relation }) => relation)).toEqual(['self', 'next'])
    const next = links[1]?.url.replace(`${relay.url}/relay/payers/acme/fhir/`, '') ?? ''
    expect(next).toMatch(/^_pages\/[\w-]+$/)
    expect(names(await get(next))).toEqual(['Condition/c2', 'OperationOutcome/'])
    const sent = payer.saw.length
    expect((await get(next, await page.signIn(ehr))).status).toBe(502)
    expect((await get(`${next.slice(0, -4)}AAAA`)).status).toBe(502)
    expect(payer.saw).toHaveLength(sent)
  })

  it.each([
    ['another host', () => 'https://evil.example/fhir/Condition?page=2'],
    ['another path', (url: string) => `${url}/admin?page=2`],
    ['a way out of the path', (url: string) => `${url}/fhir/%2e%2e/admin`],
    ['a name before the host', (url: string) => url.replace('//', '//user:word@')],
  ])('are not followed to %s', async (_, next) => {
    const { payer, relay, get, found } = await world({
      '/fhir/Condition?patient=m1': (url) =>
        bundle([about('Condition', 'c1', 'm1')], [{ relation: 'next', url: next(url) }]),
    })
    await found()
    const { json } = await get('Condition?patient=m1')
    const [link] = json.link as { url: string }[]
    const sent = payer.saw.length
    const there = await get(link?.url.replace(`${relay.url}/relay/payers/acme/fhir/`, '') ?? '')
    expect(there.status).toBe(502)
    expect(JSON.stringify(there.json)).toMatch(/pointed to another address/)
    expect(payer.saw).toHaveLength(sent)
  })

  it('follow no redirect, and are nothing but FHIR', async () => {
    const { get, found } = await world({
      '/fhir/Condition?patient=m1': () => 'redirect',
      '/fhir/Procedure?patient=m1': () => ['<html>'],
    })
    await found()
    expect((await get('Condition?patient=m1')).status).toBe(502)
    expect((await get('Procedure?patient=m1')).status).toBe(502)
  })

  it('are kept request by request, with what was given and for which chart, and not without', async () => {
    const { payer, relay, session, get, ask } = await world({
      '/fhir/Patient/$member-match': () => ({
        resourceType: 'Parameters',
        parameter: [
          { name: 'MemberIdentifier', valueIdentifier: UMB },
          { name: 'MemberId', valueReference: { reference: 'Patient/m1' } },
        ],
      }),
    })
    await ask()
    await get('Condition?patient=m1')
    const kept = (await relay.log.search({})).map(({ kind, content }) => [kind, JSON.parse(content)])
    expect(kept).toEqual([
      ['answered', { status: 200, resources: ['Condition/c1'], left: 0 }],
      ['asked', { method: 'GET', url: `${payer.url}/fhir/Condition?patient=m1` }],
      ['answered', { status: 200, body: expect.stringContaining('MemberIdentifier') }],
      [
        'asked',
        expect.objectContaining({
          url: `${payer.url}/fhir/Patient/$member-match`,
          body: JSON.stringify(match),
        }),
      ],
    ])
    await relay.stopDatabase()
    const sent = payer.saw.length
    expect((await get('Condition?patient=m1', session)).status).toBe(503)
    expect(payer.saw).toHaveLength(sent)
  })

  it('are read through the relay only where it is set up so', async () => {
    const { page, session } = await world()
    expect((await page.call('GET', '/payers/other/fhir/metadata', { session })).status).toBe(404)
  })
})
