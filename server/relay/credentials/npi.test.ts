import { expect, it } from 'vitest'
import { npiOf } from './npi'

const users = { 'Practitioner/12': '1234567893' }

it.each([
  ['the claim that the site names', { claim: 'npi', users: {} }, { npi: '1999999984' }, '1999999984'],
  [
    'the claim before the list',
    { claim: 'npi', users },
    { npi: '1999999984', fhirUser: 'Practitioner/12' },
    '1999999984',
  ],
  [
    'the list, by the reference',
    { users },
    { fhirUser: 'https://ehr.example/fhir/Practitioner/12' },
    '1234567893',
  ],
  [
    'the list where the claim is no NPI',
    { claim: 'npi', users },
    { npi: 'x', fhirUser: 'Practitioner/12' },
    '1234567893',
  ],
])('knows a user’s NPI by %s', (_, config, claims, npi) => {
  expect(npiOf(config)(claims)).toBe(npi)
})

it.each([
  ['a claim that the site does not name', { users: {} }, { npi: '1999999984' }],
  ['a claim that is no text', { claim: 'npi', users: {} }, { npi: 1999999984 }],
  ['nobody', { claim: 'npi', users }, undefined],
])('knows none by %s', (_, config, claims) => {
  expect(npiOf(config)(claims)).toBeUndefined()
})
