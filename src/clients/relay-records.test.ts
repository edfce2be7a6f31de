// @vitest-environment jsdom
import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createPayers } from './payer'
import { openRelay } from './relay'

/** What the relay and, at an address of its own, the payer heard. */
const seen: {
  readonly who: string
  readonly url: string
  readonly headers: NodeJS.Dict<string | string[]>
}[] = []
const servers: Server[] = []
let relay = ''
let fhirBase = ''

async function listen(who: string): Promise<string> {
  const server = createServer((request, response) => {
    const url = request.url ?? ''
    seen.push({ who, url, headers: request.headers })
    if (url.endsWith('/Condition/other')) {
      response.writeHead(403, { 'X-Relay': 'not-sent', 'Access-Control-Expose-Headers': '*' })
      return response.end(
        JSON.stringify({
          resourceType: 'OperationOutcome',
          issue: [{ diagnostics: 'Find the member first.' }],
        }),
      )
    }
    response.writeHead(200, { 'Content-Type': 'application/fhir+json' })
    const links = url.includes('patient=m1') && [
      { relation: 'next', url: `${relay}/payers/acme/fhir/_pages/2` },
    ]
    response.end(
      JSON.stringify(
        url.endsWith('/session')
          ? { session: 'label', audits: false }
          : url.includes('$member-match')
            ? { resourceType: 'Parameters' }
            : { resourceType: 'Bundle', entry: [], ...(links && { link: links }) },
      ),
    )
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
}

beforeAll(async () => {
  relay = `${await listen('relay')}/relay`
  fhirBase = `${await listen('payer')}/fhir`
})
afterAll(() => {
  for (const server of servers) server.close()
})
beforeEach(() => {
  seen.length = 0
  sessionStorage.clear()
})

const payer = (recordsVia?: string) => ({
  id: 'acme',
  name: 'Acme Health',
  identifiers: [],
  fhirBase,
  authorization: 'proxy' as const,
  ...(recordsVia !== undefined && { recordsVia }),
})

describe('a payer’s records by way of the relay', () => {
  const opened = () => {
    const session = openRelay(relay, {
      key: 'k',
      fhirBase: 'https://ehr.example',
      idToken: 'id',
      patientId: 'jane',
    })
    return createPayers({ timeoutMs: 5000, through: session.recordsOf })
  }

  it('are asked for at the relay, in its session and for the open chart, and keep the payer’s name', async () => {
    const payers = opened()
    const via = payer(`${relay}/payers/acme/fhir`)
    expect((await payers.memberMatch(via, { resourceType: 'Parameters' })).ok).toBe(true)
    const reader = payers.reader(via)
    if (!reader.ok) throw new Error('no reader')
    expect(reader.value.base).toBe(fhirBase)
    const page = await reader.value.search('Condition', [['patient', 'm1']])
    if (!page.ok) throw new Error('no page')
    expect((await reader.value.next(page.value.next ?? '')).ok).toBe(true)
    expect(seen.map(({ who, url }) => `${who} ${url}`)).toEqual([
      'relay /relay/session',
      'relay /relay/payers/acme/fhir/Patient/$member-match',
      'relay /relay/payers/acme/fhir/Condition?patient=m1',
      'relay /relay/payers/acme/fhir/_pages/2',
    ])
    for (const { headers } of seen.slice(1))
      expect(headers).toMatchObject({ 'x-relay-session': 'label', 'x-relay-patient': 'jane' })
  })

  it('of a member whom a card names are opened at the relay, and nowhere for a payer that is read directly', async () => {
    const { openCard } = openRelay(relay, { key: 'k', fhirBase: 'https://ehr.example', idToken: 'id' })
    const parameters = { resourceType: 'Parameters' }
    expect(await openCard(payer(`${relay}/payers/acme/fhir`), parameters)).toMatchObject({ ok: true })
    expect(await openCard(payer(), parameters)).toEqual({ ok: true, value: undefined })
    const cards = seen.filter(({ url }) => url.includes('card-member'))
    expect(cards.map(({ who, url }) => `${who} ${url}`)).toEqual([
      'relay /relay/payers/acme/fhir/Patient/$card-member',
    ])
  })

  it('say in the relay’s words why it sent nothing', async () => {
    const reader = opened().reader(payer(`${relay}/payers/acme/fhir`))
    expect(reader.ok && (await reader.value.read('Condition', 'other'))).toMatchObject({
      problem: { kind: 'refused', message: expect.stringContaining('Find the member first') },
    })
  })

  it('are asked for nowhere else: a page on another host is not followed', async () => {
    const reader = opened().reader(payer(`${relay}/payers/acme/fhir`))
    const page = reader.ok && (await reader.value.next('http://127.0.0.1:9/fhir?page=2'))
    expect(page).toMatchObject({ problem: { kind: 'refused', rule: 'same-server' } })
    expect(seen.filter(({ url }) => url.includes('page'))).toEqual([])
  })

  it('are read directly, and without a word of the session, where the relay does not read them', async () => {
    const reader = opened().reader(payer())
    expect(reader.ok && (await reader.value.search('Condition', [])).ok).toBe(true)
    const direct = seen.filter(({ who }) => who === 'payer')
    expect(direct.map(({ url }) => url)).toEqual(['/fhir/Condition'])
    expect(direct[0]?.headers['x-relay-session']).toBeUndefined()
  })
})
