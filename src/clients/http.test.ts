import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ok } from '../domain/result'
import { createHttp, isBelow } from './http'

let server: Server
let base: string
let received: IncomingMessage[]
let answer: (request: IncomingMessage, response: ServerResponse) => void

beforeEach(async () => {
  received = []
  server = createServer((request, response) => {
    received.push(request)
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

const json =
  (status: number, body: unknown, headers = {}) =>
  (_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }
const http = (extra: object = {}) =>
  createHttp({ name: 'Acme', base, timeoutMs: 2_000, token: async () => ok('secret'), ...extra })
const get = (path = '/Patient/1') => ({ method: 'GET', url: base + path }) as const

describe('the only fetch', () => {
  it('sends the token below its base', async () => {
    answer = json(200, { a: 1 })
    expect(await http().send(get())).toMatchObject({ ok: true, value: { status: 200, json: { a: 1 } } })
    expect(received[0]?.headers.authorization).toBe('Bearer secret')
  })

  it.each([
    ['another origin', () => 'https://evil.example/fhir/Patient'],
    ['another port', () => base.replace(/:\d+/, ':1')],
    ['a sibling path', () => `${base}x/Patient`],
    ['a way out by dots', () => `${base}/../admin`],
    ['the origin with a user name', () => base.replace('//', '//user@')],
    ['no URL', () => 'Patient/1'],
  ])('refuses %s, and nothing leaves', async (_, url) => {
    answer = json(200, {})
    expect(await http().send({ method: 'GET', url: url() })).toMatchObject({
      ok: false,
      problem: { kind: 'refused', rule: 'same-server' },
    })
    expect(received).toHaveLength(0)
  })

  it('follows a path beside the base where both lie within what the site lists, and no further', async () => {
    answer = json(200, {})
    const url = (path: string) => ({ method: 'GET', url: base.replace(/[^/]+$/, '') + path }) as const
    const within = base.replace(/\/[^/]+$/, '')
    expect((await http({ within }).send(url('shared?_getpages=1'))).ok).toBe(true)
    expect((await http({ within: `${within}/v` }).send(url('shared?_getpages=1'))).ok).toBe(false)
    expect(received).toHaveLength(1)
  })

  it('does not follow a redirect', async () => {
    answer = (request, response) =>
      request.url === '/fhir/Patient/1'
        ? response.writeHead(302, { Location: '/fhir/other' }).end()
        : json(200, {})(request, response)
    expect(await http().send(get())).toMatchObject({ ok: false, problem: { kind: 'network' } })
    expect(received.map((r) => r.url)).toEqual(['/fhir/Patient/1'])
  })

  it('gives the words of an OperationOutcome and the wait', async () => {
    const outcome = {
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'error', code: 'invalid', details: { text: 'No such member' } }],
    }
    answer = json(422, outcome, { 'Retry-After': '7' })
    expect(await http().send(get())).toEqual({
      ok: false,
      problem: { kind: 'http', server: 'Acme', status: 422, detail: 'No such member', retryAfterSeconds: 7 },
    })
  })

  it.each([
    ['not JSON', json(200, '<html>'), { kind: 'malformed' }],
    ['too large', json(200, `"${'x'.repeat(5_000)}"`), { kind: 'malformed' }],
    ['an error without a readable body', json(500, '<html>'), { kind: 'http', status: 500 }],
    [
      'a dropped connection',
      (request: IncomingMessage) => void request.socket.destroy(),
      { kind: 'network' },
    ],
  ])('tells %s', async (_, how, problem) => {
    answer = how
    expect(await http({ maxBytes: 1_000 }).send(get())).toMatchObject({ ok: false, problem })
  })

  it('tells a time-out from a stop by the user', async () => {
    answer = () => {}
    expect(await http({ timeoutMs: 30 }).send(get())).toEqual({
      ok: false,
      problem: { kind: 'timeout', server: 'Acme', afterMs: 30 },
    })
    const stop = new AbortController()
    answer = () => stop.abort()
    expect(await http().send({ ...get(), signal: stop.signal })).toEqual({
      ok: false,
      problem: { kind: 'cancelled' },
    })
  })

  it('takes an empty answer as no JSON', async () => {
    answer = (_, response) => response.writeHead(201, { Location: `${base}/Patient/9` }).end()
    expect(await http().send(get())).toMatchObject({ ok: true, value: { status: 201, json: undefined } })
  })
})

it('a base without a path holds its whole origin', () => {
  expect(isBelow('https://payer.example/cds-services/x', 'https://payer.example')).toBe(true)
})
