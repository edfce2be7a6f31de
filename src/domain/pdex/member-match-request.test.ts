import { Fhir } from 'fhir'
import { describe, expect, it } from 'vitest'
import { at, objects } from '../json'
import { coverageMemberId, coverageSubscriberId, memberMatchParameters } from './member-match-request'

const coverage = {
  resourceType: 'Coverage',
  identifier: [
    { value: 'other' },
    {
      type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MB' }] },
      value: 'M1',
    },
  ],
  subscriberId: 'S1',
}

describe('coverageMemberId', () => {
  it.each([
    ['the MB identifier', coverage, 'M1'],
    ['else subscriberId', { ...coverage, identifier: [{ value: 'other' }] }, 'S1'],
    ['nothing that is no text', { resourceType: 'Coverage', subscriberId: 7 }, undefined],
    ['nothing without a Coverage', undefined, undefined],
  ])('is %s', (_, resource, id) => {
    expect(coverageMemberId(resource)).toBe(id)
  })
})

describe('coverageSubscriberId', () => {
  it('is there only where it says something besides the member id', () => {
    expect(coverageSubscriberId(coverage)).toBe('S1')
    expect(coverageSubscriberId({ ...coverage, subscriberId: 'M1' })).toBeUndefined()
    expect(coverageSubscriberId({ resourceType: 'Coverage', subscriberId: 'S1' })).toBeUndefined()
  })
})

describe('memberMatchParameters', () => {
  const question = {
    payer: {
      id: 'acme',
      name: 'Acme Health',
      identifiers: [{ system: 'urn:p', value: '1' }],
      authorization: 'open',
    },
    patient: { resourceType: 'Patient', name: [{ family: 'Roe', given: ['Jane'] }], birthDate: '1965-07-14' },
    coverage,
    agreement: {
      confirmedBy: 'Dr. Grey',
      recipient: 'Lakeside',
      start: '2026-11-20',
      end: '2026-12-20',
      id: 'x',
      sensitivity: 'regular',
    },
  } as const

  it('asks for a patient of a DSTU2 chart, which has a list of family names, in R4', () => {
    const name = [{ family: ['Roe', 'Diaz'], given: ['Jane'] }]
    const parameters = memberMatchParameters({ ...question, patient: { ...question.patient, name } })
    if (!parameters.ok) throw new Error('refused')
    expect(at(parameters.value, 'parameter', 0, 'resource', 'name')).toEqual([
      { family: 'Roe Diaz', given: ['Jane'] },
    ])
  })

  it('makes resources that are valid FHIR', () => {
    const parameters = memberMatchParameters(question)
    if (!parameters.ok) throw new Error('refused')
    for (const index of [0, 1, 2]) {
      const resource = at(parameters.value, 'parameter', index, 'resource')
      const { messages } = new Fhir().validate(JSON.stringify(resource), { errorOnUnexpected: true })
      expect(messages.filter((m) => m.severity === 'error' || m.severity === 'fatal')).toEqual([])
    }
  })

  it('states a relationship and a gender also where the chart does not', () => {
    const parameters = memberMatchParameters(question)
    if (!parameters.ok) throw new Error('refused')
    expect(at(parameters.value, 'parameter', 0, 'resource', 'gender')).toBe('unknown')
    expect(at(parameters.value, 'parameter', 1, 'resource', 'relationship')).toEqual({ text: 'Not stated' })
  })

  it.each([
    ['both as typed', { memberId: 'T1', subscriberId: 'T2' }, 'T1', 'T2'],
    ['a typed member id for both', { memberId: 'T1' }, 'T1', 'T1'],
    ['a typed subscriber id beside the member id of the chart', { subscriberId: 'T2' }, 'M1', 'T2'],
    [
      'a typed subscriber id alone, without a coverage',
      { subscriberId: 'T2', coverage: undefined },
      undefined,
      'T2',
    ],
  ])('sends %s', (_, typed, member, subscriber) => {
    const { coverage: own, ...rest } = { ...question, ...typed }
    const parameters = memberMatchParameters({ ...rest, ...(own && { coverage: own }) })
    if (!parameters.ok) throw new Error('refused')
    const sent = at(parameters.value, 'parameter', 1, 'resource')
    expect(at(sent, 'identifier', 0, 'value')).toBe(member)
    expect(at(sent, 'subscriberId')).toBe(subscriber)
  })

  it('names the coverage as the one to link too, only for a payer that demands it', () => {
    const names = (coverageToLink: boolean) => {
      const asked = memberMatchParameters({ ...question, payer: { ...question.payer, coverageToLink } })
      return asked.ok ? objects(asked.value, 'parameter').map(({ name }) => name) : []
    }
    expect(names(true)).toEqual(['MemberPatient', 'CoverageToMatch', 'CoverageToLink', 'Consent'])
    expect(names(false)).toEqual(['MemberPatient', 'CoverageToMatch', 'Consent'])
  })

  it.each(['regular', 'sensitive'] as const)('states the policy %s as the user chose it', (sensitivity) => {
    const parameters = memberMatchParameters({
      ...question,
      agreement: { ...question.agreement, sensitivity },
    })
    if (!parameters.ok) throw new Error('refused')
    expect(at(parameters.value, 'parameter', 2, 'resource', 'policy')).toEqual([
      { uri: `http://hl7.org/fhir/us/davinci-hrex/StructureDefinition-hrex-consent.html#${sensitivity}` },
    ])
  })
})
