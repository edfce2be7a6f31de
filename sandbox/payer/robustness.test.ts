import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isObject } from './json'
import type { PayerName } from './payer'
import {
  appointment,
  BEN,
  bundle,
  deviceRequest,
  encounter,
  JANE,
  JANE_AT,
  medicationRequest,
  requestFor,
  type SampleRequest,
  serviceRequest,
} from './sample-requests'
import { type RunningPayer, startPayer } from './server'

let acme: RunningPayer

beforeAll(async () => {
  acme = await startPayer({ name: 'acme', port: 0, app: 'http://app.example' })
})

afterAll(() => acme.close())

/** Every path into a JSON value. */
function pathsIn(
  value: unknown,
  path: readonly (string | number)[] = [],
): readonly (readonly (string | number)[])[] {
  const children = Array.isArray(value) ? [...value.entries()] : isObject(value) ? Object.entries(value) : []
  return [path, ...children.flatMap(([key, child]) => pathsIn(child, [...path, key]))]
}

/** The value with what stands at a path replaced. */
function withAt(value: unknown, [key, ...rest]: readonly (string | number)[], replacement: unknown): unknown {
  if (key === undefined) return replacement
  if (Array.isArray(value))
    return value.map((element, index) => (index === key ? withAt(element, rest, replacement) : element))
  return isObject(value) ? { ...value, [key]: withAt(value[key], rest, replacement) } : replacement
}

const CPAP = deviceRequest('E0601', { parameter: [{ valueQuantity: { value: 1 } }] })
const MRI = serviceRequest('72148', { locationCode: [{ text: 'Hospital' }], performer: [{ display: 'X' }] })
const found = bundle('searchset', [CPAP])
const drafts = bundle('collection', [CPAP, MRI, medicationRequest('979480')])
const visit = { encounterId: 'e-1' }

/** A request for each hook at each kind of payer. */
const SAMPLES: readonly (readonly [PayerName, SampleRequest])[] = [
  ['acme', requestFor('order-sign', JANE, { draftOrders: drafts })],
  ['acme', requestFor('order-select', JANE, { draftOrders: drafts, selections: ['DeviceRequest/o-E0601'] })],
  [
    'acme',
    requestFor(
      'order-dispatch',
      JANE,
      { dispatchedOrders: ['DeviceRequest/o-E0601'], performer: 'Organization/x' },
      { deviceRequests: found },
    ),
  ],
  ['acme', requestFor('appointment-book', JANE, { appointments: bundle('collection', [appointment()]) })],
  ['acme', requestFor('encounter-start', JANE, visit, { encounter: encounter('IMP') })],
  ['acme', requestFor('encounter-discharge', JANE, visit, { encounter: encounter('IMP') })],
  [
    'borealis',
    requestFor(
      'order-dispatch',
      BEN,
      { order: 'DeviceRequest/o-E0601', performer: 'Organization/x' },
      { deviceRequests: found },
    ),
  ],
  ['cedar', requestFor('order-sign', JANE_AT.cedar, { draftOrders: drafts })],
  ['delta', requestFor('order-sign', JANE_AT.delta, { draftOrders: drafts })],
  ['oddity', requestFor('order-sign', JANE_AT.oddity, { draftOrders: drafts })],
]

describe.each(SAMPLES)('%s', (name, sample) => {
  it(`answers or refuses whatever stands anywhere in a request of ${sample.hook}, and never fails`, async () => {
    const payer = await startPayer({ name, port: 0, app: 'http://app.example' })
    const ask = async (request: unknown) => {
      const body = JSON.stringify(request)
      const headers = { 'content-type': 'application/json' }
      return (await fetch(`${payer.url}/cds-services/${sample.hook}-crd`, { method: 'POST', headers, body }))
        .status
    }
    const anywhere = fc.constantFrom(...pathsIn(sample))
    try {
      expect(await ask(sample)).toBe(200)
      await fc.assert(
        fc.asyncProperty(anywhere, fc.jsonValue(), async (path, junk) => {
          const status = await ask(withAt({ ...sample, hookInstance: randomUUID() }, path, junk))
          expect([200, 400, 412, 422]).toContain(status)
        }),
        { numRuns: 150 },
      )
    } finally {
      await payer.close()
    }
  })
})

it('refuses what could not even be turned into text', async () => {
  const request = { hook: 'order-sign', context: { patientId: { toString: '' } } }
  const headers = { 'content-type': 'application/json' }
  const init = { method: 'POST', headers, body: JSON.stringify(request) }
  expect((await fetch(`${acme.url}/cds-services/order-sign-crd`, init)).status).toBe(400)
})

it('refuses junk at the doors beside it', async () => {
  const post = async (path: string, body: string) =>
    (
      await fetch(`${acme.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      })
    ).status
  expect(await post('/_faults', 'x')).toBe(400)
  expect(await post('/fhir/Patient/$member-match', 'x')).toBe(400)
  expect(await post('/fhir/Patient/$member-match', '[null]')).toBe(400)
  expect(await post('/oauth/token', '{')).toBe(401)
})
