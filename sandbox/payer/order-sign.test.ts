import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOOKS } from './hooks'
import { at, type JsonObject, objectsIn } from './json'
import {
  BEN,
  deviceRequest,
  hookRequest,
  JANE,
  medicationRequest,
  type Person,
  serviceRequest,
} from './sample-requests'
import { type RunningPayer, startPayer } from './server'

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

async function ask(person: Person, orders: readonly JsonObject[], configuration?: JsonObject) {
  const url = `${(person === BEN ? borealis : acme).url}/cds-services/order-sign-crd`
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body: JSON.stringify(hookRequest(person, orders, configuration)),
  })
  const body: unknown = await response.json()
  expect(response.status, JSON.stringify(body)).toBe(200)
  return { cards: objectsIn(at(body, 'cards')), systemActions: objectsIn(at(body, 'systemActions')), body }
}

/** The sub-extensions of the only answer about an order, as url -> values. */
function said(action: JsonObject | undefined): Readonly<Record<string, readonly unknown[]>> {
  const parts: Record<string, unknown[]> = {}
  for (const part of objectsIn(at(action, 'resource', 'extension', 0, 'extension'))) {
    const value = Object.entries(part).find(([field]) => field.startsWith('value'))?.[1] ?? part.extension
    parts[String(part.url)] = [...(parts[String(part.url)] ?? []), value]
  }
  return parts
}

describe('discovery', () => {
  it('offers all six hooks, with versions at the payer of CRD 2.2 and without them at the one of 2.0.1', async () => {
    const services = async (payer: RunningPayer) =>
      objectsIn(at(await (await fetch(`${payer.url}/cds-services`)).json(), 'services'))
    const [ours, theirs] = [await services(acme), await services(borealis)]
    expect(ours.map(({ hook }) => hook).sort()).toEqual([...HOOKS].sort())
    expect(theirs.map(({ id }) => id).sort()).toEqual(HOOKS.map((hook) => `${hook}-crd`).sort())
    const versions = (list: readonly JsonObject[]) =>
      new Set(list.map((service) => JSON.stringify(at(service, 'extension', 'davinci-crd.version'))))
    expect(versions(ours)).toEqual(new Set(['["2.1","2.2"]']))
    expect(versions(theirs)).toEqual(new Set([undefined]))
    const codes = objectsIn(at(ours[0], 'extension', 'davinci-crd.configuration-options')).map(
      ({ code }) => code,
    )
    expect(codes).toContain('coverage-info')
    expect(codes).not.toContain('unsolicited-determ')
  })

  it('answers browsers of any origin', async () => {
    const response = await fetch(`${acme.url}/cds-services/order-sign-crd`, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://app.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    })
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-allow-headers')).toContain('authorization')
  })
})

describe('what Acme Health says', () => {
  it('asks for the place of service before it decides about an MRI, and needs authorization', async () => {
    const order = serviceRequest('72148', {}, 'http://www.ama-assn.org/go/cpt')
    const { systemActions, cards } = await ask(JANE, [order])
    const action = systemActions[0]
    expect(action).toMatchObject({ type: 'update', resource: order })
    expect(action).not.toHaveProperty('resourceId')
    expect(said(action)).toMatchObject({
      covered: ['conditional'],
      'pa-needed': ['auth-needed'],
      'info-needed': ['location'],
    })
    expect(said(action).billingCode).toEqual([{ system: 'http://www.ama-assn.org/go/cpt', code: '72148' }])
    expect(said(action).coverage).toEqual([{ reference: 'Coverage/cov-95216' }])
    expect(cards.flatMap((card) => objectsIn(card.links)).map(({ type }) => type)).toEqual([
      'absolute',
      'absolute',
    ])
  })

  it('decides once the place is told', async () => {
    const order = serviceRequest(
      '72148',
      { locationCode: [{ text: 'Office' }] },
      'http://www.ama-assn.org/go/cpt',
    )
    const { systemActions } = await ask(JANE, [order])
    expect(said(systemActions[0])).toMatchObject({
      covered: ['covered'],
      'pa-needed': ['auth-needed'],
      'doc-needed': ['clinical'],
    })
    expect(said(systemActions[0])['info-needed']).toBeUndefined()
  })

  it('proposes renting a CPAP device first, and is content with the order that its own suggestion makes', async () => {
    const quantity = { code: { text: 'Quantity' }, valueQuantity: { value: 1 } }
    const { cards } = await ask(JANE, [deviceRequest('E0601', { parameter: [quantity] })])
    const card = cards.find(({ suggestions }) => suggestions)
    expect(card).toMatchObject({ indicator: 'warning', selectionBehavior: 'at-most-one' })
    expect(objectsIn(card?.overrideReasons)).toHaveLength(2)
    const rental = at(card, 'suggestions', 0, 'actions', 0, 'resource') as JsonObject
    expect(objectsIn(rental.parameter)[0]).toEqual(quantity)
    const after = await ask(JANE, [rental])
    expect(after.cards.filter(({ suggestions }) => suggestions)).toEqual([])
    expect(said(after.systemActions[0])).toMatchObject({ covered: ['covered'], 'pa-needed': ['no-auth'] })
  })

  it('proposes the same rental for a service request in that resource’s own elements', async () => {
    const { cards } = await ask(JANE, [serviceRequest('E0601')])
    const rental = at(cards[0], 'suggestions', 0, 'actions', 0, 'resource') as JsonObject
    expect(rental).not.toHaveProperty('parameter')
    expect(said((await ask(JANE, [rental])).systemActions[0])).toMatchObject({ 'pa-needed': ['no-auth'] })
  })

  it('offers the generic in place of the brand: the old order deleted, a new one created', async () => {
    const { cards } = await ask(JANE, [medicationRequest('617318')])
    expect(at(cards[0], 'suggestions', 0, 'actions')).toMatchObject([
      { type: 'delete', resourceId: 'MedicationRequest/o-617318' },
      {
        type: 'create',
        resource: {
          resourceType: 'MedicationRequest',
          medicationCodeableConcept: { coding: [{ code: '617310' }] },
        },
      },
    ])
  })

  it('finds the drug behind a medication reference', async () => {
    const coding = [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '617310' }]
    const { medicationCodeableConcept: _, ...order } = medicationRequest('x')
    const contained = [{ resourceType: 'Medication', id: 'm', code: { coding } }]
    const { systemActions } = await ask(JANE, [
      { ...order, contained, medicationReference: { reference: '#m' } },
    ])
    expect(said(systemActions[0])).toMatchObject({ covered: ['covered'] })
  })

  it.each([
    ['97802', 'http://www.ama-assn.org/go/cpt', ['covered'], ['no-auth']],
    ['4548-4', 'http://loinc.org', ['covered'], ['no-auth']],
    ['Q2028', undefined, ['not-covered'], undefined],
    ['E1399', undefined, ['indeterminate'], ['indeterminate']],
    ['G0463', undefined, ['conditional'], ['conditional']],
  ])('says of %s what its rule says', async (code, system, covered, authorization) => {
    const parts = said((await ask(JANE, [serviceRequest(code, {}, system)])).systemActions[0])
    expect(parts.covered).toEqual(covered)
    expect(parts['pa-needed']).toEqual(authorization)
  })

  it('says nothing at all about what it has no rule for', async () => {
    expect((await ask(JANE, [serviceRequest('Q3014')])).body).toEqual({ cards: [] })
    expect((await ask(JANE, [serviceRequest('Z9999')])).body).toEqual({ cards: [] })
  })

  it('names no authorization in a what-if, and does when determinations are welcome', async () => {
    const hypothetical = said((await ask(JANE, [serviceRequest('G0398')])).systemActions[0])
    expect(hypothetical['pa-needed']).toEqual(['auth-needed'])
    expect(hypothetical).not.toHaveProperty('satisfied-pa-id')
    const real = said((await ask(JANE, [serviceRequest('G0398')], {})).systemActions[0])
    expect(real).toMatchObject({ 'pa-needed': ['satisfied'], 'satisfied-pa-id': ['PA-2026-118842'] })
  })

  it('answers each of several orders, the most urgent card first', async () => {
    const { systemActions, cards } = await ask(JANE, [
      serviceRequest('E0601'),
      serviceRequest('Q2028'),
      serviceRequest('Q3014'),
    ])
    expect(systemActions.map((action) => at(action, 'resource', 'id'))).toEqual(['o-E0601', 'o-Q2028'])
    expect(cards.map(({ indicator }) => indicator)).toEqual(['critical', 'warning', 'info'])
  })

  it('heeds the configuration: no coverage information, topics off, the number of cards', async () => {
    expect((await ask(JANE, [serviceRequest('E0601')], { 'coverage-info': false })).systemActions).toEqual([])
    const topics = (await ask(JANE, [serviceRequest('E0601')], { 'therapy-alternatives-req': false })).cards
    expect(topics.map((card) => at(card, 'source', 'topic', 'code'))).toEqual(['guideline'])
    expect((await ask(JANE, [serviceRequest('E0601')], { 'max-cards': 1 })).cards).toHaveLength(1)
  })

  it('does not decide about somebody whom it does not insure', async () => {
    const { systemActions, cards } = await ask({ ...JANE, birthDate: '1965-07-15' }, [
      serviceRequest('E0601'),
    ])
    expect(said(systemActions[0])).toMatchObject({
      covered: ['indeterminate'],
      reason: [{ coding: [{ code: 'no-member-found' }] }],
    })
    expect(cards).toEqual([])
  })
})

describe('what Borealis Mutual says', () => {
  it('answers in CRD 2.0.1: one contact point, no expiry, no category, codes of the temporary system', async () => {
    const { systemActions, cards } = await ask(BEN, [
      deviceRequest('E0601', { parameter: [{ valueCodeableConcept: { coding: [{ code: 'RR' }] } }] }),
    ])
    const parts = said(systemActions[0])
    expect(parts.contact).toEqual([{ system: 'phone', value: '800-555-0187' }])
    expect(parts).not.toHaveProperty('expiry-date')
    expect(objectsIn(parts.detail?.[0]).map(({ url }) => url)).toEqual(['code', 'value'])
    expect(at(parts, 'detail', 0, 0, 'valueCodeableConcept', 'coding', 0, 'system')).toBe(
      'http://hl7.org/fhir/us/davinci-crd/CodeSystem/temp',
    )
    expect(cards[0]?.extension).toEqual({ 'davinci-associated-resource': ['DeviceRequest/o-E0601'] })
    expect(at(cards[0], 'source', 'topic', 'system')).toBe(
      'http://hl7.org/fhir/us/davinci-crd/CodeSystem/temp',
    )
  })

  it('says both where two kinds of document are needed', async () => {
    const parts = said(
      (await ask(BEN, [serviceRequest('74177', {}, 'http://www.ama-assn.org/go/cpt')])).systemActions[0],
    )
    expect(parts['doc-needed']).toEqual(['both'])
  })
})
