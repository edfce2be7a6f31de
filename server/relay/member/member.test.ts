import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/domain/json'
import { databases } from '../test-databases'
import { about, bundle, match, memberWorlds, patient, UMB } from './member.test-data'

describe.each(await databases())('a member’s records by way of the relay on $name', ({ fresh }) => {
  const world = memberWorlds(fresh)

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
    const { payer, page, signIn, get, found } = await world()
    const before = [await get('Condition?patient=m1'), await get('Patient/m1'), await get('Practitioner/p1')]
    expect(before.map(({ status }) => status)).toEqual([403, 403, 403])
    expect(payer.saw).toEqual([])
    await found()
    const other = await signIn()
    const sent = payer.saw.length
    expect((await get('Condition?patient=m1', other)).status).toBe(403)
    expect((await page.call('GET', '/payers/acme/fhir/Condition?patient=m1')).status).toBe(401)
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

  describe('whom a card names', () => {
    const jane = { ...patient('m1'), name: [{ family: 'Doe', given: ['Jane'] }], birthDate: '1961-02-03' }
    const card = (
      own: object,
      more: object = { name: 'MemberId', valueReference: { reference: 'Patient/m1' } },
    ) => ({
      resourceType: 'Parameters',
      parameter: [{ name: 'MemberPatient', resource: { ...jane, id: 'x', ...own } }, more],
    })

    it.each([
      ['by reference', {}, undefined, 200],
      ['by identifier', {}, { name: 'MemberIdentifier', valueIdentifier: UMB }, 200],
      ['of another birth date', { birthDate: '1961-02-04' }, undefined, 422],
      ['of another name', { name: [{ family: 'Roe' }] }, undefined, 422],
      ['without a name', { name: [] }, undefined, 422],
    ])(
      'are opened for who knows the same of the patient as a match asks: %s',
      async (_, own, more, status) => {
        const { page, session, base, get } = await world({
          '/fhir/Patient/m1': () => jane,
          [`/fhir/Patient?identifier=${encodeURIComponent(`${UMB.system}|M1`)}`]: () => bundle([jane]),
        })
        const answer = await page.call('POST', `${base}/Patient/$card-member`, {
          session,
          body: card(own, more),
        })
        expect(answer.status).toBe(status)
        expect(await answer.text()).not.toContain('M1')
        expect((await get('Condition?patient=m1')).status).toBe(status === 200 ? 200 : 403)
      },
    )
  })
})
