import { describe, expect, it } from 'vitest'
import { parseToken, tokenMatches } from './token'

const concept = { coding: [{ system: 'urn:a', code: 'x' }, { code: 'bare' }] }

describe('token search', () => {
  it.each([
    [concept, 'x', true],
    [concept, 'urn:a|x', true],
    [concept, 'urn:b|x', false],
    [concept, 'urn:a|', true],
    [concept, '|x', false],
    [concept, '|bare', true],
    [concept, 'X', false],
    [{ system: 'urn:mrn', value: '0045-1187' }, 'urn:mrn|0045-1187', true],
    [{ system: 'urn:mrn', value: '0045-1187' }, '0045-1187', true],
    [{ system: 'phone', value: '555' }, '555', true],
    [{ value: 'a|b' }, 'a\\|b', true],
    ['final', 'final', true],
    ['final', 'http://hl7.org/fhir/observation-status|final', true],
    [true, 'true', true],
    [true, 'false', false],
    [{ text: 'no coding' }, 'x', false],
  ])('%j against %s is %s', (element, query, expected) => {
    expect(tokenMatches(element, parseToken(query))).toBe(expected)
  })
})
