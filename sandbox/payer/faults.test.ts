import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { at, objectsIn, resourcesIn } from './json'
import { hookRequest, JANE, serviceRequest } from './sample-requests'
import { type RunningPayer, startPayer } from './server'

let acme: RunningPayer

beforeAll(async () => {
  acme = await startPayer({ name: 'acme', port: 0, app: 'http://app.example' })
})

afterAll(() => acme.close())

beforeEach(() => fetch(`${acme.url}/_reset`, { method: 'POST' }))

async function set(fault: string, more: object = {}): Promise<number> {
  return (await fetch(`${acme.url}/_faults`, { method: 'POST', body: JSON.stringify({ fault, ...more }) }))
    .status
}

const ask = () =>
  fetch(`${acme.url}/cds-services/order-sign-crd`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'http://app.example' },
    body: JSON.stringify(hookRequest(JANE, [serviceRequest('E0601')])),
  })

const answer = async (): Promise<unknown> => (await ask()).json()

describe('faults', () => {
  it.each(['400', '401', '404', '412', '422', '429', '500'])(
    'http-%s answers with that status, readable by a browser',
    async (status) => {
      await set(`http-${status}`)
      const response = await ask()
      expect(response.status).toBe(Number(status))
      expect(response.headers.get('access-control-allow-origin')).toBe('*')
      expect(at(await response.json(), 'resourceType')).toBe('OperationOutcome')
    },
  )

  it('drop cuts the connection', async () => {
    await set('drop')
    await expect(ask()).rejects.toThrow()
  })

  it('not-json answers 200 with a page', async () => {
    await set('not-json')
    const response = await ask()
    expect(response.status).toBe(200)
    expect(await response.text()).toMatch(/^<!doctype html>/)
  })

  it('malformed answers JSON of the wrong shape', async () => {
    await set('malformed')
    const body = await answer()
    expect(Array.isArray(at(body, 'cards'))).toBe(false)
    expect(at(body, 'systemActions', 0)).toBe(1)
  })

  it('huge sends a card of about 5 MB', async () => {
    await set('huge')
    expect((await (await ask()).text()).length).toBeGreaterThan(4_900_000)
  })

  it('empty says nothing', async () => {
    await set('empty')
    expect(await answer()).toEqual({ cards: [] })
  })

  it('no-cors takes the headers from preflight and answer', async () => {
    await set('no-cors')
    const preflight = await fetch(`${acme.url}/cds-services/order-sign-crd`, {
      method: 'OPTIONS',
      headers: { origin: 'http://a.example' },
    })
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull()
    expect((await ask()).headers.get('access-control-allow-origin')).toBeNull()
  })

  it('hostile-markdown puts hostile cards before the real ones', async () => {
    await set('hostile-markdown')
    const cards = objectsIn(at(await answer(), 'cards'))
    expect(cards[0]?.detail).toContain('javascript:')
    expect(cards.length).toBeGreaterThan(2)
  })

  it('wrong-resource changes the patient, and more of the order than coverage information', async () => {
    await set('wrong-resource')
    const actions = objectsIn(at(await answer(), 'systemActions'))
    expect(actions.map((action) => at(action, 'resource', 'resourceType'))).toEqual([
      'ServiceRequest',
      'Patient',
    ])
    expect(at(actions[0], 'resource', 'priority')).toBe('stat')
  })

  it('pa-granted gives an authorization number for a hypothetical order', async () => {
    await set('pa-granted')
    const parts = objectsIn(at(await answer(), 'systemActions', 0, 'resource', 'extension', 0, 'extension'))
    expect(parts.find(({ url }) => url === 'satisfied-pa-id')).toBeDefined()
    expect(parts.find(({ url }) => url === 'pa-needed')?.valueCode).toBe('satisfied')
  })

  it('slow waits before it answers', async () => {
    await set('slow:60')
    const before = performance.now()
    expect((await ask()).status).toBe(200)
    expect(performance.now() - before).toBeGreaterThanOrEqual(55)
  })

  it('hit only the patient, the path and the number of calls that they name', async () => {
    await set('http-500', { patient: 'p-2' })
    await set('http-500@appointment-book')
    expect((await ask()).status).toBe(200)
    await set('http-503', { patient: 'p-1', times: 1 })
    expect((await ask()).status).toBe(503)
    expect((await ask()).status).toBe(200)
  })

  it('leave discovery alone unless it is named', async () => {
    await set('http-500')
    expect((await fetch(`${acme.url}/cds-services`)).status).toBe(200)
    await set('http-500@discovery')
    expect((await fetch(`${acme.url}/cds-services`)).status).toBe(500)
  })

  it('are ended by none, and unknown ones are refused', async () => {
    await set('http-500')
    await set('none')
    expect((await ask()).status).toBe(200)
    expect(await set('explode')).toBe(400)
    expect(await set('slow')).toBe(400)
  })
})

it('keeps a log of what it received, without its doors', async () => {
  await ask()
  const log: unknown = await (await fetch(`${acme.url}/_log`)).json()
  expect(objectsIn(log)).toHaveLength(1)
  expect(objectsIn(log)[0]).toMatchObject({
    method: 'POST',
    path: '/cds-services/order-sign-crd',
    status: 200,
  })
  expect(resourcesIn(at(JSON.parse(String(at(log, 0, 'body'))), 'context', 'draftOrders'))).toHaveLength(1)
})
