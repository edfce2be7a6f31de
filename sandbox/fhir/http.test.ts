import type { Patient } from 'fhir/r4'
import { Hono } from 'hono'
import { describe, expect, it, vi } from 'vitest'
import { createFhirApp } from './http'
import { base, complaintIn, fullOffer, serve, smallStore } from './test-server'

describe('reading', () => {
  it('a resource comes with ETag and the server’s meta', async () => {
    const answer = await serve()('GET /Patient/jane')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('ETag')).toBe('W/"1"')
    expect(answer.headers.get('Content-Type')).toContain('application/fhir+json')
    expect((answer.body as Patient).meta).toMatchObject({
      versionId: '1',
      lastUpdated: '2026-11-20T12:00:00.000Z',
    })
  })

  it('old versions stay readable', async () => {
    const call = serve()
    await call('PUT /Patient/jane', { resourceType: 'Patient', id: 'jane', gender: 'other' })
    expect((await call('GET /Patient/jane/_history/1')).body).toMatchObject({ gender: 'female' })
    expect((await call('GET /Patient/jane')).body).toMatchObject({
      gender: 'other',
      meta: { versionId: '2' },
    })
    expect((await call('GET /Patient/jane/_history/9')).status).toBe(404)
  })

  it('a client that has the version gets 304', async () => {
    expect((await serve()('GET /Patient/jane', undefined, { 'If-None-Match': 'W/"1"' })).status).toBe(304)
  })

  it.each([
    ['GET /Patient/nobody', 404],
    ['GET /Basic/x', 404],
    ['GET /Patient/jane/$nothing', 404],
    ['GET /Patient/jane/_history', 404],
    ['GET /constructor', 404],
    ['PATCH /Patient/jane', 405],
    ['GET /', 405],
    ['DELETE /Patient', 405],
    ['GET /Patient/jane?_format=xml', 406],
    ['GET /Patient/%E0%A4%A', 404],
  ])('%s is %i with an OperationOutcome', async (request, status) => {
    const answer = await serve()(request)
    expect(answer.status).toBe(status)
    expect(answer.body).toMatchObject({ resourceType: 'OperationOutcome' })
    expect(complaintIn(answer)).not.toBe('')
  })

  it('XML is refused by Accept as well', async () => {
    expect((await serve()('GET /Patient/jane', undefined, { Accept: 'application/fhir+xml' })).status).toBe(
      406,
    )
  })

  it('a deleted resource is gone, not unknown', async () => {
    const call = serve()
    expect((await call('DELETE /Patient/ben')).status).toBe(204)
    expect((await call('GET /Patient/ben')).status).toBe(410)
    expect((await call('GET /Patient/ben/_history/1')).status).toBe(200)
    expect((await call('GET /Patient/ben/_history/2')).status).toBe(410)
    expect((await call('DELETE /Patient/ben')).status).toBe(204)
  })
})

describe('the endpoint', () => {
  it('works wherever it is mounted', async () => {
    const app = new Hono().route(
      '/ehr/:kind/fhir',
      createFhirApp({
        base,
        store: smallStore(),
        offer: fullOffer,
        authorize: () => ({ scopes: ['user/*.rs'] }),
      }),
    )
    expect((await app.request('/ehr/full/fhir/Patient/jane')).status).toBe(200)
    expect((await app.request('/ehr/full/fhir/metadata')).status).toBe(200)
    expect((await app.request('/ehr/full/fhir', { method: 'POST' })).status).toBe(400)
    expect((await app.request('/ehr/full/fhir/', { method: 'POST' })).status).toBe(400)
  })

  it('answers any origin, preflight included, and exposes what clients need', async () => {
    const call = serve({ authorize: () => new Response(null, { status: 401 }) })
    const preflight = await call('OPTIONS /Patient')
    expect(preflight.status).toBe(204)
    for (const header of ['Authorization', 'If-Match', 'If-None-Exist', 'Prefer', 'Content-Type']) {
      expect(preflight.headers.get('Access-Control-Allow-Headers')).toContain(header)
    }
    const refused = await call('GET /Patient/jane')
    expect(refused.status).toBe(401)
    expect(refused.headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(refused.headers.get('Access-Control-Expose-Headers')).toMatch(/Location.*ETag.*Retry-After/)
  })

  it('a failure of the server itself is a 500 without its insides', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const call = serve({
      authorize: () => {
        throw new Error('secret detail')
      },
    })
    const answer = await call('GET /Patient/jane')
    expect(answer.status).toBe(500)
    expect(complaintIn(answer)).not.toContain('secret')
    expect(log).toHaveBeenCalledOnce()
    log.mockRestore()
  })
})
