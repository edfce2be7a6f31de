import { describe, expect, it } from 'vitest'
import { at } from '../json'
import { ok } from '../result'
import { prepare } from './ask'
import type { CdsService } from './discovery'
import { asking, device, dispatch, hypothetical, visit } from './question.test-data'
import { fhirBase, mri, payerOf, prepared, scenario, worldOf } from './samples.test-data'
import type { Scenario } from './scenario'

const prefetch = {
  patient: 'Patient/{{context.patientId}}',
  encounter: 'Encounter/{{context.encounterId}}',
  orders:
    'ServiceRequest?_id={{context.dispatchedOrders.resolve().ofType(ServiceRequest).id|context.appointments.entry.resource.basedOn.resolve().ofType(ServiceRequest).id}}',
  devices:
    "DeviceRequest?_id={{context.appointments.entry.resource.basedOn.extension('http://hl7.org/fhir/StructureDefinition/alternate-reference').value.resolve().ofType(DeviceRequest).id}}",
  old: 'ServiceRequest?_id={{context.draftOrders.ServiceRequest.id}}&_include=ServiceRequest:requester',
}
function world(hook: string, over: Partial<CdsService> = {}) {
  const service = { id: `${hook}-crd`, hook, prefetch, versions: ['2.2'], configurationOptions: [], ...over }
  const cds = payerOf(async () => ok({ cards: [] }))
  cds.discover = async () => ok({ services: [service], unreadable: 0 })
  return worldOf({ cds })
}

describe('asking with every hook', () => {
  const collection = (...ids: readonly string[]) => ({
    type: 'collection',
    entry: ids.map((id) => ({ fullUrl: `${fhirBase}/${id}`, resource: { id: id.split('/')[1] } })),
  })
  const who = { userId: 'Practitioner/dr1', patientId: 'p1' }
  const rows: readonly (readonly [string, Scenario, object, object])[] = [
    [
      'order-sign',
      scenario,
      { ...who, draftOrders: collection('ServiceRequest/draft-1') },
      { old: { entry: [{ resource: { id: 'draft-1' } }, { resource: { id: 'dr1' } }] } },
    ],
    [
      'order-select',
      asking({ hook: 'order-select', selections: ['draft-2'] }, { orders: [mri, device] }),
      {
        ...who,
        selections: ['DeviceRequest/draft-2'],
        draftOrders: collection('ServiceRequest/draft-1', 'DeviceRequest/draft-2'),
      },
      {},
    ],
    [
      'appointment-book',
      asking({ hook: 'appointment-book', appointments: [visit] }, { orders: [] }),
      { ...who, appointments: collection('Appointment/appointment-1') },
      { orders: null },
    ],
    [
      'appointment-book',
      asking(
        { hook: 'appointment-book', appointments: [{ ...visit, basedOn: ['draft-1', 'draft-2'] }] },
        { orders: [mri, device] },
      ),
      { appointments: collection('Appointment/appointment-1') },
      {
        orders: { entry: [{ resource: { id: 'draft-1' } }] },
        devices: { entry: [{ resource: { id: 'draft-2' } }] },
      },
    ],
    [
      'encounter-start',
      asking({ hook: 'encounter-start', encounter: hypothetical }, { orders: [] }),
      { ...who, encounterId: 'encounter-1' },
      { encounter: { id: 'encounter-1', status: 'planned' } },
    ],
    [
      'encounter-discharge',
      asking({ hook: 'encounter-discharge', encounter: { kind: 'real', id: 'e1' } }, { orders: [] }),
      { ...who, encounterId: 'e1' },
      { encounter: null },
    ],
    [
      'order-dispatch',
      asking(dispatch),
      {
        patientId: 'p1',
        dispatchedOrders: ['ServiceRequest/draft-1'],
        performer: 'Organization/org1',
        fulfillmentTasks: [{ id: 'task-1', status: 'draft' }],
      },
      { orders: { entry: [{ resource: { id: 'draft-1', status: 'draft' } }] } },
    ],
  ]
  it.each(rows)('sends %s', async (hook, given, context, carried) => {
    const question = await prepared(world(hook), given)
    const { json } = question.request
    expect(json.hook).toBe(hook)
    expect(at(json, 'extension')).toEqual({
      'davinci-crd.requestedVersion': '2.2',
      'davinci-crd.configuration': { 'unsolicited-determ': false },
    })
    expect(json.context).toMatchObject(context)
    expect(json.prefetch).toMatchObject(carried)
    // Each of them, and who asks.
    const told = question.disclosure.items.filter((item) => item.from === 'question')
    expect(told).toHaveLength(question.orders.length + 1)
    expect(question.disclosure.items.filter((item) => /^Orders for/.test(item.what))).toEqual([])
    expect('userId' in (json.context as object)).toBe(hook !== 'order-dispatch')
    expect(question.disclosure.summary).toMatch(/^Acme Health receives (1|2|a) .+ for Jane Roe and .+\.$/)
  })

  it('sends the older order-dispatch with one order, and asks for one at a time', async () => {
    const old = { versions: [], prefetch: { orders: 'ServiceRequest/{{context.order.resolve().id}}' } }
    const question = await prepared(world('order-dispatch', old), asking(dispatch))
    expect(question.request.json.context).toMatchObject({
      patientId: 'p1',
      order: 'ServiceRequest/draft-1',
      performer: 'Organization/org1',
      task: { id: 'task-1', focus: { reference: 'ServiceRequest/draft-1' } },
    })
    expect(at(question.request.json, 'prefetch', 'orders', 'id')).toBe('draft-1')
    const two = await prepare(asking(dispatch, { orders: [mri, device] }), world('order-dispatch', old))
    expect(two.kind === 'not-ready' && two.answer).toMatchObject({ kind: 'refused', rule: 'one-order' })
  })

  const lost: readonly (readonly [string, Scenario])[] = [
    ['a dispatched order', asking(dispatch)],
    ['a visit', asking({ hook: 'encounter-start', encounter: hypothetical }, { orders: [] })],
  ]
  it.each(lost)('does not ask about %s that the payer does not ask for', async (_what, given) => {
    const hook = given.question?.hook ?? ''
    const preparation = await prepare(
      given,
      world(hook, { prefetch: { patient: 'Patient/{{context.patientId}}' } }),
    )
    expect(preparation.kind === 'not-ready' && preparation.answer).toMatchObject({
      kind: 'refused',
      rule: 'not-asked-for',
    })
  })

  it('lets an appointment say itself what it is for where the payer does not ask for its order', async () => {
    const appointments = [{ ...visit, serviceType: [], billing: [], basedOn: ['draft-1'] }]
    const question = await prepared(
      world('appointment-book', { prefetch: { patient: 'Patient/{{context.patientId}}' } }),
      asking({ hook: 'appointment-book', appointments }),
    )
    const sent = at(question.request.json, 'context', 'appointments', 'entry', 0, 'resource')
    expect(sent).toMatchObject({ serviceType: [{ coding: [{ code: '73721' }] }] })
    expect(sent).not.toHaveProperty('basedOn')
    expect(question.disclosure.notices.at(-1)).toContain('does not ask for the order behind an appointment')
  })

  it('asks the service of the newest guide where a payer has several for a hook', async () => {
    const service = (id: string, versions: readonly string[]) => ({
      id,
      hook: 'order-sign',
      prefetch,
      versions,
      configurationOptions: [],
    })
    const cds = payerOf(async () => ok({ cards: [] }))
    const services = [service('a', ['2.0']), service('b', ['2.1', '2.2']), service('c', ['2.2'])]
    cds.discover = async () => ok({ services, unreadable: 0 })
    expect((await prepared(worldOf({ cds }))).service.id).toBe('b')
  })

  it('says which hook a payer has no service for', async () => {
    const preparation = await prepare(
      asking({ hook: 'appointment-book', appointments: [visit] }),
      world('order-sign'),
    )
    expect(preparation.kind === 'not-ready' && preparation.answer).toMatchObject({
      rule: 'no-service',
      message: 'Acme Health offers no service that can be asked about appointments.',
    })
  })

  it('keeps back what the patient pays for, and an appointment that would tell of it', async () => {
    const secret = { ...mri, id: 'secret', patientPays: true }
    const appointments = [
      visit,
      { ...visit, id: 'own', patientPays: true },
      { ...visit, id: 'told', basedOn: ['secret'] },
    ]
    const question = await prepared(
      world('appointment-book'),
      asking({ hook: 'appointment-book', appointments }, { orders: [secret] }),
    )
    expect(question.orders.map((each) => each.id)).toEqual(['appointment-1'])
    expect(question.request.body).not.toMatch(/secret|"own"|told/)
  })

  it('sends a question without what identifies the patient, and says what was taken out', async () => {
    for (const given of [{ ...scenario, deIdentified: true }, scenario]) {
      const isDeIdentified = () => given.deIdentified !== true
      const question = await prepared({ ...world('order-sign'), isDeIdentified }, given)
      expect(question.request.body).not.toMatch(/Roe|MRI of the knee/)
      expect(at(question.request.json, 'prefetch', 'patient', 'id')).toBe('p1')
      expect(question.removed?.map((each) => each.element)).toContain('Patient.name')
      expect(question.disclosure.summary).toContain('a patient who is not named')
      expect(question.disclosure.notices.join()).toContain('De-identified')
      expect(question.orders[0]).toEqual(
        at(question.request.json, 'context', 'draftOrders', 'entry', 0, 'resource'),
      )
    }
  })
})
