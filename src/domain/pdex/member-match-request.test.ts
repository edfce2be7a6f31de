import { Fhir } from 'fhir'
import { describe, expect, it } from 'vitest'
import { at } from '../json'
import { coverageMemberId, memberMatchParameters } from './member-match-request'

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
    },
  } as const

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
})
