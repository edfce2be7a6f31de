import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, type JsonObject, objectsIn, textOf } from './json'
import {
  appointment,
  BEN,
  coverageOf,
  hookRequest,
  JANE,
  medicationRequest,
  serviceRequest,
} from './sample-requests'
import { type RunningPayer, startPayer } from './server'

let acme: RunningPayer

beforeAll(async () => {
  acme = await startPayer({ name: 'acme', port: 0, app: 'http://app.example' })
})

afterAll(() => acme.close())

async function send(body: unknown, service = 'order-sign-crd') {
  const response = await fetch(`${acme.url}/cds-services/${service}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const answer: unknown = await response.json()
  return {
    status: response.status,
    type: at(answer, 'resourceType'),
    text: textOf(at(answer, 'issue', 0, 'details', 'text')) ?? '',
  }
}

const request = () => hookRequest(JANE, [serviceRequest('E0601')])

const withOrder = (more: JsonObject) => hookRequest(JANE, [serviceRequest('E0601', more)])

const withContext = (more: JsonObject) => ({ ...request(), context: { ...request().context, ...more } })

const withPrefetch = (more: JsonObject) => ({ ...request(), prefetch: { ...request().prefetch, ...more } })

const coverages = (...list: readonly JsonObject[]) =>
  withPrefetch({
    coverage: { resourceType: 'Bundle', type: 'searchset', entry: list.map((resource) => ({ resource })) },
  })

const bundle = (more: JsonObject) =>
  withContext({ draftOrders: { ...(request().context.draftOrders as JsonObject), ...more } })

const JANES = coverageOf(JANE)

describe('an order-sign request is refused with an OperationOutcome', () => {
  const { prefetch: _, ...unfetched } = request()
  it.each<[string, unknown, number, RegExp]>([
    ['when it is not JSON', '{', 400, /not JSON/],
    ['when it is a list', [], 400, /JSON object/],
    [
      'when the hook is another',
      { ...request(), hook: 'order-select' },
      422,
      /answers order-sign, not order-select/,
    ],
    [
      'when hookInstance is no UUID',
      { ...request(), hookInstance: 'one' },
      400,
      /hookInstance must be a UUID/,
    ],
    ['when fhirServer is missing', { ...request(), fhirServer: undefined }, 400, /fhirServer is missing/],
    ['when fhirServer is no URL', { ...request(), fhirServer: 'ehr' }, 400, /fhirServer/],
    [
      'when the authorization is half',
      { ...request(), fhirAuthorization: { access_token: 'x' } },
      400,
      /scope, subject/,
    ],
    ['without context', { ...request(), context: undefined }, 400, /context is missing/],
    ['when userId is a bare id', withContext({ userId: 'd-1' }), 400, /context.userId/],
    ['when patientId is a reference', withContext({ patientId: 'Patient/p-1' }), 400, /context.patientId/],
    ['when draftOrders is a list', withContext({ draftOrders: [] }), 400, /draftOrders must be a Bundle/],
    ['when the Bundle is a searchset', bundle({ type: 'searchset' }), 400, /type must be collection/],
    ['when the Bundle has a total', bundle({ total: 1 }), 400, /total/],
    ['when the Bundle is empty', bundle({ entry: [] }), 400, /no entry/],
    [
      'when an entry has no fullUrl',
      bundle({ entry: [{ resource: serviceRequest('E0601') }] }),
      400,
      /no fullUrl/,
    ],
    ['when an order has no id', withOrder({ id: undefined }), 400, /no id/],
    ['when an order is active', withOrder({ status: 'active' }), 422, /only drafts/],
    [
      'when an order lacks elements',
      withOrder({ requester: undefined, authoredOn: undefined }),
      422,
      /lacks authoredOn, requester/,
    ],
    [
      'when a drug is not named',
      hookRequest(JANE, [medicationRequest('1', { medicationCodeableConcept: undefined })]),
      422,
      /medicationCodeableConcept or medicationReference/,
    ],
    ['when the code is empty', withOrder({ code: {} }), 422, /neither a coding nor a text/],
    [
      'when an order is for somebody else',
      withOrder({ subject: { reference: 'Patient/p-2' } }),
      422,
      /for Patient\/p-2/,
    ],
    [
      'when it holds a resource that is no order',
      withOrder({ resourceType: 'Observation' }),
      422,
      /Observation is not an order/,
    ],
    ['when no version is asked for', { ...request(), extension: {} }, 400, /requestedVersion is missing/],
    [
      'when the version is a list',
      { ...request(), extension: { 'davinci-crd.requestedVersion': ['2.2'] } },
      400,
      /must be a string/,
    ],
    [
      'when the version is not offered',
      { ...request(), extension: { 'davinci-crd.requestedVersion': '1.1' } },
      422,
      /not offered/,
    ],
    [
      'when a switch is a word',
      hookRequest(JANE, [serviceRequest('E0601')], { 'unsolicited-determ': 'false' }),
      400,
      /true or false/,
    ],
    [
      'when max-cards is a word',
      hookRequest(JANE, [serviceRequest('E0601')], { 'max-cards': '3' }),
      400,
      /whole number/,
    ],
    [
      'when prefetch has more than was asked',
      withPrefetch({ allergies: null }),
      400,
      /not asked for: allergies/,
    ],
    ['when prefetch is missing', unfetched, 412, /patient, coverage/],
    ['when the patient could not be read', withPrefetch({ patient: null }), 412, /missing: patient/],
    [
      'when prefetch is another patient',
      withPrefetch({ patient: { resourceType: 'Patient', id: 'p-2' } }),
      400,
      /not the patient/,
    ],
    ['when there is no coverage', withPrefetch({ coverage: null }), 400, /no active Coverage/],
    ['when coverage is no searchset', withPrefetch({ coverage: JANES }), 400, /searchset/],
    [
      'when the coverage is not active',
      coverages({ ...JANES, status: 'cancelled' }),
      400,
      /no active Coverage/,
    ],
    ['when two are active', coverages(JANES, coverageOf(BEN)), 400, /2 active/],
    ['when the coverage is another payer’s', coverages(coverageOf(BEN)), 400, /not with Acme Health/],
    [
      'when the coverage is another patient’s',
      coverages({ ...JANES, beneficiary: { reference: 'Patient/p-2' } }),
      400,
      /another patient/,
    ],
    [
      'when the coverage has ended',
      coverages({ ...JANES, period: { end: '2020-01-31' } }),
      400,
      /ended on 2020-01-31/,
    ],
  ])('%s', async (_name, body, status, text) => {
    const answer = await send(body)
    expect(answer).toMatchObject({ status, type: 'OperationOutcome' })
    expect(answer.text).toMatch(text)
  })

  it('when the hookInstance was used before, until it is reset', async () => {
    const body = request()
    expect((await send(body)).status).toBe(200)
    expect(await send(body)).toMatchObject({ status: 400, text: expect.stringContaining('used before') })
    await fetch(`${acme.url}/_reset`, { method: 'POST' })
    expect((await send(body)).status).toBe(200)
  })

  it('when there is no such service', async () => {
    expect((await send(request(), 'order-review-crd')).status).toBe(404)
  })
})

describe('an appointment-book request is refused', () => {
  const [patient, performer] = objectsIn(appointment().participant)
  it.each<[string, JsonObject, RegExp]>([
    ['when it is already booked', { status: 'booked' }, /only proposed/],
    ['without a primary performer', { participant: [patient] }, /PPRF/],
    ['without the patient', { participant: [performer] }, /one patient participant/],
    ['without a time', { start: undefined }, /start and end, or requestedPeriod/],
    [
      'when a participant has no status',
      { participant: [patient, { ...performer, status: undefined }] },
      /without status/,
    ],
  ])('%s', async (_name, more, text) => {
    const answer = await send(hookRequest(JANE, [appointment(more)]), 'appointment-book-crd')
    expect(answer.status).toBe(422)
    expect(answer.text).toMatch(text)
  })
})

it('recognises itself in a contained Organization and in one sent along', async () => {
  const organization = {
    resourceType: 'Organization',
    id: 'payer',
    identifier: [{ system: 'urn:oid:2.16.840.1.113883.6.300', value: '95216' }],
  }
  const contained = { ...JANES, contained: [organization], payor: [{ reference: '#payer' }] }
  expect((await send(coverages(contained))).status).toBe(200)
  const along = coverages({ ...JANES, payor: [{ reference: 'Organization/payer' }] }, organization)
  expect((await send({ ...along, hookInstance: randomUUID() })).status).toBe(200)
})
