import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, type JsonObject, objectsIn } from './json'
import {
  bundle,
  coverageOf,
  deviceRequest,
  hookRequest,
  JANE,
  type Person,
  requestFor,
  serviceRequest,
  WEI,
} from './sample-requests'
import { type RunningPayer, startPayer } from './server'
import { cardWith, offered, said, send } from './test-payer'

const CPT = 'http://www.ama-assn.org/go/cpt'
const LOINC = 'http://loinc.org'

let acme: RunningPayer

beforeAll(async () => {
  const now = () => new Date('2026-11-20T10:00:00Z')
  acme = await startPayer({ name: 'acme', port: 0, app: 'http://app.example', now })
})

afterAll(() => acme.close())

const sign = (person: Person, ...orders: readonly JsonObject[]) => send(acme, hookRequest(person, orders))
const signOne = async (order: JsonObject, person = JANE) => {
  const reply = await sign(person, order)
  return { reply, parts: said(reply.systemActions[0]) }
}

describe('imaging', () => {
  const mri = (place: JsonObject) => serviceRequest('72148', place, CPT)
  const HOSPITAL = { locationCode: [{ coding: [{ code: '22', display: 'On Campus-Outpatient Hospital' }] }] }

  it('in a hospital is conditional, and two cheaper places are offered; the order so changed is covered', async () => {
    const { reply, parts } = await signOne(mri(HOSPITAL))
    expect(parts).toMatchObject({ covered: ['conditional'], 'info-needed': ['location'] })
    const card = cardWith(reply, /less outside the hospital/)
    expect(objectsIn(card?.suggestions)).toHaveLength(2)
    const [elsewhere = {}] = offered(card)
    expect(said((await sign(JANE, elsewhere)).systemActions[0])).toMatchObject({ covered: ['covered'] })
  })

  it('is told by the name of the place, and a suggestion takes the place away with it', async () => {
    const order = mri({
      locationReference: [{ reference: 'Location/n', display: 'Northside Hospital, Outpatient' }],
    })
    const { reply, parts } = await signOne(order)
    expect(parts.covered).toEqual(['conditional'])
    expect(offered(cardWith(reply, /less outside/))[0]).not.toHaveProperty('locationReference')
  })
})

describe('a test that was done lately', () => {
  it('is told by the payer’s own records, with the day', async () => {
    const { reply, parts } = await signOne(serviceRequest('93306', {}, CPT))
    expect(parts.covered).toEqual(['conditional'])
    expect(cardWith(reply, /done lately/)?.detail).toContain('2026-06-19')
    expect((await signOne(serviceRequest('93306', {}, CPT), WEI)).parts.covered).toEqual(['covered'])
  })

  it('is told by results in prefetch', async () => {
    const result = {
      resourceType: 'Observation',
      id: 'r-1',
      status: 'final',
      code: { coding: [{ system: LOINC, code: '4548-4' }] },
      effectiveDateTime: '2026-11-01T08:00:00Z',
    }
    const ask = (recentResults: unknown) =>
      send(
        acme,
        requestFor(
          'order-select',
          WEI,
          {
            draftOrders: bundle('collection', [serviceRequest('4548-4', {}, LOINC)]),
            selections: ['ServiceRequest/o-4548-4'],
          },
          { recentResults },
        ),
      )
    const words = /last 90 days/
    expect(cardWith(await ask(bundle('searchset', [result])), words)?.detail).toContain('2026-11-01')
    expect(cardWith(await ask(null), words)).toBeUndefined()
    const old = { ...result, effectiveDateTime: '2026-07-01' }
    expect(cardWith(await ask(bundle('searchset', [old])), words)).toBeUndefined()
  })
})

describe('the performer', () => {
  it('outside the network needs authorization; one in the network, as suggested, does not', async () => {
    const rental = { parameter: [{ valueCodeableConcept: { coding: [{ code: 'RR' }] } }] }
    const order = deviceRequest('E0601', { ...rental, performer: { display: 'Lakeside Home Medical' } })
    const { reply, parts } = await signOne(order)
    expect(parts['pa-needed']).toEqual(['auth-needed'])
    expect(parts.reason).toMatchObject([{ coding: [{ code: 'auth-out-network' }] }])
    const [inside = {}] = offered(cardWith(reply, /outside the network/))
    expect((await signOne(inside)).parts['pa-needed']).toEqual(['no-auth'])
  })

  it('is found behind a role that was sent', async () => {
    const role = { resourceType: 'PractitionerRole', id: 'r', organization: { reference: 'Organization/s' } }
    const group = { resourceType: 'Organization', id: 's', identifier: [{ value: '1740283779' }] }
    const order = serviceRequest('G0463', { performer: [{ reference: 'PractitionerRole/r' }] })
    const request = hookRequest(JANE, [order])
    const prefetch = {
      ...request.prefetch,
      practitionerRoles: bundle('searchset', [role]),
      organizations: bundle('searchset', [group]),
    }
    expect(
      cardWith(await send(acme, { ...request, prefetch }), /Summit Specialty Group is outside/),
    ).toBeDefined()
  })
})

describe('the coverage', () => {
  it('that ends before the date of service covers nothing then, and the day before it does', async () => {
    const on = (occurrenceDateTime: string) => serviceRequest('97802', { occurrenceDateTime }, CPT)
    const { reply, parts } = await signOne(on('2027-04-15'), WEI)
    expect(parts).toMatchObject({
      covered: ['not-covered'],
      reason: [{ coding: [{ code: 'no-active-coverage' }] }],
    })
    expect(cardWith(reply, /ends before/)).toMatchObject({ indicator: 'critical' })
    expect((await signOne(on('2027-03-31'), WEI)).parts.covered).toEqual(['covered'])
  })

  it('that is out of date in the chart is offered in its current form', async () => {
    const { reply } = await signOne(serviceRequest('97802', {}, CPT), WEI)
    expect(offered(cardWith(reply, /out of date/))).toMatchObject([
      { resourceType: 'Coverage', id: 'cov-95216', period: { end: '2027-03-31' } },
    ])
  })

  it('that comes second: the first payer is named as the one to ask, unless coverage is switched off', async () => {
    const second = { coverage: bundle('searchset', [{ ...coverageOf(JANE), order: 2 }]) }
    const ask = (configuration: JsonObject) => {
      const drafts = bundle('collection', [serviceRequest('97802', {}, CPT)])
      return send(acme, requestFor('order-sign', JANE, { draftOrders: drafts }, second, configuration))
    }
    expect(cardWith(await ask({}), /not the member’s first payer/)).toBeDefined()
    const quiet = await ask({ 'coverage-info': false })
    expect(quiet.systemActions).toEqual([])
    expect(cardWith(quiet, /not the member’s first payer/)).toBeUndefined()
    expect(quiet.cards.length).toBeGreaterThan(0)
  })
})

describe('forms', () => {
  it('come as a card: the questionnaire if it is not there yet, and the task', async () => {
    const { reply } = await signOne(serviceRequest('J1745'))
    const url = 'https://acme-health.example/fhir/Questionnaire/biologics'
    expect(at(cardWith(reply, /biologics form/), 'suggestions', 0, 'actions')).toMatchObject([
      {
        type: 'create',
        resource: { resourceType: 'Questionnaire', url, version: '2.1' },
        extension: { 'davinci-crd.if-none-exist': `url=${url}&version=2.1` },
      },
      {
        type: 'create',
        resource: {
          resourceType: 'Task',
          status: 'ready',
          intent: 'order',
          basedOn: [{ reference: 'ServiceRequest/o-J1745' }],
          input: [{ valueCanonical: `${url}|2.1` }],
        },
      },
    ])
  })

  it('come as system actions', async () => {
    const { reply } = await signOne(deviceRequest('K0823'))
    expect(
      reply.systemActions.map((action) => [action.type, at(action, 'resource', 'resourceType')]),
    ).toEqual([
      ['update', 'DeviceRequest'],
      ['create', 'Questionnaire'],
      ['create', 'Task'],
    ])
  })

  it('can be read from the payer', async () => {
    const form: unknown = await (await fetch(`${acme.url}/fhir/Questionnaire/mobility`)).json()
    expect(form).toMatchObject({ resourceType: 'Questionnaire', version: '1.3' })
    expect(objectsIn(at(form, 'item')).length).toBeGreaterThan(0)
  })
})
