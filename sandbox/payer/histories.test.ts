import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { complaintsAbout, FhirStore, loadBundles } from '../fhir'
import { at, isObject, type JsonObject, objectsIn, textOf } from './json'
import { LARGE_MEMBER, makeLargeMember } from './large-member'
import { type RunningPayer, startPayer } from './server'

let acme: RunningPayer
beforeAll(async () => {
  acme = await startPayer({ name: 'acme', port: 0, app: 'http://app.example' })
})
afterAll(() => acme.close())

const get = async (url: string): Promise<unknown> =>
  (await fetch(url.startsWith('http') ? url : `${acme.url}/fhir/${url}`)).json()

/** Every page of a search, by its next links. */
async function pages(query: string): Promise<readonly unknown[]> {
  const read: unknown[] = []
  let next: string | undefined = query
  while (next !== undefined) {
    const page = await get(next)
    read.push(page)
    next = textOf(objectsIn(at(page, 'link')).find(({ relation }) => relation === 'next')?.url)
  }
  return read
}

const entries = (page: unknown, mode: string): readonly JsonObject[] =>
  objectsIn(at(page, 'entry'))
    .filter((entry) => at(entry, 'search', 'mode') === mode)
    .flatMap(({ resource }) => (isObject(resource) ? [resource] : []))

const all = async (query: string): Promise<readonly JsonObject[]> =>
  (await pages(query)).flatMap((page) => entries(page, 'match'))

describe('Rosalind Marsh, whose history is rich', () => {
  it.each([
    ['AllergyIntolerance', 2],
    ['CarePlan', 1],
    ['CareTeam', 1],
    ['Condition', 6],
    ['Coverage', 2],
    ['Device', 1],
    ['DiagnosticReport', 2],
    ['DocumentReference', 2],
    ['Encounter', 5],
    ['ExplanationOfBenefit', 7],
    ['Goal', 1],
    ['Immunization', 5],
    ['MedicationDispense', 8],
    ['MedicationRequest', 3],
    ['Observation', 10],
    ['Procedure', 3],
    ['ServiceRequest', 1],
    ['Specimen', 1],
  ])('has %s', async (type, count) => {
    expect(await all(`${type}?patient=m-90001`)).toHaveLength(count)
  })

  it('has claims of every CARIN kind, a prior authorization, and one with amounts', async () => {
    const claims = await all('ExplanationOfBenefit?patient=m-90001')
    const profiles = claims.map(({ meta }) => String(at(meta, 'profile', 0)).replace(/^.*\//, ''))
    expect(profiles.sort()).toEqual([
      'C4BB-ExplanationOfBenefit-Inpatient-Institutional-Basis',
      'C4BB-ExplanationOfBenefit-Oral-Basis',
      'C4BB-ExplanationOfBenefit-Outpatient-Institutional',
      'C4BB-ExplanationOfBenefit-Outpatient-Institutional-Basis',
      'C4BB-ExplanationOfBenefit-Pharmacy-Basis',
      'C4BB-ExplanationOfBenefit-Professional-NonClinician-Basis',
      'pdex-priorauthorization',
    ])
    expect(claims.filter(({ use }) => use === 'preauthorization')).toHaveLength(1)
    expect(claims.filter(({ total }) => total !== undefined)).toHaveLength(1)
  })

  it('has records that came by way of another payer, with a Provenance of each', async () => {
    const [page] = await pages('Procedure?patient=m-90001&date=2023-04-18&_revinclude=Provenance:target')
    const transmitters = entries(page, 'include').flatMap((provenance) =>
      objectsIn(provenance.agent)
        .filter((agent) => at(agent, 'type', 'coding', 0, 'code') === 'transmitter')
        .map((agent) => at(agent, 'who', 'display')),
    )
    // The third is of the whole exchange.
    expect(transmitters.sort()).toEqual(['Acme Health', 'Acme Health', 'Borealis Mutual'])
  })

  it('has a fill without a word for the medicine', async () => {
    const fills = await all('MedicationDispense?patient=m-90001')
    const silent = fills.filter(({ medicationCodeableConcept: m }) => at(m, 'text') === undefined)
    expect(silent.map(({ medicationCodeableConcept: m }) => at(m, 'coding', 0, 'display'))).toEqual([
      undefined,
    ])
  })
})

describe('Hugo Lang, who has ten thousand records', () => {
  it('has them when first read, a thousand a page and each once', async () => {
    const types =
      'Observation MedicationDispense ExplanationOfBenefit Encounter Procedure Condition DiagnosticReport Immunization Provenance Coverage'.split(
        ' ',
      )
    const ids = new Set<string>()
    for (const type of types) {
      const query =
        type === 'Provenance'
          ? `Observation?patient=${LARGE_MEMBER}&_revinclude=Provenance:target`
          : `${type}?patient=${LARGE_MEMBER}`
      const mode = type === 'Provenance' ? 'include' : 'match'
      for (const page of await pages(`${query}&_count=1000`))
        for (const { id } of entries(page, mode)) ids.add(`${type}/${String(id)}`)
    }
    // All but the Patient.
    expect(ids.size).toBe(9_999)
  })

  it('has them again after a reset, the same as before', async () => {
    const first = await get(`Observation?patient=${LARGE_MEMBER}&_count=3`)
    await fetch(`${acme.url}/_reset`, { method: 'POST' })
    const again = await get(`Observation?patient=${LARGE_MEMBER}&_count=3`)
    const bare = (page: unknown) => entries(page, 'match').map(({ meta: _, ...rest }) => rest)
    expect(bare(again)).toEqual(bare(first))
    expect(at(again, 'total')).toBe(5198)
  })

  it('has valid ones', () => {
    const store = new FhirStore()
    loadBundles(store, 'sandbox/data/acme/members')
    makeLargeMember(store)
    for (const type of store.types()) {
      const made = store.all(type).filter(({ id }) => id.startsWith('large-'))
      expect(made.slice(0, 6).flatMap(complaintsAbout), type).toEqual([])
    }
  })
})

describe('Otis Quill, whose records are sparse and odd', () => {
  const codesOf = (records: readonly JsonObject[], element: string) =>
    records.map((record) => at(record, element, 'coding', 0, 'code') ?? record[element])

  it('has conditions that are wrong, ruled out, protected, changed by an unknown word, or nearly empty', async () => {
    const conditions = await all('Condition?patient=m-90003')
    expect(codesOf(conditions, 'verificationStatus')).toEqual(
      expect.arrayContaining(['entered-in-error', 'refuted', 'confirmed', undefined]),
    )
    expect(conditions.filter(({ modifierExtension }) => modifierExtension)).toHaveLength(1)
    const labels = conditions.flatMap(({ meta }) => objectsIn(at(meta, 'security'))).map(({ code }) => code)
    expect(labels.sort()).toEqual(['42CFRPart2', 'R', 'V'])
    expect(conditions.filter(({ code }) => code === undefined)).toHaveLength(1)
    const undated = conditions.filter((c) => c.recordedDate === undefined && c.onsetDateTime === undefined)
    expect(undated).toHaveLength(4)
    expect(codesOf(conditions, 'code').filter((code) => code === 'K21.9')).toHaveLength(3)
  })

  it('has things that were not done, and claims that were cancelled or failed', async () => {
    const statuses = async (type: string) =>
      (await all(`${type}?patient=m-90003`)).map(({ status }) => status)
    expect(await statuses('Procedure')).toEqual(
      expect.arrayContaining(['not-done', 'entered-in-error', 'unknown']),
    )
    expect(await statuses('Immunization')).toContain('not-done')
    expect(await statuses('Observation')).toContain('cancelled')
    expect(await statuses('MedicationDispense')).toContain('entered-in-error')
    expect(await statuses('ExplanationOfBenefit')).toEqual(['cancelled', 'active'])
    expect((await all('ExplanationOfBenefit?patient=m-90003')).map(({ outcome }) => outcome)).toContain(
      'error',
    )
  })
})

describe('Paula Finch, whose payer answers badly', () => {
  it('gives three pages, however many are asked for, each beginning with the last of the one before', async () => {
    const read = await pages('Observation?patient=m-90004&_count=100')
    expect(read.map((page) => entries(page, 'match').length)).toEqual([20, 21, 15])
    const [first = [], second = []] = read.map((page) => entries(page, 'match').map(({ id }) => id))
    expect(second[0]).toBe(first.at(-1))
    expect(new Set(read.flatMap((page) => entries(page, 'match').map(({ id }) => id))).size).toBe(54)
  })

  it('does not share one type', async () => {
    expect((await fetch(`${acme.url}/fhir/Goal?patient=m-90004`)).status).toBe(403)
    expect((await fetch(`${acme.url}/fhir/Goal?patient=m-90001`)).status).toBe(200)
  })

  it('says inside of a result that it is not whole', async () => {
    const page = await get('Condition?patient=m-90004')
    expect(entries(page, 'outcome')).toMatchObject([
      { resourceType: 'OperationOutcome', issue: [{ code: 'incomplete' }] },
    ])
    expect(entries(page, 'match')).toHaveLength(6)
  })

  it('is slow with one type', async () => {
    const begin = performance.now()
    expect(await all('Procedure?patient=m-90004')).toHaveLength(4)
    expect(performance.now() - begin).toBeGreaterThan(1400)
  })

  it('does so also when all faults have been ended', async () => {
    await fetch(`${acme.url}/_faults`, { method: 'POST', body: JSON.stringify({ fault: 'none' }) })
    expect((await fetch(`${acme.url}/fhir/Goal?patient=m-90004`)).status).toBe(403)
  })
})

it('plays the faults of pages for anybody, when asked', async () => {
  const fault = (text: string) =>
    fetch(`${acme.url}/_faults`, { method: 'POST', body: JSON.stringify({ fault: text }) })
  await fault('small-pages:5@Immunization')
  await fault('repeat@Immunization')
  expect((await fault('small-pages:0')).status).toBe(400)
  const read = await pages('Immunization?patient=m-77120')
  expect(read.map((page) => entries(page, 'match').length)).toEqual([5, 2])
  await fault('none')
})

it.each(['rosalind-marsh', 'hugo-lang', 'otis-quill', 'paula-finch'])(
  '%s is matched from the chart',
  async (id) => {
    const chart = new FhirStore()
    loadBundles(chart, 'sandbox/data/ehr')
    const wrong = chart.types().flatMap((type) => chart.all(type, id).flatMap(complaintsAbout))
    expect(wrong).toEqual([])
    const plain = (type: string): JsonObject => JSON.parse(JSON.stringify(chart.all(type, id)[0] ?? {}))
    const coverage = plain('Coverage')
    const answer = await fetch(`${acme.url}/fhir/Patient/$member-match`, {
      method: 'POST',
      headers: { 'content-type': 'application/fhir+json' },
      body: JSON.stringify({
        resourceType: 'Parameters',
        parameter: [
          { name: 'MemberPatient', resource: JSON.parse(JSON.stringify(chart.get('Patient', id))) },
          { name: 'CoverageToMatch', resource: coverage },
        ],
      }),
    })
    const body: unknown = await answer.json()
    expect(answer.status, JSON.stringify(body)).toBe(200)
    expect(JSON.stringify(body)).toContain(String(at(coverage, 'identifier', 0, 'value')))
  },
)
