import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, type JsonObject, textOf } from './json'
import { type RunningPayer, startPayer } from './server'

const NOW = new Date('2026-11-20T10:00:00Z')

let acme: RunningPayer
let borealis: RunningPayer
let oddity: RunningPayer

beforeAll(async () => {
  acme = await startPayer({ name: 'acme', port: 0, app: 'http://app.example', now: () => NOW })
  borealis = await startPayer({ name: 'borealis', port: 0, app: 'http://app.example', now: () => NOW })
  oddity = await startPayer({ name: 'oddity', port: 0, app: 'http://app.example', now: () => NOW })
})

afterAll(async () => {
  await oddity.close()
  await acme.close()
  await borealis.close()
})

const coded = (code: string) => ({ coding: [{ code }] })

const PATIENT: JsonObject = {
  resourceType: 'Patient',
  id: 'p-1',
  name: [{ family: 'Roe', given: ['Jane'] }],
  gender: 'female',
  birthDate: '1965-07-14',
}

const coverage = (subscriberId: string, payor = '95216'): JsonObject => ({
  resourceType: 'Coverage',
  id: 'c-1',
  status: 'active',
  subscriberId,
  beneficiary: { reference: 'Patient/p-1' },
  relationship: coded('self'),
  payor: [{ identifier: { system: 'urn:oid:2.16.840.1.113883.6.300', value: payor } }],
})

const consent = (more: JsonObject = {}, provision: JsonObject = {}): JsonObject => ({
  resourceType: 'Consent',
  status: 'active',
  scope: coded('patient-privacy'),
  category: [coded('IDSCL')],
  patient: { reference: 'Patient/p-1' },
  performer: [{ reference: 'Patient/p-1' }],
  sourceReference: { reference: 'DocumentReference/d-1' },
  policy: [{ uri: 'http://hl7.org/fhir/us/davinci-hrex/StructureDefinition-hrex-consent.html#regular' }],
  provision: {
    type: 'permit',
    period: { start: '2026-11-01', end: '2026-12-01' },
    actor: [{ role: coded('performer') }, { role: coded('IRCP') }],
    action: [coded('disclose')],
    ...provision,
  },
  ...more,
})

const parameters = (resources: Readonly<Record<string, JsonObject | undefined>>) => ({
  resourceType: 'Parameters',
  parameter: Object.entries(resources).flatMap(([name, resource]) => (resource ? [{ name, resource }] : [])),
})

async function match(payer: RunningPayer, body: unknown) {
  const response = await fetch(`${payer.url}/fhir/Patient/$member-match`, {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify(body),
  })
  const answer: unknown = await response.json()
  return { status: response.status, answer, text: textOf(at(answer, 'issue', 0, 'details', 'text')) ?? '' }
}

describe('a member is found', () => {
  it.each(['AH56712348', 'AH56712300'])(
    'at Acme Health by %s, with the unique member id and a reference',
    async (id) => {
      const { status, answer } = await match(
        acme,
        parameters({ MemberPatient: PATIENT, CoverageToMatch: coverage(id) }),
      )
      expect(status).toBe(200)
      expect(at(answer, 'parameter')).toMatchObject([
        {
          name: 'MemberIdentifier',
          valueIdentifier: {
            type: coded('UMB'),
            system: 'https://acme-health.example/fhir/member-id',
            value: 'AH56712348',
          },
        },
        { name: 'MemberId', valueReference: { reference: 'Patient/m-77120' } },
      ])
    },
  )

  it('at Borealis Mutual with a member number only, which leads to the Patient', async () => {
    const body = parameters({
      MemberPatient: PATIENT,
      CoverageToMatch: coverage('BM4410-22', '63121'),
      Consent: consent(),
    })
    const { answer } = await match(borealis, body)
    expect(at(answer, 'parameter')).toMatchObject([
      { name: 'MemberIdentifier', valueIdentifier: { type: coded('MB'), value: 'BM4410-22' } },
    ])
    expect(at(answer, 'parameter', 1)).toBeUndefined()
    const query = encodeURIComponent('https://borealis-mutual.example/members|BM4410-22')
    const search: unknown = await (await fetch(`${borealis.url}/fhir/Patient?identifier=${query}`)).json()
    expect(at(search, 'entry', 0, 'resource', 'id')).toBe('b-20417')
  })

  it('whatever the form of the letters in the name', async () => {
    const patient = {
      ...PATIENT,
      name: [{ family: 'ŻÓŁĆ'.normalize('NFD'), given: ['Żofia'] }],
      birthDate: '1984-02-29',
    }
    const { status } = await match(
      acme,
      parameters({ MemberPatient: patient, CoverageToMatch: coverage('AH88120045') }),
    )
    expect(status).toBe(200)
  })
})

describe('a match is refused', () => {
  const twins = { ...PATIENT, name: [{ family: 'Twain', given: ['Alex'] }], birthDate: '2016-05-09' }
  const ours = coverage('AH56712348')
  it.each<[string, unknown, number, RegExp]>([
    ['when it is no Parameters', PATIENT, 400, /Parameters/],
    ['without patient', parameters({ CoverageToMatch: ours }), 422, /MemberPatient is missing/],
    ['without coverage', parameters({ MemberPatient: PATIENT }), 422, /CoverageToMatch is missing/],
    [
      'with a parameter that does not exist',
      parameters({ MemberPatient: PATIENT, Other: ours }),
      422,
      /no parameter Other/,
    ],
    [
      'when the patient says too little',
      parameters({ MemberPatient: { ...PATIENT, name: [], gender: undefined }, CoverageToMatch: ours }),
      422,
      /name.family, name.given, gender/,
    ],
    [
      'when the coverage has no number',
      parameters({ MemberPatient: PATIENT, CoverageToMatch: { ...ours, subscriberId: undefined } }),
      422,
      /MB or subscriberId/,
    ],
    [
      'when the coverage is another payer’s',
      parameters({ MemberPatient: PATIENT, CoverageToMatch: coverage('AH56712348', '63121') }),
      422,
      /not with Acme Health/,
    ],
    [
      'when the coverage is for another patient',
      parameters({
        MemberPatient: PATIENT,
        CoverageToMatch: { ...ours, beneficiary: { reference: 'Patient/p-2' } },
      }),
      422,
      /refer to MemberPatient/,
    ],
    [
      'when nobody matches',
      parameters({ MemberPatient: { ...PATIENT, birthDate: '1965-07-15' }, CoverageToMatch: ours }),
      422,
      /No member matches/,
    ],
    [
      'when two match',
      parameters({ MemberPatient: twins, CoverageToMatch: coverage('AH70010000') }),
      422,
      /More than one/,
    ],
    [
      'when the consent has ended',
      parameters({
        MemberPatient: PATIENT,
        CoverageToMatch: ours,
        Consent: consent({}, { period: { start: '2020-01-01', end: '2021-01-01' } }),
      }),
      422,
      /cannot be honoured: today/,
    ],
    [
      'when the consent denies',
      parameters({ MemberPatient: PATIENT, CoverageToMatch: ours, Consent: consent({}, { type: 'deny' }) }),
      422,
      /cannot be honoured: it does not permit/,
    ],
    [
      'when the consent names no policy',
      parameters({ MemberPatient: PATIENT, CoverageToMatch: ours, Consent: consent({ policy: [] }) }),
      422,
      /Consent lacks policy/,
    ],
  ])('%s', async (_name, body, status, text) => {
    const refused = await match(acme, body)
    expect(refused.status).toBe(status)
    expect(at(refused.answer, 'resourceType')).toBe('OperationOutcome')
    expect(refused.text).toMatch(text)
  })

  it('at Borealis Mutual without a consent, by the name of the parameter', async () => {
    const refused = await match(
      borealis,
      parameters({ MemberPatient: PATIENT, CoverageToMatch: coverage('BM4410-22', '63121') }),
    )
    expect(refused).toMatchObject({ status: 422, text: 'the parameter Consent is missing' })
  })
})

describe('the dialect of the public reference server, at Oddity Insurance', () => {
  const policy = (name: string) => ({
    policy: [{ uri: `http://hl7.org/fhir/us/davinci-hrex/StructureDefinition-hrex-consent.html#${name}` }],
  })
  const own = coverage('OD4410-01', '90210')
  const ask = (resources: Readonly<Record<string, JsonObject>>) =>
    match(oddity, parameters({ MemberPatient: PATIENT, CoverageToMatch: own, ...resources }))

  it('demands Consent and CoverageToLink, and takes no regular policy', async () => {
    expect((await ask({})).text).toMatch(/Consent is missing/)
    expect((await ask({ Consent: consent(policy('sensitive')) })).text).toMatch(/CoverageToLink is missing/)
    const regular = await ask({ Consent: consent(policy('regular')), CoverageToLink: own })
    expect([regular.status, regular.text]).toEqual([422, expect.stringMatching(/policy regular/)])
  })

  it('answers with a MemberIdentifier of type MB alone', async () => {
    const { status, answer } = await ask({ Consent: consent(policy('sensitive')), CoverageToLink: own })
    expect(status).toBe(200)
    expect(at(answer, 'parameter', 0, 'valueIdentifier', 'type', 'coding', 0, 'code')).toBe('MB')
    expect(at(answer, 'parameter', 1)).toBeUndefined()
  })
})
