import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadValueSets } from './expand'
import { loadBundles } from './load'
import { referencesIn } from './references'
import { FhirStore } from './store'
import { bundleIn, fullOffer, keysIn, serve } from './test-server'
import { complaintsAbout } from './validate'

const demo = 'sandbox/data/ehr'
const synthea = '../shared/data/synthea'

/** Literal references of all resources that lead nowhere. */
const dangling = (store: FhirStore): readonly string[] =>
  store.types().flatMap((type) =>
    store.all(type).flatMap((resource) =>
      referencesIn(resource).flatMap(({ reference }) => {
        const [target = '', id = ''] = String(reference).split('/')
        return String(reference).startsWith('#') || store.get(target, id)
          ? []
          : [`${type}/${resource.id} -> ${reference}`]
      }),
    ),
  )

describe('the people of the sandbox EHR', () => {
  const store = new FhirStore()
  loadBundles(store, demo)

  it('are valid by the server’s own rules', () => {
    const complaints = store
      .types()
      .flatMap((type) =>
        store
          .all(type)
          .flatMap((resource) =>
            complaintsAbout(resource).map((c) => `${type}/${resource.id} ${c.diagnostics}`),
          ),
      )
    expect(complaints).toEqual([])
  })

  it('have no reference that leads nowhere', () => {
    expect(dangling(store)).toEqual([])
  })

  it.each([
    ['jane-roe', ['95216', '63121']],
    ['ben-okafor', ['63121']],
    ['mei-liu', ['99999']],
    ['zofia-zolc', ['95216']],
    ['wei-zhang', ['95216']],
    ['sam-nocover', []],
  ])('%s is insured by %j', (patient, payers) => {
    const coverages = store.search('Coverage', `patient=${patient}&status=active&_include=Coverage:payor`)
    const values = coverages.flatMap((coverage) =>
      referencesIn('payor' in coverage ? coverage.payor : []).map(({ reference }) => {
        const payor = store.get('Organization', String(reference).split('/')[1] ?? '')
        return payor && 'identifier' in payor
          ? JSON.stringify(payor.identifier).match(/"value":"(\d+)"/)?.[1]
          : undefined
      }),
    )
    expect(values).toEqual(payers)
  })

  it('pat-expired has only coverages that are over', () => {
    const coverages = store.search('Coverage', 'patient=pat-expired')
    expect(coverages).toHaveLength(2)
    for (const coverage of coverages)
      expect(coverage).toMatchObject({ period: { end: expect.stringMatching(/^202[45]/) } })
  })

  it('each have an appointment on 27 November 2026, a problem and an encounter', () => {
    for (const { id } of store.all('Patient')) {
      for (const query of ['Appointment?date=2026-11-27&', 'Condition?', 'Encounter?']) {
        const [type = '', rest = ''] = query.split('?')
        expect(store.search(type, `${rest}patient=${id}`), `${type} of ${id}`).not.toEqual([])
      }
    }
  })
})

describe('$expand', () => {
  const call = serve({ valueSets: loadValueSets(join(demo, 'valuesets')) })
  const expand = async (name: string, rest = '') => {
    const answer = await call(
      `GET /ValueSet/$expand?url=https://lakeside.example/fhir/ValueSet/${name}${rest}`,
    )
    expect(answer.status).toBe(200)
    return answer.body as { expansion: { total: number; contains?: { code: string; system: string }[] } }
  }

  it.each([
    ['problems', 'sleep apnea', ['G47.30', 'G47.33']],
    ['problems', 'apnea obs', ['G47.33']],
    ['problems', 'g4733', ['G47.33']],
    ['problems', 'G47.33', ['G47.33']],
    ['problems', 'pnea', []],
    ['services', 'cpap', ['E0601']],
    ['services', 'E0601', ['E0601']],
    ['medications', 'lipitor', ['617318']],
    ['service-types', 'Nutrition', ['nutrition']],
  ])('of %s with "%s" finds %j', async (name, filter, codes) => {
    const { expansion } = await expand(name, `&filter=${encodeURIComponent(filter)}`)
    expect((expansion.contains ?? []).map(({ code }) => code)).toEqual(codes)
  })

  it('gives a part when asked, and the total', async () => {
    const { expansion } = await expand('problems', '&count=5&offset=2')
    expect(expansion.contains).toHaveLength(5)
    expect(expansion.total).toBeGreaterThanOrEqual(60)
  })

  it('takes a Parameters resource', async () => {
    const parameter = [
      { name: 'url', valueUri: 'https://lakeside.example/fhir/ValueSet/medications' },
      { name: 'filter', valueString: 'apix' },
    ]
    const answer = await call('POST /ValueSet/$expand', { resourceType: 'Parameters', parameter })
    expect(JSON.stringify(answer.body)).toContain('1364445')
  })

  it('is valid, and refuses what it cannot do', async () => {
    expect(complaintsAbout((await expand('services')) as never)).toEqual([])
    expect((await call('GET /ValueSet/$expand')).status).toBe(400)
    expect((await serve()('GET /ValueSet/$expand?url=urn:x')).status).toBe(404)
    expect((await call('DELETE /ValueSet/$expand')).status).toBe(405)
    expect((await call('GET /ValueSet/$expand?url=urn:other')).status).toBe(404)
    expect(
      (await call('GET /ValueSet/$expand?url=https://lakeside.example/fhir/ValueSet/problems&count=x'))
        .status,
    ).toBe(400)
  })
})

describe.skipIf(!existsSync(synthea))('the Synthea bundles', () => {
  const files = existsSync(synthea) ? readdirSync(synthea).filter((name) => name.endsWith('.json')) : []
  const store = new FhirStore()
  const report = existsSync(synthea) ? loadBundles(store, synthea) : { loaded: 0, known: 0 }

  it('load whole: every resource of the ten files is there once', () => {
    const keys = files.flatMap((name) => {
      const { entry } = JSON.parse(readFileSync(join(synthea, name), 'utf8')) as {
        entry: { resource: { resourceType: string; id: string } }[]
      }
      return entry.map(({ resource }) => `${resource.resourceType}/${resource.id}`)
    })
    expect(files).toHaveLength(10)
    expect(report).toEqual({ loaded: 3012, known: 24 })
    expect(keys).toHaveLength(report.loaded + report.known)
    expect(store.size).toBe(new Set(keys).size)
    expect(store.all('Patient')).toHaveLength(8)
    expect(dangling(store)).toEqual([])
  })

  it('give the whole history of the largest patient, page by page', async () => {
    const rules = { interactions: ['read', 'search-type'], conditionalCreate: false } as const
    const offer = { ...fullOffer, types: Object.fromEntries(store.types().map((type) => [type, rules])) }
    const call = serve({ store, offer })
    const patient = keysIn(await call('GET /Patient?name=hyatt'))[0]?.split('/')[1] ?? ''
    const seen = new Set<string>()
    let url: string | undefined = `/Patient/${patient}/$everything`
    while (url) {
      const page = await call(`GET ${url}`)
      for (const key of keysIn(page)) seen.add(key)
      url = bundleIn(page).link?.find((link) => link.relation === 'next')?.url
    }
    expect(seen.size).toBe(1111)
    expect(bundleIn(await call(`GET /Observation?patient=${patient}&_summary=count`)).total).toBe(351)
  })
})

describe('loading', () => {
  const bundle = (...resources: object[]) => ({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: resources.map((resource) => ({ resource })),
  })
  const encounter = {
    resourceType: 'Encounter',
    id: 'e',
    status: 'finished',
    class: { code: 'AMB' },
    participant: [{ individual: { reference: 'Practitioner?identifier=urn:npi|7' } }],
  }
  const practitioner = {
    resourceType: 'Practitioner',
    id: 'dr',
    identifier: [{ system: 'urn:npi', value: '7' }],
  }

  it('resolves conditional references, also inside the same bundle', () => {
    const store = new FhirStore()
    store.loadTransaction(bundle(encounter, practitioner))
    expect(store.get('Encounter', 'e')).toMatchObject({
      participant: [{ individual: { reference: 'Practitioner/dr' } }],
    })
  })

  it('loads nothing of a bundle whose conditional references find nothing', () => {
    const store = new FhirStore()
    expect(() => store.loadTransaction(bundle({ resourceType: 'Patient', id: 'p' }, encounter))).toThrow(
      'urn:npi|7',
    )
    expect(store.size).toBe(0)
  })

  it('resolves urn:uuid references to bundles loaded before', () => {
    const store = new FhirStore()
    store.loadTransaction({
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [{ fullUrl: 'urn:uuid:o', resource: { resourceType: 'Organization', id: 'org' } }],
    })
    store.loadTransaction(
      bundle({ resourceType: 'Patient', id: 'p', managingOrganization: { reference: 'urn:uuid:o' } }),
    )
    expect(store.get('Patient', 'p')).toMatchObject({
      managingOrganization: { reference: 'Organization/org' },
    })
  })
})
