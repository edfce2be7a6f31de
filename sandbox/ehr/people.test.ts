import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestEhr, TestApp } from './test-app'

let ehr: Awaited<ReturnType<typeof startTestEhr>>
beforeAll(async () => {
  ehr = await startTestEhr()
})
afterAll(() => ehr.close())

/** The scopes that the shipped configuration asks for. */
const SCOPE =
  'launch openid fhirUser patient/*.rs user/Practitioner.rs user/Organization.rs user/Location.rs user/PractitionerRole.rs'

interface Found {
  readonly id: string
  readonly resourceType: string
  readonly [element: string]: unknown
}

/** What a launch for this patient finds: the matches of a search. */
async function searcher(patient: string) {
  const app = new TestApp(ehr.url)
  const { body } = await app.connect({ patient }, { scope: SCOPE })
  return async (query: string): Promise<readonly Found[]> => {
    const answer = await app.fhir(query, body.access_token)
    expect(answer.status, query).toBe(200)
    const bundle = (await answer.json()) as { readonly entry?: readonly { readonly resource: Found }[] }
    return (bundle.entry ?? []).map(({ resource }) => resource)
  }
}

const idsOf = (found: readonly Found[]): readonly string[] => found.map(({ id }) => id)

describe('places and providers', () => {
  it('are found by name, in the scopes that the app asks for', async () => {
    const find = await searcher('jane-roe')
    expect(idsOf(await find('Location?name=northside&_count=20'))).toEqual(
      expect.arrayContaining(['northside-main', 'northside-infusion-room', 'northside-outpatient']),
    )
    expect(idsOf(await find('Practitioner?name=hadd'))).toEqual(['haddad'])
    expect(idsOf(await find('Organization?name=harbor'))).toEqual(['harbor-medical-supply'])
    expect(await find('PractitionerRole?practitioner=Practitioner/brandt')).toMatchObject([
      { organization: { reference: 'Organization/summit-specialty' } },
    ])
  })

  it('lie in one another: a room without an address of its own, in a building that has one', async () => {
    const find = await searcher('jane-roe')
    const at = async (id: string) => (await find(`Location?_id=${id}`))[0]
    const room = await at('northside-infusion-room')
    expect(room).not.toHaveProperty('address')
    expect(room).toMatchObject({ partOf: { reference: 'Location/northside-east-wing' } })
    expect(await at('northside-east-wing')).toMatchObject({
      partOf: { reference: 'Location/northside-main' },
    })
    expect(await at('northside-main')).toHaveProperty('address')
  })
})

describe('the patients of the other payers', () => {
  it.each([
    ['nora-lindqvist', 'an identifier alone', { identifier: { value: '71044' } }],
    ['tomas-herrera', 'a reference', { reference: 'Organization/delta-plan' }],
    ['alma-reyes', 'a reference', { reference: 'Organization/oddity-insurance' }],
    ['idris-bello', 'an Organization inside the Coverage', { reference: '#payor' }],
  ])('%s has one coverage, whose payor is %s', async (patient, _, payor) => {
    const find = await searcher(patient)
    const coverages = await find(`Coverage?patient=${patient}&status=active`)
    expect(coverages).toMatchObject([{ payor: [payor] }])
  })

  it('Grace Whitfield has two, and which comes first is said', async () => {
    const find = await searcher('grace-whitfield')
    const coverages = await find('Coverage?patient=grace-whitfield&status=active')
    expect(coverages.map(({ order, payor }) => [order, payor])).toMatchObject([
      [1, [{ display: 'Acme Health' }]],
      [2, [{ display: 'Delta Plan' }]],
    ])
  })

  it('Grace Whitfield has drafts of all six kinds, and active orders', async () => {
    const find = await searcher('grace-whitfield')
    for (const type of [
      'ServiceRequest',
      'DeviceRequest',
      'MedicationRequest',
      'NutritionOrder',
      'VisionPrescription',
      'CommunicationRequest',
    ])
      expect(await find(`${type}?patient=grace-whitfield&status=draft`), type).toHaveLength(1)
    for (const type of ['ServiceRequest', 'DeviceRequest', 'MedicationRequest', 'NutritionOrder'])
      expect(await find(`${type}?patient=grace-whitfield&status=active`), type).toHaveLength(1)
  })

  it.each(['jane-roe', 'nora-lindqvist', 'tomas-herrera', 'grace-whitfield'])(
    '%s has a visit that goes on and one that is planned',
    async (patient) => {
      const find = await searcher(patient)
      const visits = await find(`Encounter?patient=${patient}`)
      expect(visits.map(({ status }) => status)).toEqual(expect.arrayContaining(['in-progress', 'planned']))
    },
  )

  it('stand on the launch page with their coverages, and each has a chart with its orders', async () => {
    const page = await (await fetch(`${ehr.url}/`)).text()
    for (const words of ['Lindqvist', 'Cedar Care', 'Herrera', 'Oddity Insurance', 'Acme Health, Delta Plan'])
      expect(page).toContain(words)
    const chart = await (await fetch(`${ehr.url}/patients/grace-whitfield`)).text()
    for (const words of ['Low sodium diet', 'Lens for glasses', 'Progress note'])
      expect(chart).toContain(words)
    const idris = await (await fetch(`${ehr.url}/patients/idris-bello`)).text()
    expect(idris).toContain('Borealis Mutual')
  })
})
