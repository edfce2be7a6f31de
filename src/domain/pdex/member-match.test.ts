import { describe, expect, it } from 'vitest'
import { readPage } from '../fhir/bundle'
import { at, type FhirJson } from '../json'
import type { FhirReader, PayerPort } from '../ports'
import { fail, ok, type Problem, type Result } from '../result'
import { type MemberQuestion, matchMember, memberFromAppContext } from './member-match'

const payer = {
  id: 'acme',
  name: 'Acme Health',
  identifiers: [{ system: 'urn:payers', value: '95216' }],
  fhirBase: 'https://payer.example/fhir',
  authorization: 'open',
} as const
const chart: FhirJson = {
  resourceType: 'Patient',
  id: 'chart-secret-id',
  identifier: [{ system: 'urn:ehr', value: 'mrn-secret' }],
  name: [{ use: 'official', family: 'Roe', given: ['Jane'], text: 'Jane Roe' }],
  telecom: [{ value: '555' }],
  gender: 'female',
  birthDate: '1965-07-14',
}
const coverage: FhirJson = {
  resourceType: 'Coverage',
  id: 'chart-secret-coverage',
  identifier: [{ type: { coding: [{ code: 'MB' }] }, system: 'urn:m', value: 'M1' }],
  status: 'active',
  subscriberId: 'S1',
  beneficiary: { reference: 'Patient/chart-secret-id' },
  subscriber: { reference: 'Patient/chart-secret-id' },
  relationship: { coding: [{ code: 'self' }] },
  payor: [{ reference: 'Organization/chart-secret-org' }],
  class: [{ type: { coding: [{ code: 'group' }] }, value: 'G1' }],
}
const member: FhirJson = { ...chart, id: 'm1', name: [{ family: 'ROE', given: ['JANE'] }] }
const question: MemberQuestion = { payer, patient: chart, coverage }
const agreement = {
  confirmedBy: 'Dr. Grey',
  recipient: 'Lakeside',
  start: '2026-11-20',
  end: '2026-12-20',
  id: '7f2b6a5e-0000-4000-8000-000000000001',
  sensitivity: 'regular',
} as const
const parameters = (...parameter: readonly unknown[]): FhirJson => ({ resourceType: 'Parameters', parameter })
const matched = (type: string, reference?: string): FhirJson =>
  parameters(
    {
      name: 'MemberIdentifier',
      valueIdentifier: { type: { coding: [{ code: type }] }, system: 'urn:m', value: 'M1' },
    },
    ...(reference ? [{ name: 'MemberId', valueReference: { reference } }] : []),
  )
const http = (status: number, detail?: string): Problem => ({
  kind: 'http',
  server: 'Acme Health',
  status,
  ...(detail !== undefined && { detail }),
})

function payers(answer: Result<FhirJson>, patients: readonly FhirJson[] = [member]) {
  const sent: FhirJson[] = []
  const asked: string[] = []
  const unused = () => Promise.reject(new Error('not expected'))
  const reader: FhirReader = {
    name: payer.name,
    base: payer.fhirBase,
    capability: unused,
    next: unused,
    read: (type, id) => {
      asked.push(`${type}/${id}`)
      const found = patients.find((p) => p.id === id)
      return Promise.resolve(found ? ok(found) : fail(http(404)))
    },
    search: (type, params) => {
      asked.push(`${type}?${params.map((p) => p.join('=')).join('&')}`)
      const bundle = { resourceType: 'Bundle', entry: patients.map((resource) => ({ resource })) }
      return Promise.resolve(readPage(bundle, payer.name))
    },
  }
  const port: PayerPort = {
    reader: () => ok(reader),
    access: () => ({ kind: 'open' }),
    carry: () => undefined,
    memberMatch: (_, parameters) => {
      sent.push(parameters)
      return Promise.resolve(answer)
    },
  }
  return { port, sent, asked }
}

describe('matchMember', () => {
  it.each([
    ['UMB, as HRex 1.2 has it', matched('UMB'), 'Patient?identifier=urn:m|M1'],
    ['MB, as HRex 1.0 has it', matched('MB'), 'Patient?identifier=urn:m|M1'],
    ['a MemberId', matched('UMB', 'Patient/m1'), 'Patient/m1'],
    [
      'the identifier in a MemberPatient, as drafts of HRex had it',
      parameters({
        name: 'MemberPatient',
        resource: {
          resourceType: 'Patient',
          identifier: [
            { system: 'urn:mrn', value: '7' },
            { type: { coding: [{ code: 'UMB' }] }, system: 'urn:m', value: 'M1' },
          ],
        },
      }),
      'Patient?identifier=urn:m|M1',
    ],
    [
      'a MemberIdentifier without a system',
      parameters({ name: 'MemberIdentifier', valueIdentifier: { value: 'M1' } }),
      'Patient?identifier=M1',
    ],
    [
      'an absolute MemberId of its own',
      matched('UMB', 'https://payer.example/fhir/Patient/m1'),
      'Patient/m1',
    ],
    [
      'a MemberId elsewhere',
      matched('UMB', 'https://evil.example/Patient/m1'),
      'Patient?identifier=urn:m|M1',
    ],
  ])('finds the member by %s', async (_, answer, request) => {
    const { port, asked } = payers(ok(answer))
    const outcome = await matchMember(question, port)
    expect(outcome).toMatchObject({ kind: 'found', member: { patientId: 'm1', identifier: { value: 'M1' } } })
    expect(asked).toEqual([request])
  })

  it('keeps the address at which the payer itself has the member, and not one of anybody else', async () => {
    for (const [fullUrl, base] of [
      ['http://fhir.internal/r4/Patient/m1', 'http://fhir.internal/r4'],
      ['http://fhir.internal/r4/Patient/m2', undefined],
      ['urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0', undefined],
    ]) {
      const { port } = payers(ok(matched('UMB')))
      const bundle = { resourceType: 'Bundle', entry: [{ fullUrl, resource: member }] }
      const known = port.reader(payer)
      if (!known.ok) throw new Error('no reader')
      const search = () => Promise.resolve(readPage(bundle, payer.name))
      const outcome = await matchMember(question, {
        ...port,
        reader: () => ok({ ...known.value, search }),
      })
      expect(outcome.kind === 'found' && outcome.member.base).toBe(base)
    }
  })

  it('sends no more of the chart than the standard asks for', async () => {
    const { port, sent } = payers(ok(matched('UMB')))
    await matchMember(question, port)
    expect(sent).toHaveLength(1)
    expect(JSON.stringify(sent)).not.toMatch(/secret|555/)
    expect(sent[0]).toMatchObject({
      parameter: [
        {
          name: 'MemberPatient',
          resource: { id: 'member-patient', birthDate: '1965-07-14', gender: 'female' },
        },
        {
          name: 'CoverageToMatch',
          resource: {
            identifier: [{ system: 'urn:m', value: 'M1' }],
            subscriberId: 'S1',
            beneficiary: { reference: 'Patient/member-patient' },
            payor: [{ identifier: { value: '95216' }, display: 'Acme Health' }],
          },
        },
      ],
    })
  })

  it('sends a typed member id in place of the one on file', async () => {
    const { port, sent } = payers(ok(matched('UMB')))
    await matchMember({ ...question, memberId: 'T9' }, port)
    expect(JSON.stringify(sent)).toContain('T9')
    expect(JSON.stringify(sent)).not.toMatch(/"(M1|S1)"/)
  })

  it('sends a regular consent only with the agreement, about the same local patient', async () => {
    const { port, sent } = payers(ok(matched('UMB')))
    await matchMember({ ...question, agreement }, port)
    const consent = JSON.stringify(at(sent[0], 'parameter', 2, 'resource'))
    expect(consent).toContain('#regular')
    expect(consent).not.toContain('#sensitive')
    expect(consent).toContain('"patient":{"reference":"Patient/member-patient"}')
  })

  it.each<[string, Problem, boolean, string]>([
    ['422 without words', http(422), false, 'none'],
    ['422 no match', http(422, 'No match found for this member'), false, 'none'],
    ['422 several', http(422, 'Multiple members match'), false, 'several'],
    ['422 several by code', http(422, 'multiple-matches'), false, 'several'],
    ['422 consent missing', http(422, 'Consent is required'), false, 'consent-needed'],
    ['400 consent missing', http(400, 'Parameter Consent: min 1'), false, 'consent-needed'],
    ['422 consent not honoured', http(422, 'Consent policy cannot be honoured'), true, 'consent-refused'],
    ['403', http(403, 'No treatment relationship'), false, 'not-allowed'],
    ['422 about another parameter', http(422, 'CoverageToLink missing'), false, 'failed'],
    ['422 about its content', http(422, 'MemberPatient lacks birthDate'), false, 'failed'],
    ['422 no match, by parameter', http(422, 'No match for CoverageToMatch'), false, 'none'],
    ['400', http(400, 'bad'), false, 'failed'],
    ['404 no such operation', http(404), false, 'failed'],
    ['404 that names the operation', http(404, 'Operation $member-match is not supported'), false, 'failed'],
    ['422 that names the operation', http(422, 'member-match: no such member'), false, 'none'],
    ['501', http(501, 'No matching operation for member'), false, 'failed'],
    ['429', http(429), false, 'failed'],
    ['500', http(500, 'no match in table'), false, 'failed'],
    ['a time-out', { kind: 'timeout', server: 'Acme Health', afterMs: 1 }, false, 'failed'],
  ])('reads %s, and asks no second time', async (_, problem, agreed, kind) => {
    const { port, sent, asked } = payers(fail(problem))
    const outcome = await matchMember(agreed ? { ...question, agreement } : question, port)
    expect(outcome.kind).toBe(kind)
    expect(sent).toHaveLength(1)
    expect(asked).toEqual([])
  })

  it.each<[string, Partial<FhirJson>, string]>([
    ['birth date', { birthDate: '1965-07-15' }, 'birth date'],
    ['missing birth date', { birthDate: undefined }, 'birth date'],
    ['family name', { name: [{ family: 'Doe' }] }, 'family name'],
    ['gender', { gender: 'male' }, 'gender'],
  ])('stops where the %s differs', async (_, change, field) => {
    const { port } = payers(ok(matched('UMB')), [{ ...member, ...change }])
    const outcome = await matchMember(question, port)
    expect(outcome).toMatchObject({ kind: 'mismatch', differences: [{ field }] })
  })

  it('takes accents, capitals, hyphens and a former name for the same family name', async () => {
    const patient = { ...chart, name: [{ family: 'Mejía-López' }, { use: 'maiden', family: 'Roe' }] }
    const known = { ...member, name: [{ family: 'MEJIA LOPEZ' }] }
    const { port } = payers(ok(matched('UMB')), [known])
    const outcome = await matchMember(
      { ...question, patient: { ...patient, name: [{ family: 'Mejía-López', given: ['J'] }] } },
      port,
    )
    expect(outcome.kind).toBe('found')
  })

  it.each<[string, readonly FhirJson[], string]>([
    ['nobody', [], 'none'],
    ['two people', [member, { ...member, id: 'm2' }], 'several'],
  ])('says so where the identifier leads to %s', async (_, patients, kind) => {
    expect((await matchMember(question, payers(ok(matched('UMB')), patients).port)).kind).toBe(kind)
  })

  it('takes the identifier where the reference leads nowhere any more', async () => {
    const { port, asked } = payers(ok(matched('UMB', 'Patient/gone')))
    expect((await matchMember(question, port)).kind).toBe('found')
    expect(asked).toEqual(['Patient/gone', 'Patient?identifier=urn:m|M1'])
  })

  it('picks out the member where the payer ignores the identifier and gives everybody', async () => {
    const own = { ...member, identifier: [{ system: 'urn:m', value: 'M1' }] }
    const { port } = payers(ok(matched('UMB')), [{ ...member, id: 'm0' }, own])
    expect(await matchMember(question, port)).toMatchObject({ kind: 'found', member: { patientId: 'm1' } })
  })

  it('reads an answer without any identifier as no match', async () => {
    expect((await matchMember(question, payers(ok({ resourceType: 'Parameters' })).port)).kind).toBe('none')
  })

  it.each<[string, MemberQuestion]>([
    ['a birth date', { ...question, patient: { ...chart, birthDate: undefined } }],
    ['a given name', { ...question, patient: { ...chart, name: [{ family: 'Roe' }] } }],
    ['a member id', { payer, patient: chart }],
  ])('sends nothing without %s', async (_, asked) => {
    const { port, sent } = payers(ok(matched('UMB')))
    expect(await matchMember(asked, port)).toMatchObject({ kind: 'failed', problem: { kind: 'refused' } })
    expect(sent).toEqual([])
  })
})

describe('memberFromAppContext', () => {
  it('finds the member and compares it with the chart all the same', async () => {
    const context = { payer, result: 'matched', memberIdentifier: { system: 'urn:m', value: 'M1' } } as const
    expect((await memberFromAppContext(context, chart, payers(ok(member)).port)).kind).toBe('found')
    const other = payers(ok(member), [{ ...member, birthDate: '1900-01-01' }])
    expect((await memberFromAppContext(context, chart, other.port)).kind).toBe('mismatch')
  })

  it('behind the site’s relay is opened there first, with what a match would ask and no more', async () => {
    const { port, asked } = payers(ok(member))
    const opened: FhirJson[] = []
    const openCard: NonNullable<PayerPort['openCard']> = async (_, parameters) => {
      opened.push(parameters)
      return asked.length === 0 ? ok(undefined) : fail(http(500))
    }
    const context = { payer, result: 'matched', memberReference: 'Patient/m1' } as const
    expect((await memberFromAppContext(context, chart, { ...port, openCard })).kind).toBe('found')
    expect(opened).toMatchObject([
      {
        parameter: [
          { name: 'MemberPatient', resource: { resourceType: 'Patient', id: 'member-patient' } },
          { name: 'MemberId', valueReference: { reference: 'Patient/m1' } },
        ],
      },
    ])
    const refused = { ...payers(ok(member)), openCard: async () => fail(http(422)) }
    const outcome = await memberFromAppContext(context, chart, {
      ...refused.port,
      openCard: refused.openCard,
    })
    expect([outcome.kind, refused.asked]).toEqual(['failed', []])
  })

  it.each([
    ['no-match', 'none'],
    ['multiple', 'several'],
    ['no-data', 'no-link'],
    ['error', 'no-link'],
    ['matched', 'none'],
  ] as const)('%s without a member reads as %s, and nothing is asked', async (result, kind) => {
    const { port, asked } = payers(ok(member))
    expect((await memberFromAppContext({ payer, result }, chart, port)).kind).toBe(kind)
    expect(asked).toEqual([])
  })
})
