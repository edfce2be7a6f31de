import { describe, expect, it } from 'vitest'
import type { FhirStore } from './store'
import { complaintIn, condition, keysIn, serve, smallStore } from './test-server'

const lab = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }],
}
const vital = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }],
}
const observation = (patient: string, category: object, more: object = {}): object => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'x' },
  category: [category],
  subject: { reference: `Patient/${patient}` },
  ...more,
})

const filled = (): FhirStore => {
  const store = smallStore()
  store.loadTransaction({
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      { resource: condition('jane', { id: 'janes', asserter: { reference: 'Practitioner/moreno' } }) },
      { resource: condition('ben', { id: 'bens' }) },
      { resource: observation('jane', lab, { id: 'lab' }) },
      { resource: observation('jane', vital, { id: 'vital' }) },
      {
        resource: {
          resourceType: 'Provenance',
          id: 'of-ben',
          target: [{ reference: 'Condition/bens' }],
          recorded: '2026-01-01T00:00:00Z',
          agent: [{ who: { display: 'x' } }],
        },
      },
      {
        resource: {
          resourceType: 'Provenance',
          id: 'of-jane',
          target: [{ reference: 'Condition/janes' }],
          recorded: '2026-01-01T00:00:00Z',
          agent: [{ who: { display: 'x' } }],
        },
      },
    ],
  })
  return store
}

const jane = (...scopes: string[]) => serve({ store: filled(), caller: { scopes, patient: 'jane' } })

describe('the patient compartment', () => {
  it('lets a patient’s token read that patient, and the shared types', async () => {
    const call = jane('patient/*.rs')
    for (const path of ['/Patient/jane', '/Condition/janes', '/Practitioner/moreno', '/Provenance/of-jane']) {
      expect((await call(`GET ${path}`)).status, path).toBe(200)
    }
    for (const path of [
      '/Patient/ben',
      '/Condition/bens',
      '/Condition/bens/_history/1',
      '/Provenance/of-ben',
      '/Patient/ben/$everything',
    ]) {
      expect((await call(`GET ${path}`)).status, path).toBe(403)
    }
  })

  it('restricts searches that name no patient, in silence', async () => {
    const call = jane('patient/*.read')
    expect(keysIn(await call('GET /Condition'))).toEqual(['Condition/janes'])
    expect(keysIn(await call('GET /Patient'))).toEqual(['Patient/jane'])
    expect(keysIn(await call('GET /Provenance'))).toEqual(['Provenance/of-jane'])
    expect(keysIn(await call('GET /Condition?_id=bens,janes'))).toEqual(['Condition/janes'])
  })

  it.each([
    'Condition?patient=ben',
    'Condition?subject=Patient/ben',
    'Condition?patient=jane,ben',
    'Patient?_id=ben',
  ])('refuses %s, which names another', async (query) => {
    expect((await jane('patient/*.rs')(`GET /${query}`)).status).toBe(403)
  })

  it('holds inclusions to it', async () => {
    const store = filled()
    store.loadTransaction({
      resourceType: 'Bundle',
      type: 'collection',
      entry: [
        {
          resource: {
            resourceType: 'Provenance',
            id: 'of-both',
            target: [{ reference: 'Condition/janes' }, { reference: 'Condition/bens' }],
            recorded: '2026-01-01T00:00:00Z',
            agent: [{ who: { display: 'x' } }],
          },
        },
      ],
    })
    const call = serve({ store, caller: { scopes: ['patient/*.rs'], patient: 'jane' } })
    expect(keysIn(await call('GET /Provenance?_id=of-both&_include=Provenance:target'), 'include')).toEqual([
      'Condition/janes',
    ])
  })

  it('refuses writes outside of it, and moving a record out of or into it', async () => {
    const call = jane('patient/*.cruds')
    expect((await call('POST /Condition', condition('jane'))).status).toBe(201)
    expect((await call('POST /Condition', condition('ben'))).status).toBe(403)
    expect((await call('PUT /Condition/janes', condition('ben', { id: 'janes' }))).status).toBe(403)
    expect((await call('PUT /Condition/bens', condition('jane', { id: 'bens' }))).status).toBe(403)
    expect((await call('DELETE /Condition/bens')).status).toBe(403)
    expect((await call('POST /Practitioner', { resourceType: 'Practitioner' })).status).toBe(403)
  })

  it('refuses to write another patient’s record in which this one is only named', async () => {
    const call = jane('patient/*.cruds')
    const performed = observation('ben', lab, { performer: [{ reference: 'Patient/jane' }] })
    expect((await call('POST /Observation', performed)).status).toBe(403)
  })

  it('takes a Provenance whose targets are in it', async () => {
    const call = jane('patient/*.cruds')
    const provenance = (target: string) => ({
      resourceType: 'Provenance',
      target: [{ reference: target }],
      recorded: '2026-01-01T00:00:00Z',
      agent: [{ who: { display: 'x' } }],
    })
    expect((await call('POST /Provenance', provenance('Condition/janes'))).status).toBe(201)
    expect((await call('POST /Provenance', provenance('Condition/bens'))).status).toBe(403)
  })

  it('does not bind user/ scopes', async () => {
    const call = jane('user/*.rs')
    expect((await call('GET /Condition/bens')).status).toBe(200)
    expect((await call('GET /Condition?patient=ben')).status).toBe(200)
  })
})

describe('scopes', () => {
  it.each([
    ['patient/Observation.rs', 'GET /Condition', 'patient/Condition.s'],
    ['patient/Observation.rs', 'GET /Condition/janes', 'patient/Condition.r'],
    ['patient/Condition.r', 'GET /Condition', 'patient/Condition.s'],
    ['patient/Condition.s', 'GET /Condition/janes', 'patient/Condition.r'],
    ['user/Condition.read', 'POST /Condition', 'user/Condition.write'],
    ['user/Condition.cruds user/Patient.rs', 'DELETE /Observation/lab', 'user/Observation.d'],
    ['launch openid', 'GET /Condition', 'patient/Condition.s'],
  ])('%s does not allow %s: %s is missing', async (scopes, request, missing) => {
    const answer = await jane(...scopes.split(' '))(
      request,
      request.startsWith('POST') ? condition('jane') : undefined,
    )
    expect(answer.status).toBe(403)
    expect(complaintIn(answer)).toContain(missing)
  })

  it('a constraint limits reading, searching and writing', async () => {
    const call = jane(
      'patient/Observation.cruds?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory',
    )
    expect(keysIn(await call('GET /Observation'))).toEqual(['Observation/lab'])
    expect((await call('GET /Observation/vital')).status).toBe(403)
    expect((await call('POST /Observation', observation('jane', lab))).status).toBe(201)
    expect((await call('POST /Observation', observation('jane', vital))).status).toBe(403)
  })

  it('a constraint that is not understood allows nothing', async () => {
    for (const constraint of ['colour=red', 'date=soon']) {
      expect(keysIn(await jane(`patient/Observation.rs?${constraint}`)('GET /Observation'))).toEqual([])
    }
  })

  it('inclusions of types without a scope are left out', async () => {
    const answer = await jane('patient/Condition.rs')(
      'GET /Condition?_include=Condition:asserter&_revinclude=Provenance:target',
    )
    expect(keysIn(answer)).toEqual(['Condition/janes'])
    expect(keysIn(answer, 'include')).toEqual([])
  })

  it('If-None-Exist neither finds nor gives away what the caller may not see', async () => {
    const store = filled()
    const source = { identifier: [{ system: 'urn:src', value: '1' }] }
    store.create({ ...condition('ben', source), resourceType: 'Condition' })
    const call = serve({ store, caller: { scopes: ['patient/*.cruds'], patient: 'jane' } })
    const answer = await call('POST /Condition', condition('jane', source), {
      'If-None-Exist': 'identifier=urn:src|1',
    })
    expect(answer.status).toBe(201)
  })

  it('If-None-Exist works for those who may only create, without showing them the record', async () => {
    const call = jane('patient/Condition.c')
    const source = condition('jane', { identifier: [{ system: 'urn:src', value: '1' }] })
    const once = { 'If-None-Exist': 'identifier=urn:src|1' }
    expect((await call('POST /Condition', source, once)).status).toBe(201)
    const second = await call('POST /Condition', source, once)
    expect(second.status).toBe(200)
    expect(second.body).toBeUndefined()
    expect(second.headers.get('Location')).toContain('/Condition/')
  })
})
