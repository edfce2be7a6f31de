import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestEhr, TestApp } from '../test-app'

let ehr: Awaited<ReturnType<typeof startTestEhr>>
beforeAll(async () => {
  ehr = await startTestEhr()
})
afterAll(() => ehr.close())

interface Json {
  readonly [field: string]: unknown
}

const SCOPE =
  'launch openid fhirUser patient/*.rs patient/DocumentReference.c user/Practitioner.rs user/Organization.rs user/Location.rs'

async function connected(personality: string) {
  const app = new TestApp(ehr.url, personality)
  const { body } = await app.connect({ personality }, { scope: SCOPE })
  const get = async (path: string) => {
    const response = await app.fhir(path, body.access_token)
    return { type: response.headers.get('Content-Type'), json: (await response.json()) as Json }
  }
  const first = async (path: string): Promise<Json> => {
    const { entry = [] } = (await get(path)).json as { entry?: readonly { readonly resource: Json }[] }
    return entry[0]?.resource ?? {}
  }
  const create = async (resource: Json) => {
    const response = await app.fhir(String(resource.resourceType), body.access_token, {
      method: 'POST',
      body: JSON.stringify(resource),
      headers: { Prefer: 'return=minimal' },
    })
    return {
      status: response.status,
      location: response.headers.get('Location'),
      text: await response.text(),
    }
  }
  return { get, first, create }
}

const XHTML =
  '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body><p>a &amp; b<br/></p></body></html>'

const base64 = (text: string): string => Buffer.from(text).toString('base64')

const document = (more: Json = {}): Json => ({
  resourceType: 'DocumentReference',
  status: 'current',
  type: { coding: [{ system: 'http://loinc.org', code: '34133-9' }] },
  subject: { reference: 'Patient/jane-roe' },
  author: [{ reference: 'Practitioner/moreno' }],
  indexed: '2026-11-20T15:00:00Z',
  ...more,
})

const dstu2 = (text: string, more: Json = {}): Json =>
  document({
    docStatus: { coding: [{ system: 'http://hl7.org/fhir/composition-status', code: 'final' }] },
    content: [{ attachment: { contentType: 'application/xhtml+xml;charset=utf-8', data: base64(text) } }],
    context: {
      encounter: { reference: 'Encounter/jane-roe-visit-2026-03' },
      period: { end: '2026-11-20T15:00:00Z' },
    },
    ...more,
  })

const stu3 = (more: Json = {}): Json =>
  document({
    docStatus: 'final',
    content: [
      { attachment: { contentType: 'application/fhir+json', data: base64('{}') } },
      { attachment: { contentType: 'application/pdf', data: base64('%PDF') }, format: { code: 'x' } },
    ],
    ...more,
  })

describe('the DSTU2 EHR', () => {
  it('says what it is in a Conformance, in its own media type', async () => {
    const response = await fetch(`${ehr.url}/dstu2/fhir/metadata`)
    expect(response.headers.get('Content-Type')).toContain('application/json+fhir')
    const statement = (await response.json()) as {
      readonly rest: readonly { readonly resource: readonly Json[] }[]
    }
    expect(statement).toMatchObject({
      resourceType: 'Conformance',
      fhirVersion: '1.0.2',
      acceptUnknown: 'no',
    })
    const types = statement.rest[0]?.resource ?? []
    expect(types.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        'Patient',
        'Practitioner',
        'Condition',
        'MedicationStatement',
        'DocumentReference',
      ]),
    )
    const document = types.find(({ type }) => type === 'DocumentReference')
    expect(document?.interaction).toContainEqual({ code: 'create' })
    for (const type of types)
      for (const unknown of ['conditionalRead', 'referencePolicy', 'supportedProfile', 'operation'])
        expect(type).not.toHaveProperty(unknown)
  })

  it('writes people, problems and medicines as DSTU2 did', async () => {
    const { get, first } = await connected('dstu2')
    const patient = await get('Patient/jane-roe')
    expect(patient.type).toContain('application/json+fhir')
    expect(patient.json).toMatchObject({ name: [{ family: ['Roe'], given: ['Jane'] }], gender: 'female' })
    expect(patient.json).toHaveProperty('careProvider')
    const { name } = (await get('Practitioner/moreno')).json
    expect(name).toMatchObject({ family: ['Moreno'] })
    const condition = await first('Condition?patient=jane-roe')
    expect(condition).toMatchObject({
      patient: { reference: 'Patient/jane-roe' },
      verificationStatus: expect.stringMatching(/^[a-z-]+$/),
      clinicalStatus: expect.stringMatching(/^(active|relapse|remission|resolved)$/),
    })
    expect(condition).not.toHaveProperty('subject')
    expect(await first('Encounter?patient=jane-roe')).toMatchObject({
      class: expect.stringMatching(/^[a-z]+$/),
      patient: { reference: 'Patient/jane-roe' },
    })
    expect(await first('AllergyIntolerance?patient=jane-roe')).toMatchObject({
      substance: expect.anything(),
      status: expect.stringMatching(/^[a-z-]+$/),
    })
  })

  it('takes strict XHTML in a visit, and gives it back in its own shape', async () => {
    const { create, get } = await connected('dstu2')
    const made = await create(dstu2(XHTML))
    expect([made.status, made.text]).toEqual([201, ''])
    const id = /DocumentReference\/([^/]+)/.exec(made.location ?? '')?.[1]
    expect((await get(`DocumentReference/${id}`)).json).toMatchObject({
      indexed: '2026-11-20T15:00:00Z',
      docStatus: { coding: [{ code: 'final' }] },
      context: { encounter: { reference: 'Encounter/jane-roe-visit-2026-03' } },
    })
  })

  it.each<[string, Json]>([
    ['no date of indexing', dstu2(XHTML, { indexed: undefined })],
    ['no type', dstu2(XHTML, { type: undefined })],
    [
      'a list of encounters, as in R4',
      dstu2(XHTML, { context: { encounter: [{ reference: 'Encounter/jane-roe-visit-2026-03' }] } }),
    ],
    ['a category, as in R4', dstu2(XHTML, { category: [{ text: 'Note' }] })],
    ['a date, as in R4', dstu2(XHTML, { date: '2026-11-20T15:00:00Z' })],
    ['a code as docStatus, as in R4', dstu2(XHTML, { docStatus: 'final' })],
    ['no encounter', dstu2(XHTML, { context: {} })],
    ['a draft', dstu2(XHTML, { docStatus: { coding: [{ code: 'preliminary' }] } })],
    [
      'another document that it replaces',
      dstu2(XHTML, { relatesTo: [{ code: 'replaces', target: { reference: 'DocumentReference/x' } }] }),
    ],
    [
      'PDF',
      dstu2('', { content: [{ attachment: { contentType: 'application/pdf', data: base64('%PDF') } }] }),
    ],
    [
      'XHTML without its charset',
      dstu2('', { content: [{ attachment: { contentType: 'application/xhtml+xml', data: base64(XHTML) } }] }),
    ],
    ['a break that is not closed', dstu2(XHTML.replace('<br/>', '<br>'))],
    ['a script', dstu2(XHTML.replace('<p>', '<script>1</script><p>'))],
    ['a style', dstu2(XHTML.replace('<p>', '<p style="color:red">'))],
    ['a bare ampersand', dstu2(XHTML.replace('&amp;', '&'))],
    ['capital letters in a tag', dstu2(XHTML.replaceAll('p>', 'P>'))],
  ])('refuses %s with 422', async (_, resource) => {
    const answer = await (await connected('dstu2')).create(resource)
    expect(answer.status).toBe(422)
    expect(JSON.parse(answer.text)).toMatchObject({ resourceType: 'OperationOutcome' })
    expect(answer.text).not.toContain('expression')
  })

  it('takes nothing else, and has no Coverage', async () => {
    const { create, get } = await connected('dstu2')
    const { status } = await create({ resourceType: 'Condition', subject: { reference: 'Patient/jane-roe' } })
    expect(status).toBe(422)
    expect((await get('Coverage?patient=jane-roe')).json).toMatchObject({ resourceType: 'OperationOutcome' })
  })
})

describe('the STU3 EHR', () => {
  it('says what it is in a CapabilityStatement of its version', async () => {
    const statement = (await (await fetch(`${ehr.url}/stu3/fhir/metadata`)).json()) as Json
    expect(statement).toMatchObject({
      resourceType: 'CapabilityStatement',
      fhirVersion: '3.0.1',
      acceptUnknown: 'no',
    })
  })

  it('writes problems, medicines and coverages as STU3 did', async () => {
    const { get, first } = await connected('stu3')
    expect((await get('Patient/jane-roe')).json).toMatchObject({ name: [{ family: 'Roe' }] })
    const condition = await first('Condition?patient=jane-roe')
    expect(condition).toMatchObject({
      subject: { reference: 'Patient/jane-roe' },
      clinicalStatus: expect.any(String),
      verificationStatus: expect.any(String),
      assertedDate: expect.any(String),
    })
    expect(condition).not.toHaveProperty('recordedDate')
    const coverage = await first('Coverage?patient=jane-roe')
    expect(coverage).toMatchObject({ status: 'active', grouping: { planDisplay: expect.any(String) } })
    expect(coverage).not.toHaveProperty('class')
  })

  it('takes a FHIR document and its PDF, and gives them back in its own shape', async () => {
    const { create, get } = await connected('stu3')
    const made = await create(stu3())
    expect(made.status).toBe(201)
    const id = /DocumentReference\/([^/]+)/.exec(made.location ?? '')?.[1]
    const read = (await get(`DocumentReference/${id}`)).json
    expect(read).toMatchObject({ indexed: '2026-11-20T15:00:00Z', docStatus: 'final' })
    expect(read.content).toHaveLength(2)
    expect(read).not.toHaveProperty('date')
  })

  it.each<[string, Json]>([
    ['an R4 document', { ...stu3(), indexed: undefined, date: '2026-11-20T15:00:00Z' }],
    [
      'a list of encounters',
      stu3({ context: { encounter: [{ reference: 'Encounter/jane-roe-visit-2026-03' }] } }),
    ],
    ['DSTU2 status', stu3({ docStatus: { coding: [{ code: 'final' }] } })],
  ])('refuses %s with 422', async (_, resource) => {
    expect((await (await connected('stu3')).create(resource)).status).toBe(422)
  })
})

it.each(['dstu2', 'stu3'])('%s shows a written document in the chart', async (personality) => {
  const { create } = await connected(personality)
  const title = `Outside record by ${personality}`
  const made = await create({ ...(personality === 'dstu2' ? dstu2(XHTML) : stu3()), description: title })
  expect(made.status).toBe(201)
  const chart = await (await fetch(`${ehr.url}/patients/jane-roe`)).text()
  expect(chart).toContain(title)
})

it('writes a medicine that was recorded in R4 as each version has it', async () => {
  const full = new TestApp(ehr.url)
  const { body } = await full.connect()
  const made = await full.create(
    {
      resourceType: 'MedicationStatement',
      status: 'not-taken',
      subject: { reference: 'Patient/jane-roe' },
      medicationCodeableConcept: { text: 'Lisinopril 10 mg' },
      note: [{ text: 'Stopped herself' }],
      dosage: [{ text: 'Daily', doseAndRate: [{ doseQuantity: { value: 1, unit: 'tablet' } }] }],
    } as { readonly resourceType: string },
    body.access_token,
  )
  expect(made.status).toBe(201)
  expect(await (await connected('dstu2')).first('MedicationStatement?patient=jane-roe')).toMatchObject({
    status: 'completed',
    wasNotTaken: true,
    patient: { reference: 'Patient/jane-roe' },
    note: 'Stopped herself',
    dosage: [{ text: 'Daily', quantityQuantity: { value: 1 } }],
  })
  expect(await (await connected('stu3')).first('MedicationStatement?patient=jane-roe')).toMatchObject({
    status: 'stopped',
    taken: 'n',
    subject: { reference: 'Patient/jane-roe' },
    dosage: [{ text: 'Daily', doseQuantity: { value: 1 } }],
  })
})
