import type { Bundle } from 'fhir/r4'
import { describe, expect, it } from 'vitest'
import { base, bundleIn, complaintIn, condition, fullOffer, serve, smallStore } from './test-server'

const post = (resource: object, more: object = {}, request: object = {}) => ({
  resource,
  request: { method: 'POST', url: (resource as { resourceType: string }).resourceType, ...request },
  ...more,
})
const bundle = (type: string, ...entry: object[]) => ({ resourceType: 'Bundle', type, entry })
const statuses = (answered: Bundle) => answered.entry?.map((entry) => entry.response?.status)
const provenance = (target: string) => ({
  resourceType: 'Provenance',
  target: [{ reference: target }],
  recorded: '2026-11-20T00:00:00Z',
  agent: [{ who: { reference: 'Practitioner?identifier=urn:npi|1' } }],
})
const urn = 'urn:uuid:6f1c9a1e-0000-4000-8000-000000000001'

describe('transaction', () => {
  it('rewrites references by fullUrl and by condition, whatever the order of entries', async () => {
    const store = smallStore()
    const answer = await serve({ store })(
      'POST /',
      bundle('transaction', post(provenance(urn)), post(condition('jane'), { fullUrl: urn })),
    )
    expect(answer.status).toBe(200)
    expect(statuses(bundleIn(answer))).toEqual(['201', '201'])
    const [written] = store.all('Condition')
    expect(store.all('Provenance')[0]).toMatchObject({
      target: [{ reference: `Condition/${written?.id}` }],
      agent: [{ who: { reference: 'Practitioner/moreno' } }],
    })
    expect(bundleIn(answer).entry?.[1]?.response).toMatchObject({
      location: `${base}/Condition/${written?.id}/_history/1`,
      etag: 'W/"1"',
    })
  })

  it('may create a patient and the records of that patient together', async () => {
    const store = smallStore()
    const record = { ...condition('x'), subject: { reference: urn } }
    const answer = await serve({ store })(
      'POST /',
      bundle('transaction', post(record), post({ resourceType: 'Patient' }, { fullUrl: urn })),
    )
    expect(answer.status).toBe(200)
    expect(store.all('Condition')[0]).toMatchObject({
      subject: { reference: expect.stringMatching(/^Patient\/new-/) },
    })
  })

  it('points references at what ifNoneExist found', async () => {
    const store = smallStore()
    const call = serve({ store })
    const found = condition('jane', { identifier: [{ system: 'urn:src', value: '1' }] })
    const ifNoneExist = { ifNoneExist: 'identifier=urn:src|1' }
    await call('POST /', bundle('transaction', post(found, {}, ifNoneExist)))
    const again = await call(
      'POST /',
      bundle('transaction', post(found, { fullUrl: urn }, ifNoneExist), post(provenance(urn))),
    )
    expect(statuses(bundleIn(again))).toEqual(['200', '201'])
    expect(store.all('Condition')).toHaveLength(1)
    expect(store.all('Provenance')[0]).toMatchObject({
      target: [{ reference: `Condition/${store.all('Condition')[0]?.id}` }],
    })
  })

  it('deletes, creates, updates and reads in this order', async () => {
    const store = smallStore()
    const call = serve({ store })
    const source = { identifier: [{ system: 'urn:src', value: '1' }] }
    await call('POST /Condition', condition('jane', source))
    const answer = await call(
      'POST /',
      bundle(
        'transaction',
        { request: { method: 'GET', url: 'Condition?patient=jane&_summary=count' } },
        {
          resource: { resourceType: 'Patient', id: 'jane', gender: 'other' },
          request: { method: 'PUT', url: 'Patient/jane', ifMatch: 'W/"1"' },
        },
        post(condition('jane', source), {}, { ifNoneExist: 'identifier=urn:src|1' }),
        { request: { method: 'DELETE', url: 'Condition/new-1' } },
      ),
    )
    expect(statuses(bundleIn(answer))).toEqual(['200', '200', '201', '204'])
    expect(bundleIn(answer).entry?.[0]?.resource).toMatchObject({ total: 1 })
  })

  it.each([
    ['an invalid entry', post({ resourceType: 'Condition' }), 422],
    [
      'a wrong version',
      {
        resource: { resourceType: 'Patient', id: 'jane' },
        request: { method: 'PUT', url: 'Patient/jane', ifMatch: 'W/"5"' },
      },
      412,
    ],
    ['a reference to no entry', post(provenance('urn:uuid:nowhere')), 400],
    [
      'a condition that finds nothing',
      post({
        ...provenance('Patient/jane'),
        agent: [{ who: { reference: 'Practitioner?identifier=urn:npi|9' } }],
      }),
      412,
    ],
    ['a read of nothing', { request: { method: 'GET', url: 'Patient/nobody' } }, 404],
    ['no request', { resource: condition('jane') }, 400],
    ['an unknown type', post({ resourceType: 'Basic' }), 404],
    ['another server', { request: { method: 'GET', url: 'https://elsewhere.test/fhir/Patient/jane' } }, 400],
    ['the same resource twice', { request: { method: 'DELETE', url: 'Patient/ben' } }, 400],
    ['a bundle in the bundle', { resource: bundle('batch'), request: { method: 'POST', url: '/' } }, 400],
  ])('with %s writes nothing at all', async (_, bad, status) => {
    const store = smallStore()
    const answer = await serve({ store })(
      'POST /',
      bundle(
        'transaction',
        { request: { method: 'DELETE', url: 'Patient/ben' } },
        post(condition('jane')),
        {
          resource: { resourceType: 'Practitioner', id: 'moreno', active: false },
          request: { method: 'PUT', url: 'Practitioner/moreno' },
        },
        bad,
      ),
    )
    expect(answer.status).toBe(status)
    expect(complaintIn(answer)).not.toBe('')
    expect(store.size).toBe(3)
    expect(store.get('Patient', 'ben')).toBeDefined()
    expect(store.isDeleted('Patient', 'ben')).toBe(false)
    expect(store.get('Practitioner', 'moreno')).toMatchObject({ meta: { versionId: '1' } })
    expect(store.search('Condition', 'patient=jane')).toEqual([])
  })

  it('is held to the compartment entry by entry', async () => {
    const store = smallStore()
    const call = serve({ store, caller: { scopes: ['patient/*.cruds'], patient: 'jane' } })
    const answer = await call(
      'POST /',
      bundle('transaction', post(condition('jane')), post(condition('ben'))),
    )
    expect(answer.status).toBe(403)
    expect(complaintIn(answer)).toContain('entry[1]')
    expect(store.all('Condition')).toEqual([])
  })

  it('may write a Provenance of what it creates with a patient’s token', async () => {
    const call = serve({ caller: { scopes: ['patient/*.cruds', 'user/Practitioner.rs'], patient: 'jane' } })
    const answer = await call(
      'POST /',
      bundle('transaction', post(provenance(urn)), post(condition('jane'), { fullUrl: urn })),
    )
    expect(answer.status).toBe(200)
  })

  it('leaves the references inside a stored Bundle alone', async () => {
    const store = smallStore()
    const inner = {
      resourceType: 'Bundle',
      type: 'collection',
      entry: [{ fullUrl: urn, resource: provenance(urn) }],
    }
    expect((await serve({ store })('POST /', bundle('transaction', post(inner)))).status).toBe(200)
    expect(JSON.stringify(store.all('Bundle')[0])).toContain(urn)
  })
})

describe('batch', () => {
  it('does each entry on its own', async () => {
    const store = smallStore()
    const answer = await serve({ store })(
      'POST /',
      bundle(
        'batch',
        post(condition('jane')),
        post({ resourceType: 'Condition' }),
        { request: { method: 'GET', url: 'Patient/jane' } },
        {},
      ),
    )
    expect(statuses(bundleIn(answer))).toEqual(['201', '422', '200', '400'])
    expect(bundleIn(answer).entry?.[1]?.response?.outcome).toMatchObject({ resourceType: 'OperationOutcome' })
    expect(bundleIn(answer).entry?.[2]?.resource).toMatchObject({ id: 'jane' })
    expect(store.all('Condition')).toHaveLength(1)
  })

  it('is refused where it is not offered, as is what is no batch', async () => {
    const call = serve({ offer: { ...fullOffer, batch: false, transaction: false } })
    expect((await call('POST /', bundle('batch'))).status).toBe(405)
    expect((await call('POST /', bundle('transaction'))).status).toBe(405)
    expect((await serve()('POST /', bundle('collection'))).status).toBe(400)
    expect((await serve()('POST /', condition('jane'))).status).toBe(400)
  })
})
