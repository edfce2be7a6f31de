import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTerminology } from './terminology'

let server: Server
let url: string
let received: IncomingMessage[]
let answer: { readonly status: number; readonly body: unknown }

beforeEach(async () => {
  received = []
  server = createServer((request, response) => {
    received.push(request)
    response.writeHead(answer.status, { 'Content-Type': 'application/fhir+json' })
    response.end(JSON.stringify(answer.body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tx`
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

const expand = (filter = 'knee') =>
  createTerminology({ name: 'City terminology', url }).expand('http://vs.example/services|2', filter)

const services = { system: 'http://codes.example', code: '1', display: 'MRI of the knee' }

describe('the site’s terminology service', () => {
  it('lists the codings of a value set for a text, without a token', async () => {
    const contains = [services, { code: 'no system' }, 'nonsense', { system: 'urn:x', code: '2' }]
    answer = { status: 200, body: { resourceType: 'ValueSet', expansion: { contains } } }
    expect(await expand('knee & hip')).toEqual({
      ok: true,
      value: [services, { system: 'urn:x', code: '2', display: '2' }],
    })
    const [request] = received
    expect(request?.method).toBe('GET')
    expect(request?.url).toBe(
      '/tx/ValueSet/$expand?url=http%3A%2F%2Fvs.example%2Fservices%7C2&filter=knee%20%26%20hip&count=30',
    )
    expect(request?.headers.authorization).toBeUndefined()
  })

  it('is empty where nothing matches', async () => {
    answer = { status: 200, body: { resourceType: 'ValueSet' } }
    expect(await expand()).toEqual({ ok: true, value: [] })
  })

  it('fails by its own name where it does not know the value set', async () => {
    const issue = [{ severity: 'error', code: 'not-found', diagnostics: 'Unknown value set' }]
    answer = { status: 404, body: { resourceType: 'OperationOutcome', issue } }
    expect(await expand()).toEqual({
      ok: false,
      problem: { kind: 'http', server: 'City terminology', status: 404, detail: 'Unknown value set' },
    })
  })

  it('fails where it answers something else than a value set', async () => {
    answer = { status: 200, body: { resourceType: 'Bundle' } }
    expect(await expand()).toMatchObject({
      ok: false,
      problem: { kind: 'malformed', server: 'City terminology', path: 'resourceType' },
    })
  })
})
