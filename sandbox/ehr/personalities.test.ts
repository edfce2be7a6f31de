import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PERSONALITIES } from './personalities'
import { startTestEhr, TestApp } from './test-app'

let ehr: Awaited<ReturnType<typeof startTestEhr>>
beforeAll(async () => {
  ehr = await startTestEhr()
})
afterAll(() => ehr.close())

interface Json {
  readonly [field: string]: unknown
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')

const attached = (contentType: string, text = 'Outside records') => ({
  attachment: { contentType, data: base64(text), creation: '2026-11-20T15:00:00Z' },
})

/** A document that every R4 personality would take but for its attachments. */
const document = (content: readonly object[], more: Json = {}) => ({
  resourceType: 'DocumentReference',
  identifier: [{ system: 'urn:ietf:rfc:3986', value: 'ni:///sha-256;abc' }],
  status: 'current',
  docStatus: 'final',
  type: { coding: [{ system: 'http://loinc.org', code: '34133-9' }] },
  subject: { reference: 'Patient/jane-roe' },
  author: [{ reference: 'Practitioner/moreno' }],
  date: '2026-11-20T15:00:00Z',
  content,
  context: {
    encounter: [{ reference: 'Encounter/jane-roe-visit-now' }],
    period: { start: '2026-11-20T15:00:00Z', end: '2026-11-20T15:00:00Z' },
  },
  ...more,
})

/** What an app launched at this personality gets for what it creates. */
async function creator(personality: string) {
  const app = new TestApp(ehr.url, personality)
  const { body } = await app.connect({ personality, encounter: await visit() })
  const create = async (
    resource: { readonly resourceType: string },
    headers: Record<string, string> = {},
  ) => {
    const response = await app.fhir(resource.resourceType, body.access_token, {
      method: 'POST',
      body: JSON.stringify(resource),
      headers,
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, text }
  }
  const read = async (path: string) => (await app.fhir(path, body.access_token)).json() as Promise<Json>
  return { create, read }
}

/** A visit of Jane Roe's. */
async function visit(): Promise<string> {
  const app = new TestApp(ehr.url)
  const { body } = await app.connect()
  const found = await (
    await app.fhir('Encounter?patient=jane-roe&status=in-progress', body.access_token)
  ).json()
  return (found as { entry: { resource: { id: string } }[] }).entry[0]?.resource.id ?? ''
}

const inVisit = async (more: Json = {}) => ({
  context: {
    encounter: [{ reference: `Encounter/${await visit()}` }],
    period: { end: '2026-11-20T15:00:00Z' },
  },
  ...more,
})

const condition = (more: Json = {}) => ({
  resourceType: 'Condition',
  subject: { reference: 'Patient/jane-roe' },
  code: { text: 'Low back pain' },
  ...more,
})

const provisional = {
  verificationStatus: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'provisional' }],
  },
}

const XHTML =
  '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body><p>a</p></body></html>'

describe('which attachments are taken', () => {
  const bundle = 'application/fhir+json'
  const pdf = 'application/pdf'
  it.each([
    ['full', [bundle, pdf], 201],
    ['documents', [bundle, pdf], 201],
    ['no-bundle', [bundle, pdf], 422],
    ['no-bundle', [pdf], 201],
    ['no-pdf', [pdf], 415],
    ['no-pdf', [bundle], 415],
    ['no-pdf', ['text/html;charset=utf-8'], 201],
    ['no-pdf', ['text/plain;charset=utf-8'], 201],
    ['text-only', [pdf], 400],
    ['text-only', ['text/html;charset=utf-8'], 400],
    ['text-only', ['text/plain;charset=utf-8'], 201],
    ['one-content', [bundle, pdf], 422],
    ['one-content', [bundle], 422],
    ['one-content', ['text/plain'], 422],
    ['one-content', ['text/plain;charset=utf-8'], 201],
    ['one-content', [pdf], 201],
    ['rtf', [pdf], 400],
    ['rtf', ['text/plain;charset=utf-8'], 400],
    ['rtf', ['text/rtf'], 201],
    ['readonly', [pdf], 405],
  ])('%s answers %j with %i', async (personality, types, status) => {
    const { create } = await creator(personality)
    const answer = await create(
      document(
        types.map((type) => attached(type)),
        await inVisit(),
      ),
    )
    expect([answer.status, answer.status === 201 ? '' : answer.text]).toEqual([
      status,
      status === 201 ? '' : expect.stringContaining('OperationOutcome'),
    ])
  })

  it('rtf: XML has to be a C-CDA, an author has to be there, and the refusal names what is allowed', async () => {
    const { create } = await creator('rtf')
    const cda = '<ClinicalDocument xmlns="urn:hl7-org:v3"></ClinicalDocument>'
    expect((await create(document([attached('text/xml', cda)]))).status).toBe(201)
    expect((await create(document([attached('text/xml', XHTML)]))).status).toBe(400)
    const nobody = await create(document([attached('text/rtf')], { author: undefined }))
    expect(nobody.text).toContain('Author details should be provided')
    const pdf = await create(document([attached('application/pdf')]))
    expect(pdf.text).toContain('Allowed values are text/rtf and text/xml.')
  })
})

describe('the text-only EHR', () => {
  it('wants a visit of the same patient', async () => {
    const { create } = await creator('text-only')
    const note = [attached('text/plain;charset=utf-8')]
    expect((await create(document(note, { context: undefined }))).status).toBe(422)
    const other = { context: { encounter: [{ reference: 'Encounter/sam-nocover-visit-2026' }] } }
    expect((await create(document(note, other))).status).toBe(422)
  })

  it('keeps the first attachment and forgets the others, without a word', async () => {
    const { create, read } = await creator('text-only')
    const contents = [attached('text/plain;charset=utf-8', 'one'), attached('application/pdf', 'two')]
    const answer = await create(document(contents, await inVisit()))
    expect(answer.status).toBe(201)
    const location = answer.headers.get('Location') ?? ''
    expect(location).toMatch(/^DocumentReference\/[^/]+$/)
    expect(await read(location)).toMatchObject({ content: [{ attachment: { data: base64('one') } }] })
    expect((await read(location)).content).toHaveLength(1)
  })

  it('takes conditions that are provisional, and refuses others by number', async () => {
    const { create } = await creator('text-only')
    expect((await create(condition(provisional))).status).toBe(201)
    const confirmed = await create(condition())
    expect(confirmed.status).toBe(422)
    expect(JSON.parse(confirmed.text)).toMatchObject({
      issue: [{ details: { coding: [{ code: '59012' }] } }],
    })
    const long = await create(condition({ ...provisional, note: [{ text: 'x'.repeat(451) }] }))
    expect(long.status).toBe(422)
  })

  it('files a second copy of the same note, and does not find it by its identifier', async () => {
    const { create, read } = await creator('text-only')
    const note = document([attached('text/plain;charset=utf-8')], await inVisit())
    const before = Number((await read('DocumentReference?patient=jane-roe&type=34133-9')).total)
    await create(note)
    await create(note)
    expect((await read('DocumentReference?patient=jane-roe&type=34133-9')).total).toBe(before + 2)
    const asked = await read('DocumentReference?patient=jane-roe&identifier=ni:///sha-256;abc')
    expect(JSON.stringify(asked)).toContain('Unknown search parameter')
    expect((await create(note, { 'If-None-Exist': 'identifier=ni:///sha-256;abc' })).status).toBe(412)
  })

  it('forbids without a word', async () => {
    const answer = await (await creator('text-only')).create(
      condition({ subject: { reference: 'Patient/ben-okafor' }, ...provisional }),
    )
    expect([answer.status, answer.text]).toEqual([403, ''])
  })
})

describe('the EHR with one file per document', () => {
  const note = (more: Json = {}) => document([attached('application/pdf')], more)

  it('answers with a place and no body', async () => {
    const answer = await (await creator('one-content')).create(note(await inVisit()))
    expect([answer.status, answer.text]).toEqual([201, ''])
    expect(answer.headers.get('Location')).toContain('/one-content/fhir/DocumentReference/')
    expect(answer.headers.get('ETag')).toBe('W/"1"')
  })

  it.each<[string, Json]>([
    ['no end of the period', { context: { period: { start: '2026-11-20T15:00:00Z' } } }],
    ['a date without a time', { context: { period: { end: '2026-11-20' } } }],
    ['another author', { author: [{ reference: 'Practitioner/osei' }] }],
    ['no author', { author: undefined }],
    ['a draft', { docStatus: 'preliminary' }],
  ])('refuses %s, and does not say why', async (_, more) => {
    const answer = await (await creator('one-content')).create(note({ ...(await inVisit()), ...more }))
    expect(answer.status).toBe(422)
    expect(JSON.parse(answer.text)).toMatchObject({ issue: [{ details: { text: 'Unprocessable entity' } }] })
  })
})

describe('what each says of itself', () => {
  const creates = async (personality: string): Promise<readonly string[]> => {
    const statement = (await (await fetch(`${ehr.url}/${personality}/fhir/metadata`)).json()) as {
      readonly rest: readonly {
        readonly resource: readonly {
          readonly type: string
          readonly interaction?: readonly { readonly code: string }[]
        }[]
      }[]
    }
    return (statement.rest[0]?.resource ?? [])
      .filter(({ interaction = [] }) => interaction.some(({ code }) => code === 'create'))
      .map(({ type }) => type)
  }

  it.each([
    ['documents', ['DocumentReference']],
    ['no-bundle', ['DocumentReference']],
    ['no-pdf', ['DocumentReference']],
    ['text-only', ['AllergyIntolerance', 'Condition', 'DocumentReference', 'Observation']],
    ['rtf', ['DocumentReference', 'Observation']],
    ['readonly', []],
  ])('%s creates %j', async (personality, types) => {
    expect([...(await creates(personality))].sort()).toEqual(types)
  })

  it.each(['documents', 'rtf', 'readonly'])('%s takes no condition', async (personality) => {
    const { status } = await (await creator(personality)).create(condition())
    expect(status).toBe(405)
  })

  it('can be chosen on the launch page, by a name for people', async () => {
    const page = await (await fetch(`${ehr.url}/patients/jane-roe`)).text()
    for (const { id, label } of PERSONALITIES)
      expect(page).toContain(`<option value="${id}">${label}</option>`)
  })
})
