import { describe, expect, it } from 'vitest'
import { databases } from '../test-databases'
import { about, bundle, memberWorlds } from './member.test-data'

describe.each(await databases())(
  'a member’s records by way of the relay, and no others, on $name',
  ({ fresh }) => {
    const world = memberWorlds(fresh)

    it('are refused without a word to the payer', async () => {
      const { payer, get, found } = await world()
      await found()
      const sent = payer.saw.length
      const asked = [
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
      ]
      for (const path of asked) expect((await get(path)).status, path).toBeGreaterThanOrEqual(400)
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

    it('go on to the next page at the relay’s own address, in the same session alone', async () => {
      const { payer, relay, signIn, get, found, names } = await world({
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
      expect((await get(next, await signIn())).status).toBe(502)
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
  },
)
