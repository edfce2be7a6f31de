import { describe, expect, it } from 'vitest'
import { literal, referenceName, referenceSet } from './references'

describe('literal', () => {
  it.each<[string | undefined, object | undefined]>([
    ['Patient/1', { type: 'Patient', id: '1' }],
    ['Patient/1/_history/3', { type: 'Patient', id: '1' }],
    ['https://a.example/fhir/Patient/1', { type: 'Patient', id: '1', base: 'https://a.example/fhir' }],
    ['#p', undefined],
    ['urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0', undefined],
    ['Patient/1?x=y', undefined],
    ['../Patient/1', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s', (reference, parts) => {
    expect(literal(reference)).toEqual(parts)
  })
})

describe('referenceSet', () => {
  const references = referenceSet('https://a.example/fhir/')
  const npi = (value: string) => ({ system: 'http://hl7.org/fhir/sid/us-npi', value })
  const urn = 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0'
  references.add({ resourceType: 'Organization', id: '1', name: 'Lakeside', identifier: [npi('11')] })
  references.add({ resourceType: 'Location', id: urn.slice(9), name: 'Ward 3' })
  references.add({ resourceType: 'Location', name: 'Ward 4' }, 'urn:oid:1.2.3')

  it.each([
    [{ reference: 'Organization/1' }, 'Lakeside'],
    [{ reference: 'https://a.example/fhir/Organization/1/_history/2' }, 'Lakeside'],
    [{ reference: 'https://b.example/fhir/Organization/1' }, undefined],
    [{ reference: 'Organization/2', display: 'Written beside it' }, 'Written beside it'],
    [{ reference: 7 }, undefined],
    [{ reference: urn }, 'Ward 3'],
    [{ reference: 'urn:oid:1.2.3' }, 'Ward 4'],
    [{ identifier: npi('11') }, 'Lakeside'],
    [{ identifier: npi('12') }, 'NPI 12'],
    [{ identifier: { value: '11' } }, undefined],
    [{ type: 'Organization' }, undefined],
    ['Organization/1', undefined],
  ])('names %j', (reference, name) => {
    expect(referenceName(reference, references)).toBe(name)
  })
})
