import { describe, expect, it } from 'vitest'
import { complaintIn, condition, fullOffer, serve, smallStore } from './test-server'

const identified = condition('jane', { identifier: [{ system: 'urn:src', value: '1' }] })

describe('create', () => {
  it('gives an id, a version and a Location of its own, whatever the client says', async () => {
    const answer = await serve()(
      'POST /Condition',
      condition('jane', { id: 'mine', meta: { versionId: '9', lastUpdated: '2001-01-01T00:00:00Z' } }),
    )
    expect(answer.status).toBe(201)
    expect(answer.headers.get('Location')).toBe('https://ehr.test/fhir/Condition/new-1/_history/1')
    expect(answer.headers.get('ETag')).toBe('W/"1"')
    expect(answer.body).toMatchObject({
      id: 'new-1',
      meta: { versionId: '1', lastUpdated: '2026-11-20T12:00:00.000Z' },
    })
  })

  it.each([
    ['return=minimal', undefined],
    ['return=representation', 'Condition'],
    ['return=OperationOutcome', 'OperationOutcome'],
  ])('honours Prefer: %s', async (prefer, type) => {
    const answer = await serve()('POST /Condition', condition('jane'), { Prefer: prefer })
    expect(answer.status).toBe(201)
    expect((answer.body as { resourceType?: string } | undefined)?.resourceType).toBe(type)
  })

  it('with If-None-Exist writes once and then finds what is there', async () => {
    const store = smallStore()
    const call = serve({ store })
    const again = { 'If-None-Exist': 'identifier=urn:src|1' }
    expect((await call('POST /Condition', identified, again)).status).toBe(201)
    const second = await call('POST /Condition', identified, again)
    expect(second.status).toBe(200)
    expect(second.headers.get('Location')).toContain('/Condition/new-1/_history/1')
    expect(store.all('Condition')).toHaveLength(1)
  })

  it('with If-None-Exist refuses when several match, and criteria that mean nothing', async () => {
    const call = serve()
    await call('POST /Condition', identified)
    await call('POST /Condition', identified)
    const several = await call('POST /Condition', identified, { 'If-None-Exist': 'identifier=urn:src|1' })
    expect(several.status).toBe(412)
    expect((await call('POST /Condition', identified, { 'If-None-Exist': 'nonsense=1' })).status).toBe(400)
    expect((await call('POST /Condition', identified, { 'If-None-Exist': '' })).status).toBe(400)
  })

  it('says with 412 that conditional create is not offered', async () => {
    const types = { Condition: { interactions: ['create'], conditionalCreate: false } } as const
    const call = serve({ offer: { ...fullOffer, types } })
    const answer = await call('POST /Condition', identified, { 'If-None-Exist': 'identifier=urn:src|1' })
    expect(answer.status).toBe(412)
    expect(complaintIn(answer)).toContain('conditional create')
  })

  it.each([
    ['another type than the URL says', { resourceType: 'Patient' }, 400],
    ['no resourceType', {}, 400],
    ['a list', [], 400],
    ['half a JSON', '{"resourceType":', 400],
    [
      'a code outside of the required binding',
      condition('jane', {
        verificationStatus: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'perhaps' }],
        },
      }),
      422,
    ],
    ['a missing element', { resourceType: 'Condition' }, 422],
    ['an unknown element', condition('jane', { colour: 'red' }), 422],
    ['an empty list', condition('jane', { note: [] }), 422],
    ['null', condition('jane', { recordedDate: null }), 422],
    ['a patient who is not there', condition('nobody'), 422],
    ['nesting without end', '['.repeat(100000), 400],
    ['more than 5 MiB', condition('jane', { note: [{ text: 'x'.repeat(5 * 1024 * 1024) }] }), 413],
  ])('refuses %s', async (_, body, status) => {
    const store = smallStore()
    const answer = await serve({ store })('POST /Condition', body)
    expect(answer.status).toBe(status)
    expect(complaintIn(answer)).not.toBe('')
    expect(store.size).toBe(3)
  })

  it('takes an attachment of nearly 5 MiB', async () => {
    const data = 'AAAA'.repeat(1_300_000)
    const content = [{ attachment: { contentType: 'application/pdf', data } }]
    const document = {
      resourceType: 'DocumentReference',
      status: 'current',
      subject: { reference: 'Patient/jane' },
      content,
    }
    expect((await serve()('POST /DocumentReference', document, { Prefer: 'return=minimal' })).status).toBe(
      201,
    )
  })

  it('names what is wrong and where', async () => {
    const answer = await serve()('POST /Condition', {
      resourceType: 'Condition',
      subject: { reference: 'Patient/jane' },
      recordedDate: 'soon',
    })
    expect(answer.status).toBe(422)
    expect(answer.body).toMatchObject({
      issue: [{ severity: 'error', expression: ['Condition.recordedDate'] }],
    })
  })

  it('refuses other content types', async () => {
    expect(
      (await serve()('POST /Condition', '<Condition/>', { 'Content-Type': 'application/fhir+xml' })).status,
    ).toBe(415)
  })

  it('holds to further refusals of the offer', async () => {
    const offer = { ...fullOffer, refuse: () => 'This EHR takes no conditions today' }
    const answer = await serve({ offer })('POST /Condition', condition('jane'))
    expect(answer.status).toBe(422)
    expect(complaintIn(answer)).toContain('no conditions today')
  })

  it('is 405 where the offer is read-only', async () => {
    const types = { Condition: { interactions: ['read'], conditionalCreate: false } } as const
    const call = serve({ offer: { ...fullOffer, types } })
    expect((await call('POST /Condition', condition('jane'))).status).toBe(405)
    expect((await call('GET /Condition')).status).toBe(405)
  })
})

describe('update', () => {
  const jane = { resourceType: 'Patient', id: 'jane', gender: 'unknown' }

  it('makes the next version', async () => {
    const answer = await serve()('PUT /Patient/jane', jane, { 'If-Match': 'W/"1"' })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('ETag')).toBe('W/"2"')
  })

  it('refuses a version that is no longer current, and says which is', async () => {
    const answer = await serve()('PUT /Patient/jane', jane, { 'If-Match': 'W/"7"' })
    expect(answer.status).toBe(412)
    expect(answer.headers.get('ETag')).toBe('W/"1"')
  })

  it.each([
    ['another id', 'PUT /Patient/jane', { ...jane, id: 'ben' }, 400],
    ['no id', 'PUT /Patient/jane', { resourceType: 'Patient' }, 400],
    ['an id that does not exist', 'PUT /Patient/fresh', { ...jane, id: 'fresh' }, 405],
    ['no body', 'PUT /Patient/jane', undefined, 400],
  ])('refuses %s', async (_, request, body, status) => {
    expect((await serve()(request, body)).status).toBe(status)
  })
})

describe('reset', () => {
  it('goes back to what was loaded', async () => {
    const store = smallStore()
    const call = serve({ store })
    await call('PUT /Patient/jane', { resourceType: 'Patient', id: 'jane', gender: 'unknown' })
    await call('DELETE /Patient/ben')
    await call('POST /Condition', condition('jane'))
    store.reset()
    expect(store.size).toBe(3)
    expect((await call('GET /Patient/jane')).body).toMatchObject({
      gender: 'female',
      meta: { versionId: '1' },
    })
    expect((await call('GET /Patient/ben')).status).toBe(200)
    expect(store.search('Condition', 'patient=jane')).toEqual([])
  })
})
