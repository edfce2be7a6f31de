import fhirpath from 'fhirpath'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, type JsonObject, objectsIn } from './json'
import type { PayerName } from './payer'
import {
  bundle,
  coverageOf,
  encounter,
  hookRequest,
  JANE_AT,
  medicationRequest,
  requestFor,
  serviceRequest,
} from './sample-requests'
import { type RunningPayer, startPayer } from './server'
import { cardWith, offered, said, send } from './test-payer'

const CPT = 'http://www.ama-assn.org/go/cpt'

const running: RunningPayer[] = []
const start = async (name: PayerName) => {
  const now = () => new Date('2026-11-20T10:00:00Z')
  const payer = await startPayer({ name, port: 0, app: 'http://app.example', now })
  running.push(payer)
  return payer
}

afterAll(() => Promise.all(running.map((payer) => payer.close())))

const discovered = async (payer: RunningPayer) =>
  objectsIn(at(await (await fetch(`${payer.url}/cds-services`)).json(), 'services'))

describe.each(['acme', 'borealis', 'cedar', 'delta', 'oddity'])('what %s asks for in prefetch', (name) => {
  it('is searches and reads whose tokens are FHIRPath, and every key that is pointed at is there', async () => {
    for (const { prefetch, hook } of await discovered(await start(name))) {
      const templates = Object.entries((prefetch ?? {}) as Readonly<Record<string, string>>)
      expect(templates.map(([key]) => key)).toEqual(expect.arrayContaining(['patient', 'coverage']))
      for (const [key, template] of templates) {
        const where = `${hook} ${key}`
        expect(template.replace(/\{\{.*?\}\}/g, 'x'), where).toMatch(/^[A-Z][A-Za-z]+(\/x|\?[^{}]*)$/)
        for (const [, token = ''] of template.matchAll(/\{\{(.*?)\}\}/g)) {
          expect(() => fhirpath.parse(token), where).not.toThrow()
          for (const [, other = ''] of token.matchAll(/%(\w+)/g))
            expect(['context', ...templates.map(([known]) => known)], where).toContain(other)
        }
      }
    }
  })
})

describe('Cedar Care, of CRD 1.1', () => {
  let cedar: RunningPayer
  beforeAll(async () => {
    cedar = await start('cedar')
  })
  const { cedar: jane } = JANE_AT

  const masked = {
    resourceType: 'Patient',
    id: 'p-1',
    name: [
      {
        extension: [
          { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' },
        ],
      },
    ],
    gender: 'female',
  }
  const { subscriberId: _, ...anonymous } = coverageOf(jane)
  const PPO = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'PPO' }] }
  const hidden = (patient: JsonObject, coverage: JsonObject) =>
    requestFor(
      'order-sign',
      jane,
      { draftOrders: bundle('collection', [serviceRequest('97802', {}, CPT)]) },
      { patient, coverage: bundle('searchset', [coverage]) },
    )

  it('guards its services, declares defaults as strings, and asks with the tokens and includes of its time', async () => {
    const services = await discovered(cedar)
    expect(services.map(({ hook }) => hook)).not.toContain('order-dispatch')
    for (const { extension, prefetch } of services) {
      expect(at(extension, 'davinci-guard')).toMatch(/%coverage.*exists\(\)/)
      expect(at(extension, 'davinci-crd.configuration-options', 0, 'default')).toBe('true')
      expect(JSON.stringify(prefetch)).toContain('_include')
    }
    expect(JSON.stringify(services[0]?.prefetch)).toContain('{{context.draftOrders.ServiceRequest.id}}')
  })

  it('says with a remark on the order what later versions have an extension for', async () => {
    const { cards, systemActions } = await send(cedar, hookRequest(jane, [serviceRequest('97802', {}, CPT)]))
    expect(systemActions).toEqual([])
    expect(cards[0]).toMatchObject({
      summary: 'Covered; no prior authorization required',
      extension: { 'davinci-associated-resource': ['ServiceRequest/o-97802'] },
      source: { label: 'Cedar Care' },
    })
    expect(at(cards[0], 'source', 'topic')).toBeUndefined()
    expect(offered(cards[0])[0]?.note).toMatchObject([{ authorString: 'Cedar Care' }])
  })

  it('puts a question off with a task where facts are missing', async () => {
    const reply = await send(cedar, hookRequest(jane, [serviceRequest('72148', {}, CPT)]))
    expect(offered(cardWith(reply, /More facts/))).toMatchObject([
      { resourceType: 'Task', focus: { reference: 'ServiceRequest/o-72148' } },
    ])
  })

  it('grants an authorization unasked: stored with the order linked to it, or as a remark', async () => {
    const reply = await send(cedar, hookRequest(jane, [serviceRequest('G0398')]))
    const card = cardWith(reply, /CC-PA-77120/)
    const [response, order] = offered(card)
    expect(response).toMatchObject({ resourceType: 'ClaimResponse', preAuthRef: 'CC-PA-77120' })
    expect(order?.supportingInfo).toEqual([{ reference: `ClaimResponse/${response?.id}` }])
    expect(JSON.stringify(offered(card, 1)[0]?.note)).toContain('CC-PA-77120')
  })

  it('deletes by resource, as its version of CDS Hooks does', async () => {
    const reply = await send(cedar, hookRequest(jane, [medicationRequest('617318')]))
    expect(at(cardWith(reply, /without authorization/), 'suggestions', 0, 'actions', 0)).toEqual({
      type: 'delete',
      description: 'Remove MedicationRequest/o-617318',
      resource: { resourceType: 'MedicationRequest', id: 'o-617318' },
    })
  })

  it.each([
    ['prior-auth', /Covered on conditions/],
    ['alt-drug', /without authorization/],
  ])('switches by codes of its own: %s', async (code, words) => {
    const ask = (on: boolean) => send(cedar, hookRequest(jane, [medicationRequest('617318')], { [code]: on }))
    expect(cardWith(await ask(true), words)).toBeDefined()
    expect(cardWith(await ask(false), words)).toBeUndefined()
  })

  it('answers about a masked patient from the kind of coverage, and knows no member then', async () => {
    const reply = await send(cedar, hidden(masked, { ...anonymous, type: PPO }))
    expect(reply.status, reply.refusal).toBe(200)
    expect(reply.cards[0]?.summary).toContain('Covered')
  })

  it.each<[string, JsonObject, JsonObject, RegExp]>([
    ['the kind of coverage is missing', masked, anonymous, /needs Coverage.type/],
    [
      'an address is left',
      { ...masked, address: [{ city: 'X' }] },
      { ...anonymous, type: PPO },
      /still has address/,
    ],
    ['a member id is left', masked, { ...coverageOf(jane), type: PPO }, /subscriber id/],
  ])('refuses a masked patient when %s', async (_name, patient, coverage, words) => {
    expect(await send(cedar, hidden(patient, coverage))).toMatchObject({
      status: 422,
      refusal: expect.stringMatching(words),
    })
  })

  it('answers a visit', async () => {
    const request = requestFor('encounter-start', jane, { encounterId: 'e-1' }, { encounter: encounter() })
    expect((await send(cedar, request)).cards[0]?.summary).toContain('Covered')
  })
})

describe('Delta Plan, of CRD 2.1', () => {
  let delta: RunningPayer
  beforeAll(async () => {
    delta = await start('delta')
  })

  it('serves all six hooks, names no versions, and declares the switch for determinations', async () => {
    const services = await discovered(delta)
    expect(services).toHaveLength(6)
    expect(JSON.stringify(services)).not.toContain('davinci-crd.version')
    const sign = services.find(({ hook }) => hook === 'order-sign')
    expect(JSON.stringify(sign)).toContain('unsolicited-determ')
    expect(JSON.stringify(sign?.prefetch)).toContain('today() - 90 days')
  })

  it('answers with ContactPoint, expiry, no category, and references of the newer shape', async () => {
    const reply = await send(delta, hookRequest(JANE_AT.delta, [serviceRequest('97802', {}, CPT)]))
    const parts = said(reply.systemActions[0])
    expect(parts.contact).toEqual([{ system: 'phone', value: '800-555-0119' }])
    expect(parts).toHaveProperty('expiry-date')
    expect(objectsIn(parts.detail?.[0]).map(({ url }) => url)).not.toContain('category')
    expect(reply.cards[0]?.extension).toEqual({
      'davinci-crd.associated-resource': [{ reference: 'ServiceRequest/o-97802' }],
    })
  })

  it('has no word for undecided', async () => {
    const { systemActions } = await send(delta, hookRequest(JANE_AT.delta, [serviceRequest('E1399')]))
    expect(said(systemActions[0])).toMatchObject({ covered: ['conditional'], 'info-needed': ['detail-code'] })
    expect(JSON.stringify(systemActions)).not.toContain('indeterminate')
  })
})

describe('Oddity Insurance, in the shapes of the field’s reference payer', () => {
  let oddity: RunningPayer
  beforeAll(async () => {
    oddity = await start('oddity')
  })
  const ask = (...orders: readonly JsonObject[]) => send(oddity, hookRequest(JANE_AT.oddity, orders))

  it('says coverage with a Coding and an identifier, and never whether it is covered', async () => {
    const { cards } = await ask(serviceRequest('80053', {}, CPT))
    const parts = said({ resource: offered(cards[0])[0] })
    expect(parts).toMatchObject({ coverageInfo: [{ code: 'no-auth' }], identifier: [expect.any(String)] })
    expect(parts).not.toHaveProperty('covered')
  })

  it('leaves out ids, uses both keys for the association, and repeats every suggestion as a system action', async () => {
    const { cards, systemActions } = await ask(medicationRequest('617318'))
    expect(cards.every((card) => !('uuid' in card))).toBe(true)
    expect(cards.flatMap((card) => objectsIn(card.suggestions)).every((s) => !('uuid' in s))).toBe(true)
    const keys = new Set(cards.flatMap((card) => Object.keys((card.extension ?? {}) as JsonObject)))
    expect(keys).toEqual(new Set(['davinci-associated-resource', 'davinci-crd.associated-resource']))
    expect(systemActions.map(({ type }) => type)).toEqual(['update', 'delete', 'create'])
  })

  it('creates everything that was sent where it has nothing to suggest', async () => {
    const { systemActions } = await ask(serviceRequest('Q3014'))
    expect(systemActions.map(({ type }) => type)).toEqual(['create', 'create'])
    expect(systemActions.map((action) => at(action, 'resource', 'resourceType')).sort()).toEqual([
      'Coverage',
      'Patient',
    ])
  })

  it('declares defaults as strings and heeds them as what they mean', async () => {
    const [service] = await discovered(oddity)
    const options = objectsIn(at(service, 'extension', 'davinci-crd.configuration-options'))
    expect(options.map((option) => option.default)).toEqual(['true', 'true', 'true', 'true', '10'])
    const drafts = Array.from({ length: 12 }, (_, n) => serviceRequest('E0601', { id: `o-${n}` }))
    expect((await ask(...drafts)).cards).toHaveLength(10)
  })
})
