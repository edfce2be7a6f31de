import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { faultOfThird } from './busy-faults'
import { hookRequest, JANE, serviceRequest } from './sample-requests'
import { type RunningPayer, startPayer } from './server'

let acme: RunningPayer

beforeAll(async () => {
  acme = await startPayer({ name: 'acme', port: 0, app: 'http://app.example' })
})

afterAll(() => acme.close())

beforeEach(() => fetch(`${acme.url}/_reset`, { method: 'POST' }))

const set = async (fault: string): Promise<number> =>
  (await fetch(`${acme.url}/_faults`, { method: 'POST', body: JSON.stringify({ fault }) })).status

/** What a hook about somebody meets: the status, or that the line was cut. */
async function ask(patient: string): Promise<number | 'cut'> {
  return send(patient).then(
    ({ status }) => status,
    () => 'cut',
  )
}

async function send(patient: string): Promise<Response> {
  const request = hookRequest(JANE, [serviceRequest('E0601')])
  const body = JSON.stringify(request).replaceAll('p-1', patient)
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
  return fetch(`${acme.url}/cds-services/order-sign-crd`, init)
}

describe('the fault third', () => {
  it('fails for every third patient, in five ways', () => {
    const met = Array.from(
      { length: 200 },
      (_, i) => faultOfThird(`crowd-${String(i + 1).padStart(3, '0')}`)[0],
    )
    expect(met.filter(Boolean)).toHaveLength(66)
    const names = met.flatMap((fault) => (fault ? [`${fault.name}:${fault.arg}`] : []))
    expect(new Set(names)).toEqual(new Set(['malformed:', 'slow:60000', 'http:429', 'drop:', 'http:500']))
    expect(faultOfThird(undefined)).toEqual([])
  })

  it('is the same for a patient at each call, and tells the two thirds nothing', async () => {
    await set('third')
    for (const [patient, expected] of [
      ['crowd-001', 200],
      ['crowd-015', 500],
      ['crowd-015', 500],
      ['crowd-009', 429],
      ['crowd-012', 'cut'],
      ['crowd-002', 200],
    ] as const)
      expect([patient, await ask(patient)]).toEqual([patient, expected])
  })
})

describe('the fault limit', () => {
  it('lets so many calls a second pass, and tells the others when to come again', async () => {
    await set('limit:5')
    const statuses = await Promise.all(Array.from({ length: 8 }, () => ask('p-1')))
    expect(statuses.filter((status) => status === 200)).toHaveLength(5)
    expect(statuses.filter((status) => status === 429)).toHaveLength(3)
    const refused = await fetch(`${acme.url}/fhir/Patient?_count=1`)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
    expect(refused.headers.get('access-control-expose-headers')).toContain('Retry-After')
    await new Promise((resolve) => setTimeout(resolve, 1050))
    expect(await (await send('p-1')).json()).toHaveProperty('cards')
  })

  it('needs a number', async () => {
    expect(await set('limit')).toBe(400)
    expect(await set('limit:0')).toBe(400)
  })
})
