import { Fhir } from 'fhir'
import { describe, expect, it } from 'vitest'
import { at, type FhirJson, objects } from '../json'
import { ok } from '../result'
import { prepare } from './ask'
import type { CdsService } from './discovery'
import { broken, fromPackage, guides, isThere } from './guide-profiles.test-data'
import { type HookSubject, hookSubject } from './hook-context'
import type { DraftAppointment, DraftEncounter, Question } from './question'
import { fhirBase, mri, payerOf, prepared, scenario, worldOf } from './samples.test-data'
import type { Scenario } from './scenario'

const device = { ...mri, id: 'draft-2', kind: 'DeviceRequest' } as const
const visit: DraftAppointment = {
  id: 'appointment-1',
  serviceType: [{ system: 'http://snomed.info/sct', code: '11429006', display: 'Consultation' }],
  time: { kind: 'exact', start: '2026-12-10T09:00:00Z', end: '2026-12-10T09:30:00Z' },
  performers: [{ reference: 'Practitioner/dr2', display: 'Dr. Careful' }],
  reasons: mri.reasons,
  basedOn: [],
  billing: [{ system: 'http://www.ama-assn.org/go/cpt', code: '99213', display: '' }],
  patientPays: false,
}
const encounter: DraftEncounter = {
  id: 'encounter-1',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB', display: 'ambulatory' },
  type: [{ system: 'http://snomed.info/sct', code: '270427003', display: 'Visit' }],
  start: '2026-12-10',
  practitioner: { reference: 'Practitioner/dr2', display: 'Dr. Careful' },
  location: { reference: 'Location/l1', display: 'Lakeside' },
  reasons: mri.reasons,
  billing: [{ system: 'http://www.ama-assn.org/go/cpt', code: '99213', display: '' }],
}
const hypothetical = { kind: 'hypothetical', encounter } as const
const dispatch: Question & { readonly hook: 'order-dispatch' } = {
  hook: 'order-dispatch',
  existing: [],
  performer: { reference: 'Organization/org1', display: 'Lakeside Imaging' },
  task: { id: 'task-1', repetitions: 2, until: '2027-01-31' },
}
const asking = (question: Question, over: Partial<Scenario> = {}): Scenario => ({
  ...scenario,
  question,
  ...over,
})

const frame = {
  session: { fhirBase, fhirUser: 'Practitioner/dr1' },
  coverageId: 'cov1',
  authoredOn: '2026-11-20T12:00:00Z',
}
const adapters = {
  'davinci-crd-2.0.1': { version: '2.0.1', dispatch: '1.0', contentSpelling: 'plain', followsBasedOn: true },
  'davinci-crd-2.2.0-preview': {
    version: '2.2',
    dispatch: '1.1',
    contentSpelling: 'escaped',
    followsBasedOn: true,
  },
} as const
const newest = adapters['davinci-crd-2.2.0-preview']

function subjectOf(given: Scenario, adapter: (typeof adapters)[keyof typeof adapters] = newest): HookSubject {
  const subject = hookSubject(given, frame, adapter)
  if (!subject.ok) throw new Error(JSON.stringify(subject.problem))
  return subject.value
}

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

describe.each(guides)('the CRD profiles of %s', (guide) => {
  const name = guide.includes('2.0.1') ? 'davinci-crd-2.0.1' : 'davinci-crd-2.2.0-preview'
  const isOld = name === 'davinci-crd-2.0.1'
  const appointments = [
    visit,
    { ...visit, id: 'a2', basedOn: ['draft-1', 'draft-2'] },
    { ...visit, id: 'a3', time: { kind: 'between', start: '2026-12-10', end: '2026-12-20' } },
  ] as const
  const booked = asking({ hook: 'appointment-book', appointments }, { orders: [mri, device] })
  const rows: readonly (readonly [string, Scenario, readonly string[]])[] = [
    ['Appointment', booked, isOld ? ['appointment'] : ['appointment-base', 'appointment-no-order']],
    [
      'Encounter',
      asking({ hook: 'encounter-start', encounter: hypothetical }, { orders: [] }),
      ['encounter'],
    ],
    ...(isOld ? [] : [['Task', asking(dispatch), ['task-dispatch']] as const]),
  ]
  it.skipIf(!isThere(guide)).each(rows)('are kept by a hypothetical %s', (type, given, profiles) => {
    const made = subjectOf(given, adapters[name]).hypotheticals.filter((each) => each.resourceType === type)
    expect(made.length).toBeGreaterThan(0)
    for (const resource of made) {
      for (const profile of profiles)
        expect(broken(fromPackage(guide, `StructureDefinition-profile-${profile}.json`), resource)).toEqual(
          [],
        )
      const report = new Fhir().validate(JSON.parse(JSON.stringify(resource)), { errorOnUnexpected: true })
      expect(
        report.messages.filter((each) => each.severity === 'error' || each.severity === 'fatal'),
      ).toEqual([])
    }
  })

  it.skipIf(!isThere(guide) || isOld)(
    'are kept by an appointment with an order, and find one without',
    () => {
      const profile = fromPackage(guide, 'StructureDefinition-profile-appointment-with-order.json')
      const [without, based] = subjectOf(booked).hypotheticals as readonly [FhirJson, FhirJson]
      expect(broken(profile, based)).toEqual([])
      expect(broken(profile, without)).toHaveLength(1)
      expect(objects(based, 'basedOn')).toEqual([
        { reference: 'ServiceRequest/draft-1' },
        {
          extension: [
            {
              url: 'http://hl7.org/fhir/StructureDefinition/alternate-reference',
              valueReference: { reference: 'DeviceRequest/draft-2' },
            },
          ],
        },
      ])
    },
  )

  it.skipIf(!isThere(guide) || isOld)('find what is missing', () => {
    const profile = fromPackage(guide, 'StructureDefinition-profile-task-dispatch.json')
    const [, task] = subjectOf(asking(dispatch)).hypotheticals
    const { focus: _, ...bare } = task as FhirJson
    expect(broken(profile, { ...bare, resourceType: 'Task', status: 'ready' })).toHaveLength(2)
  })
})
