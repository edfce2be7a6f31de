// @vitest-environment node
/// <reference types="node" />
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { HistorySnapshot, HistoryType } from '../domain/pdex/history'
import { historyReading } from '../domain/pdex/history'
import { createPayers } from './payer'

/** What one test's payer says: by `Type`, or by the address of a further page. */
type Answer = (response: ServerResponse, request: IncomingMessage) => void

let answers: Readonly<Record<string, Answer>> = {}
let base = ''

const server = createServer((request, response) => {
  const path = (request.url ?? '').replace(/^\/fhir\//, '')
  const answer = answers[path] ?? answers[path.replace(/\?.*$/, '')]
  if (answer) answer(response, request)
  else json({ resourceType: 'Bundle', entry: [] })(response, request)
})

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/fhir`
})
beforeEach(() => {
  answers = {}
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const send =
  (body: string | Buffer, headers: Readonly<Record<string, string>> = {}, status = 200): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/fhir+json', ...headers })
    response.end(body)
  }
const json = (value: unknown): Answer => send(JSON.stringify(value))

const condition = (id: string | undefined, words = 'Asthma', patient = 'm1') => ({
  resourceType: 'Condition',
  ...(id !== undefined && { id }),
  subject: { reference: `Patient/${patient}` },
  code: { text: words },
})
const bundle = (resources: readonly unknown[], ...links: readonly (readonly [string, string])[]) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  link: links.map(([relation, url]) => ({ relation, url })),
  entry: resources.map((resource) => ({ resource })),
})

async function read(): Promise<HistorySnapshot> {
  const payer = {
    id: 'acme',
    name: 'Acme Health',
    identifiers: [],
    fhirBase: base,
    authorization: 'open',
  } as const
  const reader = createPayers({ timeoutMs: 5_000 }).reader(payer)
  if (!reader.ok) throw new Error('no reader')
  const member = { payer, patient: { resourceType: 'Patient', id: 'm1' }, patientId: 'm1' }
  return historyReading({ reader: reader.value, member, onChange: () => undefined }).read()
}

const ids = (snapshot: HistorySnapshot) => snapshot.records.map(({ resource }) => resource.id)
const titles = (snapshot: HistorySnapshot) => snapshot.records.map(({ display }) => display.what)
const stateOf = (snapshot: HistorySnapshot, type: HistoryType) =>
  snapshot.types.find((each) => each.type === type)?.state

describe('a payer of its own kind', () => {
  it('that does not heed whose records are asked for: those of others are counted and not shown', async () => {
    answers = {
      Condition: json(
        bundle([condition('1'), condition('2', 'Other', 'm2'), { resourceType: 'Condition', id: '3' }]),
      ),
    }
    const snapshot = await read()
    expect(ids(snapshot)).toEqual(['1'])
    expect(snapshot.setAside).toBe(2)
  })

  it('that sends other types, outcomes and no search.mode', async () => {
    const outcome = {
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'warning', diagnostics: 'Only 2024.' }],
    }
    const stranger = { resourceType: 'Basic', id: 'b', subject: { reference: 'Patient/m1' } }
    answers = { Condition: json(bundle([condition('1'), outcome, stranger, 7, null, 'text', []])) }
    const snapshot = await read()
    expect(ids(snapshot)).toEqual(['1'])
    expect(snapshot.warnings).toEqual(['Only 2024.'])
    expect(snapshot.unreadable).toBe(4)
  })

  it.each([
    ['to the base', () => 'Condition?page=2'],
    ['to the host', () => '/fhir/Condition?page=2'],
    ['to nothing', () => `${base}/Condition?page=2`],
  ])('whose next page is relative %s', async (_, next) => {
    answers = {
      'Condition?page=2': json(bundle([condition('2')])),
      Condition: json(bundle([condition('1')], ['next', next()])),
    }
    expect(ids(await read())).toEqual(['1', '2'])
  })

  it.each([
    ['back to itself', () => `${base}/Condition?page=2`],
    ['to the first page', () => `${base}/Condition`],
  ])('whose pages lead %s: it ends, and is told', async (_, next) => {
    answers = {
      'Condition?page=2': json(bundle([condition('2')], ['next', next()])),
      Condition: json(bundle([condition('1')], ['next', `${base}/Condition?page=2`])),
    }
    const snapshot = await read()
    expect(ids(snapshot)).toEqual(['1', '2'])
    expect(stateOf(snapshot, 'Condition')).toMatchObject({ kind: 'failed', problem: { path: 'link.next' } })
  })

  it.each([
    'https://elsewhere.example/fhir/Condition?page=2',
    '//elsewhere.example/fhir/Condition?page=2',
    '../other/Condition?page=2',
    'javascript:alert(1)',
  ])('whose next page is %s: it is not followed, and what came stays', async (next) => {
    answers = { Condition: json(bundle([condition('1')], ['next', next])) }
    const snapshot = await read()
    expect(ids(snapshot)).toEqual(['1'])
    expect(stateOf(snapshot, 'Condition')?.kind).toBe('failed')
  })

  it('that gives records without id or address: each is there once', async () => {
    answers = {
      Condition: json(bundle([condition(undefined), condition(undefined, 'Gout'), condition(undefined)])),
    }
    const snapshot = await read()
    expect(titles(snapshot)).toEqual(['Asthma', 'Gout'])
    expect(snapshot.duplicates).toBe(1)
  })

  it.each<[string, Answer]>([
    [
      'packed with gzip',
      send(gzipSync(JSON.stringify(bundle([condition('1', 'Ménière')]))), { 'content-encoding': 'gzip' }),
    ],
    ['with a byte order mark', send(`\uFEFF${JSON.stringify(bundle([condition('1', 'Ménière')]))}`)],
    [
      'in the character set that it names',
      send(Buffer.from(JSON.stringify(bundle([condition('1', 'Ménière')])), 'latin1'), {
        'content-type': 'application/json; charset=ISO-8859-1',
      }),
    ],
    [
      'in a character set that nobody knows',
      send(JSON.stringify(bundle([condition('1', 'Ménière')])), {
        'content-type': 'application/json; charset=x-own',
      }),
    ],
    [
      'as plain text',
      send(JSON.stringify(bundle([condition('1', 'Ménière')])), { 'content-type': 'text/plain' }),
    ],
  ])('that answers %s', async (_, answer) => {
    answers = { Condition: answer }
    expect(titles(await read())).toEqual(['Ménière'])
  })

  it.each<[string, Answer]>([
    ['without content', send('', {}, 204)],
    ['with nothing at all', send('')],
    ['with a page for people', send('<html>Welcome</html>', { 'content-type': 'text/html' })],
    ['with half of its answer', send('{"resourceType":"Bundle","entry":[{"resource":{"resource')],
    ['with a record in place of a list', json(condition('1'))],
  ])('that answers %s: an error, which is not "none"', async (_, answer) => {
    answers = {
      Condition: answer,
      Procedure: json(bundle([{ ...condition('p'), resourceType: 'Procedure' }])),
    }
    const snapshot = await read()
    expect(stateOf(snapshot, 'Condition')?.kind).toBe('failed')
    expect(ids(snapshot)).toEqual(['p'])
  })

  it('that sends a narrative of a hundred thousand letters', async () => {
    const div = `<div xmlns="http://www.w3.org/1999/xhtml">${'<p>Stable. </p>'.repeat(7_000)}</div>`
    const plan = { ...condition('1'), resourceType: 'CarePlan', text: { status: 'additional', div } }
    answers = { CarePlan: json(bundle([plan])) }
    const [record] = (await read()).records
    expect(record?.display.detail?.length).toBeLessThan(2_000)
    expect(record?.display.detail).toMatch(/^Stable\. .*\(shortened\)$/)
  })

  it('that refuses some types and falls silent on others', async () => {
    answers = {
      Condition: json(bundle([condition('1')])),
      Goal: send('{}', {}, 403),
      Device: send('', {}, 404),
      Procedure: send('{}', {}, 500),
      Immunization: (response) => response.destroy(),
    }
    const snapshot = await read()
    expect(
      (['Goal', 'Device', 'Procedure', 'Immunization'] as const).map((type) => stateOf(snapshot, type)?.kind),
    ).toEqual(['not-shared', 'not-offered', 'failed', 'failed'])
    expect(ids(snapshot)).toEqual(['1'])
  })
})
