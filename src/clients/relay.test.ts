// @vitest-environment jsdom
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Payer } from '../domain/payer-directory'
import { openRelay, withNonce } from './relay'

interface Saw {
  readonly line: string
  readonly session: string | undefined
  readonly body: string
}

const saw: Saw[] = []
let answer: (line: string, response: ServerResponse) => void
const server = createServer(async (request: IncomingMessage, response) => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const line = `${request.method} ${request.url}`
  const session = request.headers['x-relay-session']
  saw.push({
    line,
    session: Array.isArray(session) ? session[0] : session,
    body: Buffer.concat(parts).toString('utf8'),
  })
  response.setHeader('access-control-allow-origin', '*')
  answer(line, response)
})
let relay = ''
let payer: Payer

beforeEach(async () => {
  sessionStorage.clear()
  saw.splice(0)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  relay = `http://127.0.0.1:${(server.address() as AddressInfo).port}/relay`
  payer = {
    id: 'acme',
    name: 'Acme Health',
    identifiers: [],
    authorization: 'open',
    cdsBase: `${relay}/payers/acme/cds`,
  }
  answer = (line, response) =>
    json(response, line.endsWith('/session') ? { session: 'label', audits: true } : {})
})
afterEach(() => new Promise<void>((resolve) => server.close(() => resolve())))

function json(response: ServerResponse, value: unknown, status = 200, headers: Record<string, string> = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(value))
}

const outcome = (words: string) => ({ resourceType: 'OperationOutcome', issue: [{ diagnostics: words }] })
const vouched = { key: 'k', fhirBase: 'https://ehr.example/fhir', idToken: 'id', patientId: 'p1' }
const discover = (own: ReturnType<typeof openRelay>) =>
  own.httpFor(payer, payer.cdsBase ?? '').send({ method: 'GET', url: `${payer.cdsBase}/cds-services` })
const lines = () => saw.map(({ line }) => line)

describe('the way through the site’s relay', () => {
  it('opens one session for a launch, also after a reload, and names it with each call', async () => {
    const own = openRelay(relay, vouched)
    await Promise.all([discover(own), discover(own)])
    await discover(openRelay(relay, vouched))
    expect(lines().filter((line) => line === 'POST /relay/session')).toHaveLength(1)
    const calls = saw.filter(({ line }) => line === 'GET /relay/payers/acme/cds/cds-services')
    expect(calls.map(({ session }) => session)).toEqual(['label', 'label', 'label'])
    expect(await own.keptLog.mayLook()).toBe(true)
    await discover(openRelay(relay, { ...vouched, key: 'other launch' }))
    expect(lines().filter((line) => line === 'POST /relay/session')).toHaveLength(2)
  })

  it('asks nobody without a session, and says why in the relay’s words', async () => {
    answer = (_, response) => json(response, outcome('This sign-in was used before.'), 401)
    const own = openRelay(relay, vouched)
    const refused = { kind: 'refused', message: 'This sign-in was used before. Nothing was sent.' }
    expect(await discover(own)).toMatchObject({ ok: false, problem: refused })
    expect(lines()).toEqual(['POST /relay/session'])
    expect(await own.keptLog.mayLook()).toBe(false)
    await expect(own.audit.list('p1')).rejects.toThrow()
  })

  it('tells a payer beside it nothing of the session', async () => {
    const own = openRelay(relay, vouched)
    const direct = relay.replace('/relay', '/direct')
    await own.httpFor(payer, direct).send({ method: 'GET', url: `${direct}/cds-services` })
    expect(saw.find(({ line }) => line.includes('/direct'))?.session).toBeUndefined()
  })

  it.each([
    ['not-sent', 403, { kind: 'refused', message: 'words' }],
    ['timeout', 504, { kind: 'timeout', server: 'Acme Health' }],
    ['network', 502, { kind: 'network', server: 'Acme Health' }],
    ['unreadable', 502, { kind: 'malformed', server: 'Acme Health', message: 'words' }],
    ['not-kept', 503, { kind: 'http', server: 'This site’s relay', detail: 'words' }],
    [undefined, 503, { kind: 'http', server: 'Acme Health', status: 503, detail: 'words' }],
  ])('tells what the relay says (%s, %i) from what the payer says', async (said, status, problem) => {
    const own = openRelay(relay, vouched)
    await own.keptLog.mayLook()
    answer = (_, response) => json(response, outcome('words'), status, said ? { 'x-relay': said } : {})
    expect(await discover(own)).toMatchObject({ ok: false, problem })
  })

  it('signs out, and leaves nothing of the session in this tab', async () => {
    const own = openRelay(relay, vouched)
    await own.keptLog.mayLook()
    await own.end()
    expect(saw.at(-1)).toMatchObject({ line: 'POST /relay/sign-out', session: 'label' })
    expect(sessionStorage.length).toBe(0)
  })

  it('takes the relay’s nonce along to the EHR, and goes without where there is none', async () => {
    answer = (_, response) => json(response, { nonce: 'n+1' })
    const address = 'https://ehr.example/authorize?state=s'
    expect(new URL(await withNonce(relay, address)).searchParams.get('nonce')).toBe('n+1')
    answer = (_, response) => json(response, {}, 503)
    expect(await withNonce(relay, address)).toBe(address)
  })
})

describe('the relay’s log, from the app', () => {
  const entry = {
    version: 1,
    id: 'i1',
    chart: 'c',
    patientId: 'p1',
    payerId: 'acme',
    payerName: 'Acme Health',
    hook: 'order-sign',
    hookInstance: 'h1',
    title: 'CPAP',
    coverage: 'Coverage/1',
    outcome: 'answered',
    askedAt: 1,
    endedAt: 2,
    assertionIds: [],
    suggestionUuids: [],
  }
  const payload = { request: { hook: 'order-sign' }, orders: [] }

  it('lists and opens a patient’s earlier answers, saying whose they are', async () => {
    answer = (line, response) => {
      if (line.endsWith('/session')) return json(response, { session: 'label' })
      return json(
        response,
        line.endsWith('/open') ? { entry, payload } : { entries: [entry], unreadable: 1, asked: 'all' },
      )
    }
    const { audit } = openRelay(relay, vouched)
    expect(audit.isSites).toBe(true)
    expect(await audit.list('p1')).toEqual({ entries: [entry], unreadable: 1, asked: 'all', isDurable: true })
    expect(await audit.open('i1')).toEqual({ entry, payload })
    expect(saw.at(-1)).toMatchObject({
      line: 'POST /relay/earlier/open',
      session: 'label',
      body: JSON.stringify({ patientId: 'p1', id: 'i1' }),
    })
    await audit.keep({ entry: { ...entry, version: 1, outcome: 'answered' }, payload })
    await audit.remove('i1')
    expect(saw, 'nothing is written to it or taken out').toHaveLength(3)
  })

  it('rejects a list that cannot be read, and opens nothing', async () => {
    const { audit, keptLog } = openRelay(relay, vouched)
    await keptLog.mayLook()
    answer = (_, response) => json(response, { entries: 'none' })
    await expect(audit.list('p1')).rejects.toThrow('could not be read')
    expect(await audit.open('i1')).toBeUndefined()
    expect(await keptLog.search({})).toMatchObject({ ok: false, problem: { kind: 'malformed' } })
  })

  it('gives what is taken along as one JSON text, or line by line', async () => {
    const { keptLog } = openRelay(relay, vouched)
    await keptLog.mayLook()
    const whole = { kind: 'beforehand-relay-log', entries: [{ seq: 2 }, { seq: 1 }] }
    answer = (_, response) => json(response, whole)
    const json1 = await keptLog.export({ patient: 'p1' }, 'json')
    expect(json1.ok && JSON.parse(json1.value)).toEqual(whole)
    expect(await keptLog.export({}, 'ndjson')).toEqual({ ok: true, value: '{"seq":2}\n{"seq":1}\n' })
  })

  it('is told of each document that went into the chart, and of nothing else', async () => {
    const own = openRelay(relay, vouched)
    await own.keptLog.mayLook()
    const writer = own.noting({
      create: async ({ resourceType, id }) =>
        id === 'no'
          ? { ok: false, problem: { kind: 'network', server: 'EHR' } }
          : { ok: true, value: { reference: `${resourceType}/1`, isNew: true } },
    })
    await writer.create({ resourceType: 'DocumentReference', id: 'no' })
    await writer.create({ resourceType: 'Condition', id: 'a' })
    expect(await writer.create({ resourceType: 'DocumentReference', id: 'b' })).toMatchObject({ ok: true })
    await expect.poll(() => lines().at(-1)).toBe('POST /relay/written')
    expect(saw.filter(({ line }) => line.endsWith('/written')).map(({ body }) => JSON.parse(body))).toEqual([
      { patientId: 'p1', reference: 'DocumentReference/1' },
    ])
  })

  it('tells what the payer of a question read', async () => {
    const own = openRelay(relay, vouched)
    await own.keptLog.mayLook()
    answer = (_, response) => json(response, { reads: [{ at: 1, status: 200, resources: ['Coverage/1'] }] })
    const reads = await own.payerReads('h/1')
    expect(reads).toEqual({ ok: true, value: [{ at: 1, status: 200, resources: ['Coverage/1'] }] })
    expect(lines().at(-1)).toBe('GET /relay/invocations/h%2F1/reads')
  })
})
