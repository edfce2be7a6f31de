import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, type JsonObject, objectsIn, resourcesIn, textOf } from './json'
import { type RunningPayer, startPayer } from './server'

let acme: RunningPayer
let borealis: RunningPayer

beforeAll(async () => {
  acme = await startPayer({ name: 'acme', port: 0, app: 'http://app.example' })
  borealis = await startPayer({ name: 'borealis', port: 0, app: 'http://app.example', auth: true })
})

afterAll(async () => {
  await acme.close()
  await borealis.close()
})

const get = async (path: string, headers: Record<string, string> = {}): Promise<unknown> =>
  (await fetch(path.startsWith('http') ? path : `${acme.url}/fhir/${path}`, { headers })).json()

/** Every page of a search, by its next links. */
async function pages(query: string): Promise<readonly unknown[]> {
  const read: unknown[] = []
  let next: string | undefined = `${acme.url}/fhir/${query}`
  while (next) {
    const page: unknown = await get(next)
    read.push(page)
    next = textOf(objectsIn(at(page, 'link')).find(({ relation }) => relation === 'next')?.url)
  }
  return read
}

const matches = (page: unknown): readonly JsonObject[] =>
  objectsIn(at(page, 'entry'))
    .filter((entry) => at(entry, 'search', 'mode') === 'match')
    .map((entry) => entry.resource as JsonObject)

describe('the member API', () => {
  it('serves records in pages of twenty, with their Provenance beside them', async () => {
    const read = await pages('MedicationDispense?patient=m-77120&_count=10&_revinclude=Provenance:target')
    expect(read.length).toBeGreaterThan(1)
    const found = read.flatMap(matches)
    expect(found.length).toBeGreaterThan(15)
    const provenances = read.flatMap(resourcesIn).filter(({ resourceType }) => resourceType === 'Provenance')
    expect(provenances.length).toBe(found.length)
    const codes = objectsIn(provenances[0]?.agent).map((agent) => at(agent, 'type', 'coding', 0, 'code'))
    expect(codes).toEqual(['transmitter', 'author'])
    const whole = await pages('Patient/m-77120/$everything')
    expect(whole.length).toBeGreaterThan(4)
    expect(matches(whole[0])).toHaveLength(20)
  })

  it.each([
    ['Encounter?patient=m-77120&date=ge2026-03-04', 4],
    ['Procedure?patient=m-77120&date=ge2026-01-01', 4],
    ['Observation?patient=m-77120&category=vital-signs', 4],
    ['Observation?patient=m-77120&code=http://loinc.org|4548-4', 4],
    ['Condition?patient=m-77120&category=problem-list-item', 8],
    ['MedicationRequest?patient=m-77120&intent=order&status=active', 4],
    ['ExplanationOfBenefit?patient=m-77120&service-date=ge2026-10-01', 3],
    ['Immunization?patient=Patient/m-77120', 6],
  ])('answers %s', async (query, count) => {
    expect((await pages(query)).flatMap(matches)).toHaveLength(count)
  })

  it('holds the same problem twice, twelve months apart, and one that was entered in error', async () => {
    const conditions = (await pages('Condition?patient=m-77120')).flatMap(matches)
    const lipids = conditions.filter((condition) => at(condition, 'code', 'coding', 0, 'code') === 'E78.5')
    expect(lipids.map(({ recordedDate }) => recordedDate)).toEqual(['2026-07-09', '2025-07-09'])
    expect(
      conditions.filter((c) => at(c, 'verificationStatus', 'coding', 0, 'code') === 'entered-in-error'),
    ).toHaveLength(1)
  })

  it('can only be read, and says so', async () => {
    const response = await fetch(`${acme.url}/fhir/Condition`, {
      method: 'POST',
      headers: { 'content-type': 'application/fhir+json' },
      body: JSON.stringify({ resourceType: 'Condition', subject: { reference: 'Patient/m-77120' } }),
    })
    expect(response.status).toBe(405)
    const types = objectsIn(at(await get('metadata'), 'rest', 0, 'resource'))
    expect(types.flatMap((type) => objectsIn(type.interaction)).map(({ code }) => code)).not.toContain(
      'create',
    )
    const patient = types.find(({ type }) => type === 'Patient')
    expect(objectsIn(patient?.operation).map(({ name }) => name)).toEqual(['everything', 'member-match'])
  })

  it('leads to another origin when that fault is set, and fails for one type alone', async () => {
    const set = (fault: string) =>
      fetch(`${acme.url}/_faults`, { method: 'POST', body: JSON.stringify({ fault }) })
    await set('foreign-next@MedicationDispense')
    await set('403@Condition')
    const page = await get('MedicationDispense?patient=m-77120')
    expect(textOf(objectsIn(at(page, 'link')).find(({ relation }) => relation === 'next')?.url)).toMatch(
      /^https:\/\/elsewhere\.example\//,
    )
    expect((await fetch(`${acme.url}/fhir/Condition?patient=m-77120`)).status).toBe(403)
    expect((await fetch(`${acme.url}/fhir/Procedure?patient=m-77120`)).status).toBe(200)
    await set('none')
  })
})

describe('a payer that demands a token', () => {
  const token = (more: Record<string, string>) =>
    fetch(`${borealis.url}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'beforehand-proxy',
        client_secret: 'sandbox-only-borealis',
        ...more,
      }),
    })

  it('says where to get one, issues it and then serves', async () => {
    const patients = `${borealis.url}/fhir/Patient?identifier=https://borealis-mutual.example/members|BM7781-03`
    const denied = await fetch(patients)
    expect(denied.status).toBe(401)
    expect(denied.headers.get('www-authenticate')).toBe('Bearer')
    const configuration: unknown = await get(`${borealis.url}/fhir/.well-known/smart-configuration`)
    expect(at(configuration, 'token_endpoint')).toBe(`${borealis.url}/oauth/token`)
    const answer: unknown = await (await token({ scope: 'system/*.rs' })).json()
    expect(answer).toMatchObject({ token_type: 'bearer', expires_in: 300, scope: 'system/*.rs' })
    const found = await get(patients, { authorization: `Bearer ${textOf(at(answer, 'access_token'))}` })
    expect(matches(found).map(({ id }) => id)).toEqual(['b-31002'])
  })

  it.each<[Record<string, string>, number, string]>([
    [{ client_secret: 'wrong' }, 401, 'invalid_client'],
    [{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
    [{ scope: 'system/*.cruds' }, 400, 'invalid_scope'],
  ])('refuses %o', async (more, status, error) => {
    const response = await token(more)
    expect(response.status).toBe(status)
    expect(at(await response.json(), 'error')).toBe(error)
  })
})

const SYNTHEA = '../shared/data/synthea'

describe('histories from further folders', () => {
  it.skipIf(!existsSync(SYNTHEA))('make each Patient a member who can be found', async () => {
    const large = await startPayer({ name: 'acme', port: 0, app: 'http://app.example', data: [SYNTHEA] })
    const found = await get(
      `${large.url}/fhir/Patient?identifier=https://acme-health.example/fhir/member-id|SYN-7777f4bb`,
    )
    expect(matches(found).map(({ id }) => id)).toEqual(['7777f4bb-9c19-42fe-b09a-cd791ea99ac2'])
    await large.close()
  })
})
