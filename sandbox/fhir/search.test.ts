import { describe, expect, it } from 'vitest'
import type { FhirStore } from './store'
import { base, bundleIn, complaintIn, keysIn, serve, smallStore } from './test-server'

const subject = { reference: 'Patient/jane' }
const observation = (id: string, more: object): object => ({
  resource: { resourceType: 'Observation', id, status: 'final', code: { text: id }, subject, ...more },
})

const filled = (): FhirStore => {
  const store = smallStore()
  store.loadTransaction({
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      observation('lab', {
        category: [{ coding: [{ system: 'urn:cat', code: 'laboratory' }] }],
        code: { coding: [{ system: 'http://loinc.org', code: '4548-4', display: 'Hemoglobin A1c' }] },
        effectiveDateTime: '2026-03-03T08:00:00Z',
        performer: [{ reference: 'Practitioner/moreno' }],
      }),
      observation('vital', {
        category: [{ coding: [{ system: 'urn:cat', code: 'vital-signs' }] }],
        effectivePeriod: { start: '2026-05-01', end: '2026-05-02' },
        encounter: { reference: 'Encounter/e1' },
      }),
      observation('bens', { subject: { reference: 'Patient/ben' }, effectiveDateTime: '2025-01-01' }),
      {
        resource: {
          resourceType: 'Encounter',
          id: 'e1',
          status: 'finished',
          class: { code: 'AMB' },
          subject,
          participant: [{ individual: { reference: 'Practitioner/moreno' } }],
          serviceProvider: { identifier: { system: 'urn:npi', value: '77' } },
          period: { start: '2026-05-01T09:00:00Z' },
        },
      },
      {
        resource: {
          resourceType: 'Provenance',
          id: 'prov',
          target: [{ reference: 'Observation/lab' }],
          recorded: '2026-03-03T09:00:00Z',
          agent: [{ who: { reference: 'Practitioner/moreno' } }],
        },
      },
      {
        resource: {
          resourceType: 'DocumentReference',
          id: 'doc',
          status: 'current',
          subject,
          content: [{ attachment: {} }],
          description: 'Ärztebrief, kurz',
        },
      },
    ],
  })
  return store
}

describe('search', () => {
  it.each([
    ['Observation?patient=jane', ['Observation/lab', 'Observation/vital']],
    ['Observation?patient=Patient/jane', ['Observation/lab', 'Observation/vital']],
    [`Observation?patient=${base}/Patient/jane`, ['Observation/lab', 'Observation/vital']],
    ['Observation?patient=https://elsewhere.test/fhir/Patient/jane', []],
    ['Observation?subject=Patient/jane&category=laboratory', ['Observation/lab']],
    ['Observation?subject:Patient=ben', ['Observation/bens']],
    ['Observation?patient=jane,ben&date=lt2026-04', ['Observation/lab', 'Observation/bens']],
    ['Observation?patient=jane&patient=ben', []],
    ['Observation?category=urn:cat|laboratory,urn:cat|vital-signs', ['Observation/lab', 'Observation/vital']],
    ['Observation?category:not=urn:cat|laboratory', ['Observation/vital', 'Observation/bens']],
    ['Observation?code=http://loinc.org|', ['Observation/lab']],
    ['Observation?code:text=hemo', ['Observation/lab']],
    ['Observation?date=ge2026-03-03&date=lt2026-03-04', ['Observation/lab']],
    ['Observation?date=2026-05', ['Observation/vital']],
    ['Observation?performer=Practitioner/moreno', ['Observation/lab']],
    ['Observation?performer:missing=true', ['Observation/vital', 'Observation/bens']],
    ['Observation?_id=lab,bens', ['Observation/lab', 'Observation/bens']],
    ['Observation?_lastUpdated=ge2026-11-20', ['Observation/lab', 'Observation/vital', 'Observation/bens']],
    ['Observation?_lastUpdated=gt2026-11-20', []],
    ['Observation?_sort=date', ['Observation/bens', 'Observation/lab', 'Observation/vital']],
    ['Observation?_sort=-date', ['Observation/vital', 'Observation/lab', 'Observation/bens']],
    ['Observation?_sort=category,-_id', ['Observation/lab', 'Observation/vital', 'Observation/bens']],
    ['Patient?name=okafor', ['Patient/ben']],
    ['Patient?name=OKA', ['Patient/ben']],
    ['Patient?name=kafor', []],
    ['Patient?name:contains=kafor', ['Patient/ben']],
    ['Patient?family:exact=Okafor', []],
    ['Patient?family:exact=Ökafor', ['Patient/ben']],
    ['Patient?gender=female', ['Patient/jane']],
    ['Encounter?service-provider:identifier=urn:npi|77', ['Encounter/e1']],
    ['DocumentReference?description=arztebrief\\, kurz', ['DocumentReference/doc']],
    ['Patient?gender=', ['Patient/jane', 'Patient/ben']],
  ])('%s', async (query, expected) => {
    const answer = await serve({ store: filled() })(`GET /${encodeURI(query)}`)
    expect(answer.status).toBe(200)
    expect(keysIn(answer)).toEqual(expected)
    expect(bundleIn(answer).total).toBe(expected.length)
  })

  it('works the same by POST', async () => {
    const answer = await serve({ store: filled() })(
      'POST /Observation/_search',
      'patient=jane&category=laboratory',
      {
        'Content-Type': 'application/x-www-form-urlencoded',
      },
    )
    expect(keysIn(answer)).toEqual(['Observation/lab'])
  })

  it.each([
    'Observation?date=soon',
    'Observation?date=2026-02-30',
    'Observation?_count=many',
    'Observation?patient:below=jane',
    'Observation?category:in=x',
    'Patient?name:fuzzy=x',
    'Observation?performer:missing=perhaps',
  ])('%s is a 400', async (query) => {
    const answer = await serve({ store: filled() })(`GET /${query}`)
    expect(answer.status).toBe(400)
    expect(complaintIn(answer)).not.toBe('')
  })

  it('ignores what it does not know, leaves it out of the self link and says so', async () => {
    const answer = await serve({ store: filled() })(
      'GET /Observation?patient=jane&colour=red&patient.name=x&_sort=colour',
    )
    expect(keysIn(answer)).toHaveLength(2)
    expect(bundleIn(answer).link?.[0]).toEqual({ relation: 'self', url: `${base}/Observation?patient=jane` })
    const note = bundleIn(answer).entry?.at(-1)
    expect(note?.search?.mode).toBe('outcome')
    expect(JSON.stringify(note?.resource)).toContain('colour')
  })

  it('refuses what it does not know when handling is strict', async () => {
    const answer = await serve({ store: filled() })('GET /Observation?colour=red', undefined, {
      Prefer: 'handling=strict',
    })
    expect(answer.status).toBe(400)
    expect(complaintIn(answer)).toContain('colour')
  })

  it('counts without entries, and leaves the total out when asked', async () => {
    const call = serve({ store: filled() })
    for (const query of ['_summary=count', '_count=0']) {
      const answer = await call(`GET /Observation?${query}`)
      expect(bundleIn(answer)).toMatchObject({ total: 3 })
      expect(bundleIn(answer).entry).toBeUndefined()
    }
    expect(bundleIn(await call('GET /Observation?_total=none')).total).toBeUndefined()
  })

  it('gives only the elements asked for, and marks what it cut', async () => {
    const answer = await serve({ store: filled() })('GET /Observation?_id=lab&_elements=status')
    const [entry] = bundleIn(answer).entry ?? []
    expect(Object.keys(entry?.resource ?? {}).sort()).toEqual(['id', 'meta', 'resourceType', 'status'])
    expect(entry?.resource?.meta?.tag?.[0]?.code).toBe('SUBSETTED')
  })
})

describe('inclusions', () => {
  it.each([
    ['Observation?_id=lab&_include=Observation:performer', ['Practitioner/moreno']],
    ['Observation?_id=lab&_include=Observation:patient', ['Patient/jane']],
    ['Observation?_id=lab&_include=Observation:subject:Practitioner', []],
    ['Observation?_id=lab&_include=Observation:*', ['Patient/jane', 'Practitioner/moreno']],
    ['Observation?_id=vital&_include=Observation:encounter', ['Encounter/e1']],
    [
      'Observation?_id=vital&_include=Observation:encounter&_include=Encounter:practitioner',
      ['Encounter/e1'],
    ],
    [
      'Observation?_id=vital&_include=Observation:encounter&_include:iterate=Encounter:practitioner',
      ['Encounter/e1', 'Practitioner/moreno'],
    ],
    ['Observation?patient=jane&_revinclude=Provenance:target', ['Provenance/prov']],
    [
      'Patient?_id=jane&_revinclude=Observation:patient&_revinclude:iterate=Provenance:target',
      ['Observation/lab', 'Observation/vital', 'Provenance/prov'],
    ],
    ['Observation?patient=jane&_include=Observation:colour', []],
  ])('%s', async (query, expected) => {
    expect(keysIn(await serve({ store: filled() })(`GET /${query}`), 'include')).toEqual(expected)
  })
})
