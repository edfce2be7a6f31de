import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Payer } from '../payer-directory'
import { carriedToken } from './payer-connection'
import { withoutTokens } from './without-tokens'

const acme: Payer = {
  id: 'acme',
  name: 'Acme Health',
  identifiers: [],
  fhirBase: 'https://payer.example/fhir',
  authorization: 'launch',
}
const now = Date.parse('2026-11-20T10:00:00Z')
const check = { payers: [acme], patientId: 'p1', now }
const message = {
  v: 1,
  type: 'pdex-member-history',
  payerFhirBase: acme.fhirBase,
  result: 'matched',
  ehrPatient: 'p1',
  issued: '2026-11-20T09:59:00Z',
  expires: '2026-11-20T10:30:00Z',
  accessToken: { value: 'abc.DEF-1', type: 'Bearer', expires_in: 300, scope: 'patient/*.rs' },
}

describe('carriedToken', () => {
  it.each([
    ['an object', message],
    ['JSON', JSON.stringify(message)],
    ['base64', btoa(JSON.stringify(message))],
  ])('is taken out of %s, and ends as said from when it was made', (_, raw) => {
    const until = Date.parse('2026-11-20T10:04:00Z')
    expect(carriedToken(raw, check)).toEqual({ payer: acme, value: 'abc.DEF-1', until })
  })

  it('ends with its message at the latest', () => {
    const accessToken = { value: 'abc', expires_in: 999_999 }
    expect(carriedToken({ ...message, accessToken }, check)?.until).toBe(Date.parse(message.expires))
    const { expires: _, ...unending } = message
    expect(carriedToken({ ...unending, accessToken: { value: 'abc' } }, check)).not.toHaveProperty('until')
  })

  it.each([
    ['for another patient', { ...message, ehrPatient: 'p2' }, check],
    ['that is too old', { ...message, expires: '2026-11-20T09:00:00Z' }, check],
    ['of an unknown payer', { ...message, payerFhirBase: 'https://evil.example' }, check],
    [
      'of a payer that the site set up otherwise',
      message,
      { ...check, payers: [{ ...acme, authorization: 'open' as const }] },
    ],
    ['with another kind of token', { ...message, accessToken: { value: 'abc', type: 'DPoP' } }, check],
    [
      'with a token that breaks out of a header',
      { ...message, accessToken: { value: 'a\r\nX-Evil: 1' } },
      check,
    ],
    ['without a token', { ...message, accessToken: 'abc' }, check],
  ])('is not taken from a message %s', (_, raw, against) => {
    expect(carriedToken(raw, against)).toBeUndefined()
  })
})

describe('withoutTokens', () => {
  it.each([
    ['an object', message],
    ['JSON', JSON.stringify(message)],
    ['base64', btoa(JSON.stringify(message))],
  ])('takes the token out of an appContext as %s, and leaves the rest', (_, appContext) => {
    const kept = JSON.stringify(withoutTokens({ cards: [{ links: [{ label: 'Review', appContext }] }] }))
    expect(kept).not.toContain('abc.DEF-1')
    expect(kept, 'nor folded away in it').not.toContain(btoa(JSON.stringify(message)))
    expect(kept).toContain('Review')
    expect(kept).toContain(acme.fhirBase)
  })

  it('leaves all that has none to the letter', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(withoutTokens(json)).toEqual(json)
      }),
    )
    const foreign = { links: [{ appContext: ' {"a":1} ' }] }
    expect(withoutTokens(foreign)).toEqual(foreign)
  })
})
