import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, type JsonObject, objectsIn } from './json'
import {
  bundle,
  coverageOf,
  deviceRequest,
  hookRequest,
  JANE,
  medicationRequest,
  type Person,
  requestFor,
  serviceRequest,
  WEI,
} from './sample-requests'
import { type RunningPayer, startPayer } from './server'
import { cardWith, offered, said, send } from './test-payer'

const CPT = 'http://www.ama-assn.org/go/cpt'
const LOINC = 'http://loinc.org'
const SNOMED = 'http://snomed.info/sct'

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

describe('medicines', () => {
  it('step therapy: covered for who tried the first step, else the first step is offered', async () => {
    expect((await signOne(medicationRequest('979480'))).parts).toMatchObject({ 'pa-needed': ['no-auth'] })
    const { reply, parts } = await signOne(medicationRequest('979480'), WEI)
    expect(parts).toMatchObject({ covered: ['conditional'], 'pa-needed': ['auth-needed'] })
    const actions = objectsIn(at(cardWith(reply, /comes first/), 'suggestions', 0, 'actions'))
    expect(actions.map(({ type }) => type)).toEqual(['delete', 'create'])
  })

  it('a limit of quantity: more is conditional, and the lower quantity is offered', async () => {
    const twelve = medicationRequest('313161', { dispenseRequest: { quantity: { value: 12 } } })
    const { reply, parts } = await signOne(twelve)
    expect(parts.covered).toEqual(['conditional'])
    const [nine = {}] = offered(cardWith(reply, /nine tablets/))
    expect((await signOne(nine)).parts.covered).toEqual(['covered'])
  })

  it('a companion: the further order is a draft for the same patient by the same requester', async () => {
    const { reply } = await signOne(medicationRequest('855332'))
    const [test = {}] = offered(cardWith(reply, /INR/))
    expect(test).toMatchObject({
      resourceType: 'ServiceRequest',
      status: 'draft',
      subject: { reference: 'Patient/p-1' },
      requester: { reference: 'Practitioner/d-1' },
    })
    expect((await sign(JANE, test)).status).toBe(200)
  })

  it('one order, three billing codes, three answers', async () => {
    const { reply } = await signOne(serviceRequest('J1745'))
    const answers = [0, 1, 2].map((nth) => said(reply.systemActions[0], nth))
    expect(answers.map(({ billingCode }) => at(billingCode, 0, 'code'))).toEqual(['J1745', '96413', '96415'])
    expect(answers.map((answer) => answer['pa-needed'])).toEqual([
      ['auth-needed'],
      ['no-auth'],
      ['performpa'],
    ])
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

describe('other kinds of order', () => {
  const diet = (code: string) => ({
    resourceType: 'NutritionOrder',
    id: 'n-1',
    status: 'draft',
    intent: 'order',
    patient: { reference: 'Patient/p-1' },
    dateTime: '2026-11-20',
    orderer: { reference: 'Practitioner/d-1' },
    oralDiet: { type: [{ coding: [{ system: SNOMED, code }] }] },
  })
  const lens = {
    product: {
      coding: [
        { system: 'http://terminology.hl7.org/CodeSystem/ex-visionprescriptionproduct', code: 'lens' },
      ],
    },
    eye: 'right',
  }
  const glasses = (lenses: number) => ({
    resourceType: 'VisionPrescription',
    id: 'v-1',
    status: 'draft',
    created: '2026-11-20',
    patient: { reference: 'Patient/p-1' },
    dateWritten: '2026-11-20',
    prescriber: { reference: 'Practitioner/d-1' },
    lensSpecification: Array.from({ length: lenses }, () => lens),
  })
  const records = (payload: readonly JsonObject[]) => ({
    resourceType: 'CommunicationRequest',
    id: 'c-1',
    status: 'draft',
    basedOn: [{ reference: 'ServiceRequest/x' }],
    subject: { reference: 'Patient/p-1' },
    authoredOn: '2026-11-20',
    requester: { reference: 'Practitioner/d-1' },
    payload,
  })
  const CONTENT =
    'http://hl7.org/fhir/5.0/StructureDefinition/extension-CommunicationRequest.payload.content[x]'

  it('a diet is not covered, and the dietitian is offered as a further order', async () => {
    const { reply, parts } = await signOne(diet('160670007'))
    expect(parts.covered).toEqual(['not-covered'])
    const [visits = {}] = offered(cardWith(reply, /dietitian/))
    expect((await sign(JANE, visits)).status).toBe(200)
  })

  it('glasses are covered up to one pair', async () => {
    expect((await signOne(glasses(2))).parts.covered).toEqual(['covered'])
    expect((await signOne(glasses(4))).parts.covered).toEqual(['conditional'])
  })

  it('sending records is covered; a message without content is refused', async () => {
    const valueCodeableConcept = { coding: [{ system: LOINC, code: '11506-3' }] }
    const content = { contentString: 'Note', extension: [{ url: CONTENT, valueCodeableConcept }] }
    expect((await signOne(records([content]))).parts.covered).toEqual(['covered'])
    expect(await sign(JANE, records([{ contentString: 'Note' }]))).toMatchObject({
      status: 422,
      refusal: expect.stringContaining('codeable concept'),
    })
  })

  it('a mask depends on the device that is ordered with it', async () => {
    const { systemActions } = await sign(JANE, deviceRequest('A7034'), deviceRequest('E0601'))
    expect(said(systemActions[0]).dependency).toEqual([{ reference: 'DeviceRequest/o-E0601' }])
    expect(said((await sign(JANE, deviceRequest('A7034'))).systemActions[0])).not.toHaveProperty('dependency')
  })
})
