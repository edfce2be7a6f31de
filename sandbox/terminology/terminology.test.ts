import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { complaintsAbout, loadValueSets } from '../fhir'
import { type RunningTerminology, startTerminology } from './server'

let service: RunningTerminology

beforeAll(async () => {
  service = await startTerminology(0, () => new Date('2026-11-20T10:00:00Z'))
})

afterEach(() => fetch(`${service.url}/_reset`, { method: 'POST' }))
afterAll(() => service.close())

interface Expansion {
  readonly total: number
  readonly contains?: readonly { readonly system: string; readonly code: string; readonly display: string }[]
}

const ask = (name: string, more = '') =>
  fetch(
    `${service.url}/fhir/ValueSet/$expand?url=https://lakeside.example/fhir/ValueSet/${name}${more}`,
    // As a browser of another origin asks.
    { headers: { Origin: 'http://app.example' } },
  )
const expand = async (name: string, more = ''): Promise<Expansion> =>
  ((await (await ask(name, more)).json()) as { readonly expansion: Expansion }).expansion
const fault = (text: string) =>
  fetch(`${service.url}/_faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ fault: text }),
  })

it.each([
  ['services', 'lumbar mr', '24968-9'],
  ['services', '72148', '72148'],
  ['services', 'wheelchair light', 'K0003'],
  ['medications', 'zoster', '187'],
  ['medications', 'loratad', '665078'],
  ['diets', 'pediatric standard', '443451000124109'],
  ['diets', 'diabetic diet', '160670007'],
  ['vision-products', 'progressive', 'V2781'],
  ['vision-products', 'glasses', 'lens'],
  ['communications', 'discharge summary', '18842-5'],
  ['communications', 'pathology', '11526-1'],
])('finds in %s by "%s" the code %s', async (name, filter, code) => {
  const { contains = [] } = await expand(name, `&filter=${encodeURIComponent(filter)}&count=20`)
  expect(contains.map((concept) => concept.code)).toContain(code)
})

it('knows at least 120 codes that the EHR does not know, each once', async () => {
  const ehr = loadValueSets(new URL('../data/ehr/valuesets', import.meta.url).pathname)
  let further = 0
  for (const { url, concepts } of ehr) {
    const { total, contains = [] } = await expand(url.split('/').at(-1) ?? '')
    const keys = contains.map(({ system, code }) => `${system}|${code}`)
    expect(new Set(keys).size, url).toBe(total)
    expect(total).toBeGreaterThanOrEqual(concepts.length)
    further += total - concepts.length
  }
  expect(further).toBeGreaterThanOrEqual(120)
})

it('answers a valid ValueSet, of as many as asked for, to any origin and without a token', async () => {
  const answer = await ask('services', '&count=3')
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  const body = (await answer.json()) as { resourceType: string; expansion: Expansion }
  expect(complaintsAbout(body)).toEqual([])
  expect(body.expansion.contains).toHaveLength(3)
})

it('refuses with an OperationOutcome, readable from any origin', async () => {
  const unknown = await ask('nothing')
  expect(unknown.status).toBe(404)
  expect(unknown.headers.get('access-control-allow-origin')).toBe('*')
  expect(await unknown.json()).toMatchObject({ resourceType: 'OperationOutcome' })
  expect((await fetch(`${service.url}/fhir/ValueSet/$expand`)).status).toBe(400)
  expect((await fetch(`${service.url}/fhir/CodeSystem/$lookup`)).status).toBe(404)
})

it('keeps what it received, and forgets it when told to', async () => {
  await expand('services', '&filter=mri')
  const log = async () => (await (await fetch(`${service.url}/_log`)).json()) as { path: string }[]
  expect((await log()).map(({ path }) => path)).toEqual([expect.stringContaining('filter=mri')])
  await fetch(`${service.url}/_reset`, { method: 'POST' })
  expect(await log()).toEqual([])
})

it('is down, slow, unreadable or closed to browsers when told to', async () => {
  await fault('drop')
  await expect(ask('services')).rejects.toThrow()
  await fault('none')
  await fault('http-503')
  expect((await ask('services')).status).toBe(503)
  await fault('none')
  await fault('slow:300')
  const before = performance.now()
  expect((await ask('services')).status).toBe(200)
  expect(performance.now() - before).toBeGreaterThanOrEqual(290)
  await fault('none')
  await fault('not-json')
  expect((await ask('services')).headers.get('content-type')).toContain('text/html')
  await fault('none')
  await fault('no-cors')
  expect((await ask('services')).headers.get('access-control-allow-origin')).toBeNull()
  await fault('none')
  expect((await ask('services')).status).toBe(200)
})
