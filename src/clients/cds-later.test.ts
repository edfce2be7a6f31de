import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createCdsLater } from './cds-later'

let asked = 0
const server = createServer((_, response) => {
  asked += 1
  response.setHeader('Content-Type', 'application/json')
  response.end(JSON.stringify({ services: [{ hook: 'order-sign', id: 'x', description: 'X' }] }))
})
beforeAll(() => new Promise<void>((done) => void server.listen(0, () => done())))
afterAll(() => void server.close())

it('asks a payer once, however many want to know its services while the code is on its way', async () => {
  const { port } = server.address() as AddressInfo
  const cds = createCdsLater({ now: () => 0 })
  const payer = {
    id: 'acme',
    name: 'Acme Health',
    identifiers: [],
    authorization: 'open',
    cdsBase: `http://localhost:${port}`,
  } as const
  const found = await Promise.all([cds.discover(payer), cds.discover(payer)])
  expect(found.map((each) => each.ok && each.value.services.map(({ id }) => id))).toEqual([['x'], ['x']])
  expect(asked).toBe(1)
})
