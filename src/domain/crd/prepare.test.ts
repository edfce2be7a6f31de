import { describe, expect, it } from 'vitest'
import { at } from '../json'
import { fail } from '../result'
import { type AskWorld, prepare, warm } from './ask'
import {
  acme,
  chart,
  coverage,
  fakeClock,
  mri,
  organization,
  patient,
  prepared,
  scenario,
  worldOf,
} from './samples.test-data'
import type { Scenario } from './scenario'

describe('preparing a question', () => {
  it('makes an order-sign request for the likely coverage and tells what will be sent', async () => {
    const question = await prepared(worldOf())
    const json = JSON.parse(question.request.body) as unknown
    expect(at(json, 'hook')).toBe('order-sign')
    expect(at(json, 'hookInstance')).toBe(question.hookInstance)
    expect(at(json, 'fhirServer')).toBe('https://ehr.example/fhir')
    expect(at(json, 'fhirAuthorization')).toBeUndefined()
    expect(at(json, 'extension')).toEqual({
      'davinci-crd.requestedVersion': '2.2',
      'davinci-crd.configuration': { 'unsolicited-determ': false },
    })
    expect(at(json, 'context', 'userId')).toBe('Practitioner/dr1')
    expect(at(json, 'prefetch', 'patient')).toEqual(patient)
    expect(at(json, 'prefetch', 'practitioners', 'entry', 0, 'resource', 'id')).toBe('dr1')
    expect(question.disclosure.summary).toBe(
      'Acme Health receives 1 hypothetical order for Jane Roe and 3 records from the chart.',
    )
    expect(question.disclosure.items.map((item) => item.what)).toContain(
      'Hypothetical order: MRI of the knee',
    )
    expect(question.request.body).not.toContain('\n')
  })

  it('reads nothing of the chart again once it is warm', async () => {
    const ehr = chart()
    const world = worldOf({ ehr })
    await warm(scenario, world)
    const before = ehr.calls.length
    expect(before).toBeGreaterThan(0)
    await prepared(world)
    expect(ehr.calls.length).toBe(before)
  })

  it('never sends an order that the patient pays for', async () => {
    const secret = { ...mri, id: 'draft-2', text: 'Secret test', patientPays: true }
    const question = await prepared(worldOf(), { ...scenario, orders: [mri, secret] })
    expect(question.orders.map((order) => order.id)).toEqual(['draft-1'])
    expect(question.request.body).not.toContain('Secret test')
    expect(question.disclosure.notices[0]).toBe('1 order marked as paid by the patient: not sent.')
  })

  const refusals: readonly (readonly [string, string, Partial<AskWorld>, Partial<Scenario>])[] = [
    ['an incomplete form', 'form', {}, { orders: [] }],
    ['no active coverage', 'one-coverage', { ehr: chart([patient]) }, {}],
    ['a payer that is not in the directory', 'directory', { payers: [] }, {}],
    [
      'a payer without a service',
      'no-service',
      { payers: [{ id: 'acme', name: 'Acme', identifiers: acme.identifiers, authorization: 'open' }] },
      {},
    ],
    [
      'another patient than the open chart',
      'one-patient',
      { session: { fhirBase: 'https://ehr.example/fhir', patientId: 'p2' } },
      {},
    ],
    [
      'a request that is too large',
      'size',
      { policy: { slowAfterMs: 1, stopAfterMs: 2, maxRequestBytes: 10 } },
      {},
    ],
  ]
  it.each(refusals)('refuses %s', async (_what, rule, over, change) => {
    const preparation = await prepare({ ...scenario, ...change }, worldOf(over))
    expect(preparation.kind === 'not-ready' && preparation.answer).toMatchObject({ kind: 'refused', rule })
  })

  it('names the user by the order’s requester where the chart names none', async () => {
    const question = await prepared(
      worldOf({ session: { fhirBase: 'https://ehr.example/fhir', patientId: 'p1' } }),
    )
    expect(at(question.request.json, 'context', 'userId')).toBe('Practitioner/dr1')
  })

  it('fails with the chart’s problem where coverages cannot be read', async () => {
    const ehr = { ...chart(), search: async () => fail({ kind: 'network' as const, server: 'The chart' }) }
    const preparation = await prepare(scenario, worldOf({ ehr }))
    expect(preparation.kind === 'not-ready' && preparation.answer).toMatchObject({
      kind: 'failed',
      problem: { kind: 'network', server: 'The chart' },
    })
  })

  it('leaves out a key that the chart is slow about, and says so', async () => {
    const plain = chart()
    const ehr: typeof plain = {
      ...plain,
      search: (type, params) =>
        type === 'Practitioner' ? new Promise(() => {}) : plain.search(type, params),
    }
    const clock = fakeClock()
    const preparing = prepare(scenario, worldOf({ ehr, clock }))
    await clock.advance(5000)
    const preparation = await preparing
    expect(preparation.kind === 'ready' && preparation.disclosure.leftOut).toEqual([
      { prefetchKey: 'practitioners', why: 'The chart did not answer.' },
    ])
  })

  it('is skipped when it is stopped before it is ready', async () => {
    const stopped = new AbortController()
    stopped.abort()
    const preparation = await prepare(scenario, worldOf(), { signal: stopped.signal })
    expect(preparation.kind === 'not-ready' && preparation.answer.kind).toBe('skipped')
  })

  it('lets the payer know itself in the coverage without a key to the chart', async () => {
    const cost = { ...coverage, costToBeneficiary: [{ valueMoney: { value: 5 } }] }
    const question = await prepared(worldOf({ ehr: chart([patient, cost, organization]) }))
    expect(at(question.request.json, 'prefetch', 'coverage', 'entry', 0, 'resource')).toEqual({
      ...coverage,
      payor: [{ reference: 'Organization/org1', identifier: { system: 'urn:oid:1.2.3', value: 'ACME' } }],
    })
  })

  it('asks a payer without identities where the site says so, whatever the scenario says', async () => {
    const payers = [{ ...acme, deIdentified: true }]
    const question = await prepared(worldOf({ payers }), { ...scenario, deIdentified: false })
    expect(question.scenario.deIdentified).toBe(true)
    expect(question.request.body).not.toContain('Roe')
    expect(question.request.body).not.toContain('M-77')
  })

  it('sends only the chosen coverage of several', async () => {
    const second = { ...coverage, id: 'cov2', order: 2 }
    const world = worldOf({ ehr: chart([patient, { ...coverage, order: 1 }, second, organization]) })
    const question = await prepared(world)
    expect(question.request.body).toContain('"cov1"')
    expect(question.request.body).not.toContain('cov2')
    expect(question.choice.others.map((other) => other.id)).toEqual(['cov2'])
  })
})
