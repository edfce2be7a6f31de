import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, type JsonObject } from './json'
import {
  BEN,
  bundle,
  deviceRequest,
  encounter,
  JANE,
  type Person,
  requestFor,
  type SampleRequest,
  serviceRequest,
} from './sample-requests'
import { type RunningPayer, startPayer } from './server'
import { cardWith, offered, said, send } from './test-payer'

let acme: RunningPayer
let borealis: RunningPayer

beforeAll(async () => {
  acme = await startPayer({ name: 'acme', port: 0, app: 'http://app.example' })
  borealis = await startPayer({ name: 'borealis', port: 0, app: 'http://app.example' })
})

afterAll(async () => {
  await acme.close()
  await borealis.close()
})

const drafts = (...orders: readonly JsonObject[]) => bundle('collection', orders)
const found = (...resources: readonly JsonObject[]) => bundle('searchset', resources)

const visit = (hook: string, person: Person = JANE, of: JsonObject = encounter()) =>
  requestFor(hook, person, { encounterId: 'e-1' }, { encounter: of })

const CPAP = deviceRequest('E0601')
const MRI = serviceRequest('72148', {}, 'http://www.ama-assn.org/go/cpt')

const select = (context: JsonObject) => requestFor('order-select', JANE, context)

const without = (request: SampleRequest, ...keys: readonly string[]): SampleRequest => ({
  ...request,
  prefetch: Object.fromEntries(Object.entries(request.prefetch).filter(([key]) => !keys.includes(key))),
})

describe('encounter-start', () => {
  it.each([
    ['AMB', 'no-auth'],
    ['EMER', 'no-auth'],
    ['IMP', 'auth-needed'],
  ])('says what a visit of class %s needs, on the encounter', async (code, authorization) => {
    const { systemActions } = await send(acme, visit('encounter-start', JANE, encounter(code)))
    expect(systemActions.map((action) => at(action, 'resource', 'resourceType'))).toEqual(['Encounter'])
    expect(said(systemActions[0])).toMatchObject({ covered: ['covered'], 'pa-needed': [authorization] })
  })

  it('demands no documents, reminds, and warns of the notice of an admission', async () => {
    const reply = await send(acme, visit('encounter-start', JANE, encounter('IMP')))
    expect(said(reply.systemActions[0])).not.toHaveProperty('doc-needed')
    expect(cardWith(reply, /within 24 hours/)).toMatchObject({ indicator: 'warning' })
    expect(cardWith(await send(acme, visit('encounter-start')), /wellness visit/)).toBeDefined()
  })

  it('is answered by the payer of CRD 2.0.1 too', async () => {
    const { systemActions } = await send(borealis, visit('encounter-start', BEN))
    expect(said(systemActions[0])).toMatchObject({ covered: ['covered'] })
    expect(said(systemActions[0])).not.toHaveProperty('expiry-date')
  })

  it('offers a further order of the visit, by the user, which it would take itself', async () => {
    const reply = await send(acme, visit('encounter-start'))
    const [order = {}] = offered(cardWith(reply, /wellness visit/))
    expect(order).toMatchObject({
      encounter: { reference: 'Encounter/e-1' },
      requester: { reference: 'Practitioner/d-1' },
    })
    expect((await send(acme, requestFor('order-sign', JANE, { draftOrders: drafts(order) }))).status).toBe(
      200,
    )
  })

  it.each<[string, SampleRequest, number, RegExp]>([
    ['without encounterId', requestFor('encounter-start', JANE, {}), 400, /encounterId is missing/],
    ['without the encounter', without(visit('encounter-start'), 'encounter'), 412, /missing: encounter/],
    [
      'with another encounter',
      visit('encounter-start', JANE, encounter('AMB', { id: 'e-2' })),
      400,
      /not the encounter/,
    ],
    [
      'with another patient’s',
      visit('encounter-start', JANE, encounter('AMB', { subject: { reference: 'Patient/p-2' } })),
      422,
      /another patient/,
    ],
    [
      'without a class',
      visit('encounter-start', JANE, encounter('AMB', { class: undefined })),
      422,
      /lacks class/,
    ],
    ['with something else in its place', visit('encounter-start', JANE, MRI), 400, /must be a Encounter/],
  ])('is refused %s', async (_name, request, status, words) => {
    expect(await send(acme, request)).toMatchObject({ status, refusal: expect.stringMatching(words) })
  })
})

describe('encounter-discharge', () => {
  it('speaks of the claim and of what is due, and no more of coverage', async () => {
    const reply = await send(acme, visit('encounter-discharge', JANE, encounter('IMP')))
    expect(reply.systemActions).toEqual([])
    expect(cardWith(reply, /discharge summary/)).toBeDefined()
    expect(cardWith(reply, /seven days/)).toHaveProperty('suggestions')
  })

  it('is quiet about a topic that is switched off', async () => {
    const request = requestFor(
      'encounter-discharge',
      JANE,
      { encounterId: 'e-1' },
      { encounter: encounter('IMP') },
      { claim: false },
    )
    expect(cardWith(await send(acme, request), /discharge summary/)).toBeUndefined()
  })
})

describe('order-select', () => {
  it('answers what was just chosen, without demanding documents yet', async () => {
    const request = select({ draftOrders: drafts(MRI, CPAP), selections: ['ServiceRequest/o-72148'] })
    const { systemActions } = await send(acme, request)
    expect(systemActions.map((action) => at(action, 'resource', 'id'))).toEqual(['o-72148'])
    const parts = said(systemActions[0])
    expect(parts).toMatchObject({ 'pa-needed': ['auth-needed'] })
    expect(parts).not.toHaveProperty('doc-needed')
    expect(parts).not.toHaveProperty('questionnaire')
  })

  it.each<[string, JsonObject, RegExp]>([
    ['without selections', { draftOrders: drafts(MRI) }, /selections must list/],
    ['with an empty selection', { draftOrders: drafts(MRI), selections: [] }, /selections must list/],
    [
      'with a selection that is no draft',
      { draftOrders: drafts(MRI), selections: ['ServiceRequest/x'] },
      /not among the draftOrders/,
    ],
    [
      'with a selection that is not a reference',
      { draftOrders: drafts(MRI), selections: [{}] },
      /not among the draftOrders/,
    ],
  ])('is refused %s', async (_name, context, words) => {
    expect(await send(acme, select(context))).toMatchObject({
      status: 400,
      refusal: expect.stringMatching(words),
    })
  })
})

describe('every hook', () => {
  const good = () => visit('encounter-start')
  const authorization = {
    access_token: 't',
    token_type: 'Bearer',
    expires_in: 30,
    scope: 'patient/Patient.r',
    subject: 'acme-crd',
    patient: 'p-1',
  }

  it('takes a whole authorization', async () => {
    expect((await send(acme, { ...good(), fhirAuthorization: authorization } as SampleRequest)).status).toBe(
      200,
    )
  })

  it.each<[string, () => object, number, RegExp]>([
    [
      'an empty field in the context',
      () => ({ context: { ...good().context, note: '' } }),
      400,
      /context.note is there and empty/,
    ],
    [
      'an authorization for an unnamed patient',
      () => ({ fhirAuthorization: { ...authorization, patient: undefined } }),
      400,
      /which patient/,
    ],
    [
      'an authorization for another patient',
      () => ({ fhirAuthorization: { ...authorization, patient: 'p-2' } }),
      400,
      /not the patient of the context/,
    ],
    [
      'a token that has ended',
      () => ({ fhirAuthorization: { ...authorization, expires_in: 0 } }),
      400,
      /expires_in/,
    ],
    [
      'a key that holds other resources',
      () => ({ prefetch: { ...good().prefetch, practitioners: found(CPAP) } }),
      400,
      /holds a DeviceRequest; it was asked for Practitioner/,
    ],
    [
      'a single resource where a search was asked for',
      () => ({ prefetch: { ...good().prefetch, locations: encounter() } }),
      400,
      /searchset/,
    ],
    [
      'one page of several',
      () => ({
        prefetch: {
          ...good().prefetch,
          practitioners: { ...found(), link: [{ relation: 'next', url: 'http://x' }] },
        },
      }),
      400,
      /one page of several/,
    ],
  ])('refuses %s', async (_name, more, status, words) => {
    expect(await send(acme, { ...good(), ...more() })).toMatchObject({
      status,
      refusal: expect.stringMatching(words),
    })
  })
})
