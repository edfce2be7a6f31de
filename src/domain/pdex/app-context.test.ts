import Ajv from 'ajv'
import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import jsonSchema from '../../../public/app-context.schema.json'
import { appContextSchema, readAppContext } from './app-context'

const acme = {
  id: 'acme',
  name: 'Acme Health',
  identifiers: [{ system: 'urn:p', value: '1' }],
  fhirBase: 'https://payer.example/fhir',
  authorization: 'open',
} as const
const other = {
  ...acme,
  id: 'other',
  fhirBase: 'https://other.example/fhir',
  identifiers: [{ system: 'urn:p', value: '2' }],
} as const
const check = { payers: [acme, other], patientId: 'p1', now: Date.parse('2026-11-20T10:00:00Z') }
const good = {
  v: 1,
  type: 'pdex-member-history',
  payerFhirBase: 'https://payer.example/fhir',
  result: 'matched',
  memberIdentifier: { system: 'urn:m', value: 'Ä-1?>' },
  memberReference: 'Patient/m1',
  ehrPatient: 'p1',
  issued: '2026-11-20T09:59:00Z',
  expires: '2026-11-20T10:30:00Z',
}
const base64 = (value: unknown): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(value))))

describe('readAppContext', () => {
  it.each([
    ['an object', good],
    ['JSON', JSON.stringify(good)],
    ['JSON within JSON', JSON.stringify(JSON.stringify(good))],
    ['base64', base64(good)],
    ['base64url', base64(good).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')],
    ['base64 in lines', base64(good).replace(/(.{40})/g, '$1\r\n')],
    ['URL-encoded JSON', encodeURIComponent(JSON.stringify(good))],
    ['URL-encoded base64', encodeURIComponent(base64(good))],
    ['a payer base with a slash at its end', { ...good, payerFhirBase: `${good.payerFhirBase}/` }],
    ['a patient reference for an id', { ...good, ehrPatient: 'Patient/p1' }],
    ['the payer named besides', { ...good, payer: { system: 'urn:p', value: '1', display: 'Acme' } }],
    ['fields of its own besides', { ...good, accessToken: { value: 'x' } }],
  ])('reads %s', (_, raw) => {
    const reading = readAppContext(raw, check)
    expect(reading).toMatchObject({
      kind: 'usable',
      context: { payer: acme, result: 'matched', memberIdentifier: { value: 'Ä-1?>' } },
    })
  })

  it('carries no field on that it does not know', () => {
    expect(JSON.stringify(readAppContext({ ...good, accessToken: 'secret' }, check))).not.toContain('secret')
  })

  it.each([undefined, null, ''])('takes %j as absent', (raw) => {
    expect(readAppContext(raw, check)).toEqual({ kind: 'absent' })
  })

  it.each([
    ['plain words', 'hello', 'malformed'],
    ['a number', 7, 'malformed'],
    ['a list', [good], 'malformed'],
    ['another version', { ...good, v: 2 }, 'malformed'],
    ['something of another app', { type: 'other', ehrPatient: 'p2' }, 'malformed'],
    [
      'a broken member reference',
      { ...good, memberReference: 'https://evil.example/Patient/1' },
      'malformed',
    ],
    ['no patient', { ...good, ehrPatient: undefined }, 'malformed'],
    ['a message that is too old', { ...good, expires: '2026-11-20T10:00:00Z' }, 'refused'],
    ['an expiry on no real day', { ...good, expires: '2026-99-99T99:99:99Z' }, 'refused'],
  ])('goes on without %s', (_, raw, kind) => {
    expect(readAppContext(raw, check)).toMatchObject({ kind: 'ignored', problem: { kind } })
  })

  it.each([
    ['another patient', { ...good, ehrPatient: 'p2' }, 'app-context-patient'],
    ['another patient, broken otherwise', { ...good, ehrPatient: 'p2', result: 4 }, 'app-context-patient'],
    [
      'another patient, also too old',
      { ...good, ehrPatient: 'p2', expires: good.issued },
      'app-context-patient',
    ],
    ['an unknown payer', { ...good, payerFhirBase: 'https://evil.example/fhir' }, 'app-context-payer'],
    [
      'a path below a known payer',
      { ...good, payerFhirBase: `${good.payerFhirBase}/x` },
      'app-context-payer',
    ],
    [
      'a payer that is another one than its address',
      { ...good, payer: { system: 'urn:p', value: '2' } },
      'app-context-payer',
    ],
    ['a payer address that is none', { ...good, payerFhirBase: 'javascript:1' }, 'app-context-payer'],
  ])('stops at %s', (_, raw, rule) => {
    expect(readAppContext(raw, check)).toMatchObject({ kind: 'stop', problem: { kind: 'refused', rule } })
  })

  it('never crashes and never takes what names no payer of the site', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.json(), fc.string(), fc.base64String()), (raw) => {
        expect(readAppContext(raw, check).kind).not.toBe('usable')
      }),
    )
  })
})

describe('app-context.schema.json', () => {
  const validate = new Ajv().compile(jsonSchema)

  it('takes and refuses the same as the parser', () => {
    const values = fc.oneof(
      fc.constantFrom<unknown>(
        ...Object.values(good),
        'error',
        'Patient/',
        '',
        null,
        'http://x y',
        2,
        'p 1',
        [],
      ),
      fc.anything().map((value) => JSON.parse(JSON.stringify(value) ?? 'null') as unknown),
      fc.record({ system: fc.string(), value: fc.string() }, { requiredKeys: [] }),
    )
    const changed = fc
      .array(fc.tuple(fc.constantFrom(...Object.keys(good), 'hookInstance', 'payer'), values), {
        maxLength: 2,
      })
      .map((changes) => ({ ...good, ...Object.fromEntries(changes) }))
    fc.assert(
      fc.property(changed, (value) => {
        expect(v.safeParse(appContextSchema, value).success).toBe(validate(value))
      }),
      { numRuns: 1000 },
    )
    expect(validate(good)).toBe(true)
    for (const required of jsonSchema.required) {
      const without = Object.fromEntries(Object.entries(good).filter(([name]) => name !== required))
      expect([required, validate(without)]).toEqual([required, false])
      expect([required, v.safeParse(appContextSchema, without).success]).toEqual([required, false])
    }
  })
})
