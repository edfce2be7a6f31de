import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { ApprovedRequest } from '../domain/crd/guard'
import type { Payer } from '../domain/payer-directory'
import { fail, ok, type Result } from '../domain/result'
import { createCds } from './cds'
import type { HttpAnswer, HttpRequest } from './http'

const payer: Payer = {
  id: 'acme',
  name: 'Acme Health',
  identifiers: [],
  cdsBase: 'https://acme.example/cds',
  authorization: 'open',
}
const { cdsBase: _, ...silent } = payer
const discovery = { services: [{ id: 'order-sign-crd', hook: 'order-sign' }] }
const answer = (json: unknown): Result<HttpAnswer> => ok({ status: 200, headers: new Headers(), json })

function clientOf(respond: (request: HttpRequest) => Result<HttpAnswer> = () => answer(discovery)) {
  const requests: HttpRequest[] = []
  const bases: string[] = []
  let time = 0
  const cds = createCds({
    now: () => time,
    httpFor: (_payer, base) => ({
      name: 'Acme Health',
      base,
      async send(request) {
        bases.push(base)
        requests.push(request)
        return respond(request)
      },
    }),
  })
  return {
    cds,
    requests,
    bases,
    pass: (ms: number) => {
      time += ms
    },
  }
}

/** Only the guard makes these; here one is needed without it. */
const request = {
  payer,
  serviceId: 'order-sign-crd',
  body: '{"hook":"order-sign"}',
  json: {},
} as unknown as ApprovedRequest

describe('a payer’s CDS Hooks services over HTTP', () => {
  it('asks for discovery once a day, without a content type', async () => {
    const { cds, requests, pass } = clientOf()
    await Promise.all([cds.discover(payer), cds.discover(payer)])
    pass(24 * 60 * 60 * 1000 - 1)
    await cds.discover(payer)
    expect(requests).toMatchObject([{ method: 'GET', url: 'https://acme.example/cds/cds-services' }])
    expect(requests[0]?.headers).toBeUndefined()
    pass(1)
    await cds.discover(payer)
    expect(requests).toHaveLength(2)
  })

  it('asks anew when told, and keeps the new one', async () => {
    const { cds, requests } = clientOf()
    await cds.discover(payer)
    await cds.discover(payer, { fresh: true })
    await cds.discover(payer)
    expect(requests).toHaveLength(2)
  })

  it('does not keep a failure', async () => {
    let isUp = false
    const { cds } = clientOf(() =>
      isUp ? answer(discovery) : fail({ kind: 'network', server: 'Acme Health' }),
    )
    expect((await cds.discover(payer)).ok).toBe(false)
    isUp = true
    expect((await cds.discover(payer)).ok).toBe(true)
  })

  it('fails on a discovery that is none', async () => {
    const { cds } = clientOf(() => answer('hello'))
    expect(await cds.discover(payer)).toMatchObject({
      ok: false,
      problem: { kind: 'malformed', server: 'Acme Health' },
    })
  })

  it('posts the approved body to the letter, once', async () => {
    const { cds, requests, bases } = clientOf(() => answer({ cards: [] }))
    const signal = new AbortController().signal
    expect(await cds.invoke(request, { signal })).toEqual(ok({ cards: [] }))
    expect(bases).toEqual(['https://acme.example/cds'])
    expect(requests).toEqual([
      {
        method: 'POST',
        url: 'https://acme.example/cds/cds-services/order-sign-crd',
        headers: { 'Content-Type': 'application/json' },
        body: '{"hook":"order-sign"}',
        signal,
      },
    ])
  })

  it('gives a failure back as it is, without a second try', async () => {
    const problem = { kind: 'http', server: 'Acme Health', status: 503 } as const
    const { cds, requests } = clientOf(() => fail(problem))
    expect(await cds.invoke(request)).toEqual(fail(problem))
    expect(requests).toHaveLength(1)
  })

  const told: Payer = { ...payer, feedback: true }
  const body = { feedback: [{ card: 'c1', outcome: 'accepted' }] }

  it.each([
    ['an empty body', undefined],
    ['any body', { thanks: true }],
  ])('posts feedback once, and %s in reply is good', async (_what, json) => {
    const { cds, requests } = clientOf(() => answer(json))
    expect(await cds.feedback(told, 'order sign', body)).toEqual(ok(undefined))
    expect(requests).toMatchObject([
      {
        method: 'POST',
        url: 'https://acme.example/cds/cds-services/order%20sign/feedback',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      },
    ])
  })

  it('takes a reply to feedback that is no JSON', async () => {
    const received: string[] = []
    const server = createServer((request, response) => {
      received.push(`${request.method} ${request.url} ${request.headers.authorization ?? 'no token'}`)
      response.end('Thanks')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const cdsBase = `http://127.0.0.1:${(server.address() as AddressInfo).port}/cds`
    const cds = createCds({ now: () => 0 })
    expect(await cds.feedback({ ...told, cdsBase }, 'order-sign-crd', body)).toEqual(ok(undefined))
    expect(received).toEqual(['POST /cds/cds-services/order-sign-crd/feedback no token'])
    server.closeAllConnections()
    server.close()
  })

  it('gives a refusal of feedback back, without a second try', async () => {
    const problem = { kind: 'http', server: 'Acme Health', status: 404 } as const
    const { cds, requests } = clientOf(() => fail(problem))
    expect(await cds.feedback(told, 'order-sign-crd', body)).toEqual(fail(problem))
    expect(requests).toHaveLength(1)
  })

  it.each([payer, { ...payer, feedback: false }])(
    'sends no feedback where the site did not switch it on',
    async (off) => {
      const { cds, requests } = clientOf()
      expect(await cds.feedback(off, 'order-sign-crd', body)).toMatchObject({
        ok: false,
        problem: { kind: 'refused', rule: 'feedback-off' },
      })
      expect(requests).toEqual([])
    },
  )

  const file = 'https://acme.example/members/1/.well-known/davinci-configuration'

  it('reads a payer’s well-known file once a day, anywhere on its server', async () => {
    const { cds, requests, bases, pass } = clientOf(() => answer({ endpoints: {} }))
    expect(await cds.wellKnown(payer, file)).toEqual(ok({ endpoints: {} }))
    await cds.wellKnown(payer, file)
    expect(requests).toMatchObject([{ method: 'GET', url: file }])
    expect(bases).toEqual([file])
    pass(24 * 60 * 60 * 1000)
    await cds.wellKnown(payer, file)
    expect(requests).toHaveLength(2)
  })

  it('does not keep a failure to read it', async () => {
    const { cds, requests } = clientOf(() => fail({ kind: 'network', server: 'Acme Health' }))
    await cds.wellKnown(payer, file)
    await cds.wellKnown(payer, file)
    expect(requests).toHaveLength(2)
  })

  it.each([
    'https://evil.example/.well-known/davinci-configuration',
    'http://acme.example/.well-known/davinci-configuration',
    'nonsense',
  ])('follows no address outside of the payer’s server: %s', async (location) => {
    const { cds, requests } = clientOf()
    expect(await cds.wellKnown(payer, location)).toMatchObject({
      ok: false,
      problem: { kind: 'refused', rule: 'same-server' },
    })
    expect(requests).toEqual([])
  })

  it('refuses a payer without an address', async () => {
    const { cds, requests } = clientOf()
    expect(await cds.discover(silent)).toMatchObject({
      ok: false,
      problem: { kind: 'refused', rule: 'no-service' },
    })
    expect(requests).toEqual([])
  })
})
