import { createServer, type IncomingMessage, type Server } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createPayers } from './payer'
import { systemClock } from './system'

/** Requests as they arrived, and what is answered to the next one. */
const seen: { readonly url: string; readonly headers: IncomingMessage['headers']; readonly body: string }[] =
  []
let answer: { readonly status: number; readonly body: unknown } = { status: 200, body: {} }
let server: Server
let fhirBase = ''

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += String(chunk)
    })
    request.on('end', () => {
      seen.push({ url: request.url ?? '', headers: request.headers, body })
      response.writeHead(answer.status, { 'Content-Type': 'application/fhir+json' })
      response.end(JSON.stringify(answer.body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  fhirBase = `http://127.0.0.1:${address.port}/fhir`
})
afterAll(() => void server.close())
beforeEach(() => {
  seen.length = 0
})

const payer = () =>
  ({ id: 'acme', name: 'Acme Health', identifiers: [], fhirBase, authorization: 'open' }) as const
const question = { resourceType: 'Parameters', parameter: [] }

describe('createPayers', () => {
  const payers = createPayers({ timeoutMs: 5000 })

  it('asks $member-match once, without any token', async () => {
    answer = { status: 200, body: { resourceType: 'Parameters' } }
    expect(await payers.memberMatch(payer(), question)).toEqual({
      ok: true,
      value: { resourceType: 'Parameters' },
    })
    expect(seen).toHaveLength(1)
    expect(seen[0]).toMatchObject({ url: '/fhir/Patient/$member-match', body: JSON.stringify(question) })
    expect(seen[0]?.headers.authorization).toBeUndefined()
    expect(seen[0]?.headers.cookie).toBeUndefined()
  })

  it("hands on a refusal with the payer's words, and asks no second time", async () => {
    answer = {
      status: 422,
      body: { resourceType: 'OperationOutcome', issue: [{ diagnostics: 'Multiple members' }] },
    }
    expect(await payers.memberMatch(payer(), question)).toMatchObject({
      problem: { kind: 'http', status: 422, detail: 'Multiple members' },
    })
    expect(seen).toHaveLength(1)
  })

  it('takes nothing but Parameters for an answer', async () => {
    answer = { status: 200, body: { resourceType: 'Patient' } }
    expect(await payers.memberMatch(payer(), question)).toMatchObject({ problem: { kind: 'malformed' } })
  })

  it('reads records without any token', async () => {
    answer = { status: 200, body: { resourceType: 'Bundle', entry: [] } }
    const reader = payers.reader(payer())
    if (!reader.ok) throw new Error('no reader')
    expect(await reader.value.search('Condition', [['patient', 'm1']])).toMatchObject({ ok: true })
    expect(seen[0]?.url).toBe('/fhir/Condition?patient=m1')
    expect(seen[0]?.headers.authorization).toBeUndefined()
  })

  it('refuses a payer without an address for records, and sends nothing', async () => {
    const without = { id: 'b', name: 'Borealis', identifiers: [], authorization: 'open' } as const
    expect(payers.reader(without)).toMatchObject({ problem: { kind: 'refused', rule: 'payer-fhir-base' } })
    expect(await payers.memberMatch(without, question)).toMatchObject({ problem: { kind: 'refused' } })
    expect(seen).toEqual([])
  })
})

describe('a payer whose own message brings the token', () => {
  const carrying = () => ({ ...payer(), authorization: 'launch' }) as const
  let now = 0
  const clients = () => {
    now = Date.parse('2026-11-20T10:00:00Z')
    return createPayers({ timeoutMs: 5000, clock: { ...systemClock, now: () => now } })
  }

  const token = () => ({ payer: carrying(), value: 'payers-own', until: now + 300_000 })

  it('is sent nothing before that message came', async () => {
    const payers = clients()
    expect(payers.access(carrying())).toEqual({ kind: 'launch', isHeld: false })
    expect(await payers.memberMatch(carrying(), question)).toMatchObject({
      problem: { kind: 'refused', rule: 'payer-token' },
    })
    expect(seen).toEqual([])
  })

  it('gets its token with every request until its end, and nothing after', async () => {
    const payers = clients()
    payers.carry(token())
    expect(payers.access(carrying())).toEqual({ kind: 'launch', isHeld: true, until: now + 300_000 })
    answer = { status: 200, body: { resourceType: 'Parameters' } }
    await payers.memberMatch(carrying(), question)
    const reader = payers.reader(carrying())
    if (!reader.ok) throw new Error('no reader')
    answer = { status: 200, body: { resourceType: 'Bundle', entry: [] } }
    await reader.value.search('Condition', [])
    expect(seen.map((each) => each.headers.authorization)).toEqual(['Bearer payers-own', 'Bearer payers-own'])
    now += 300_000
    expect(await reader.value.search('Condition', [])).toMatchObject({
      problem: { rule: 'payer-token' },
    })
    expect(seen).toHaveLength(2)
  })

  it('is not told to another payer, be it on the same server', async () => {
    const payers = clients()
    payers.carry(token())
    const neighbour = { ...payer(), id: 'neighbour' }
    answer = { status: 200, body: { resourceType: 'Parameters' } }
    await payers.memberMatch(neighbour, question)
    expect(seen[0]?.headers.authorization).toBeUndefined()
    const reader = payers.reader(carrying())
    if (!reader.ok) throw new Error('no reader')
    expect(await reader.value.next('https://evil.example/fhir?page=2')).toMatchObject({
      problem: { rule: 'same-server' },
    })
  })
})

it('sends nothing to a payer where nobody is signed in, and says so', async () => {
  const payers = createPayers({ timeoutMs: 5000 })
  const signedIn = {
    ...payer(),
    authorization: 'smart',
    clientId: 'beforehand',
    scopes: 'user/*.rs',
  } as const
  expect(payers.access(signedIn)).toEqual({ kind: 'smart', isHeld: false })
  expect(await payers.memberMatch(signedIn, question)).toMatchObject({
    problem: { kind: 'expired', server: 'Acme Health', byUser: true },
  })
  expect(payers.access(signedIn)).toEqual({ kind: 'smart', isHeld: false })
  expect(seen).toEqual([])
})
