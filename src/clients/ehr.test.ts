import { describe, expect, it } from 'vitest'
import { ok } from '../domain/result'
import { createChartWriter, createEhr } from './ehr'
import type { Http, HttpRequest } from './http'

const base = 'https://ehr.example/fhir'

function server(status: number, headers: Record<string, string>, json?: unknown) {
  const sent: HttpRequest[] = []
  const http: Http = {
    name: 'Lakeside EHR',
    base,
    send: (request) => {
      sent.push(request)
      return Promise.resolve(ok({ status, headers: new Headers(headers), json }))
    },
  }
  return { http, sent }
}

const resource = { resourceType: 'DocumentReference' }

describe('createChartWriter', () => {
  it.each([
    [
      201,
      { Location: `${base}/DocumentReference/7/_history/1` },
      undefined,
      { isNew: true, reference: 'DocumentReference/7' },
    ],
    [201, { Location: 'DocumentReference/7' }, undefined, { isNew: true, reference: 'DocumentReference/7' }],
    [200, {}, { ...resource, id: '8' }, { isNew: false, reference: 'DocumentReference/8' }],
    [202, {}, undefined, { isNew: true, isAccepted: true }],
  ])('reads the answer %s %j', async (status, headers, json, created) => {
    const { http } = server(status, headers, json)
    expect(await createChartWriter(http).create(resource)).toEqual(ok(created))
  })

  it('sends in the media type of the release, and only if it is not there yet where that is asked for', async () => {
    const { http, sent } = server(201, {})
    await createChartWriter(http).create(resource)
    await createChartWriter(http).create(resource, {
      mediaType: 'application/json+fhir',
      ifNoneExist: 'identifier=a|b',
    })
    expect(sent.map((r) => r.headers?.['Content-Type'])).toEqual([
      'application/fhir+json',
      'application/json+fhir',
    ])
    expect(sent.map((r) => r.headers?.['If-None-Exist'])).toEqual([undefined, 'identifier=a|b'])
  })
})

describe('createEhr', () => {
  it.each(['CapabilityStatement', 'Conformance'])(
    'takes a %s for what the server can do',
    async (resourceType) => {
      const statement = await createEhr(server(200, {}, { resourceType }).http).capability()
      expect(statement.ok).toBe(true)
    },
  )

  it('takes nothing else for it', async () => {
    const statement = await createEhr(server(200, {}, { resourceType: 'Patient' }).http).capability()
    expect(statement).toMatchObject({ ok: false, problem: { kind: 'malformed' } })
  })
})
