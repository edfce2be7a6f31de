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
  references.add({ resourceType: 'Organization', id: '1', name: 'Lakeside' })

  it.each([
    [{ reference: 'Organization/1' }, 'Lakeside'],
    [{ reference: 'https://a.example/fhir/Organization/1/_history/2' }, 'Lakeside'],
    [{ reference: 'https://b.example/fhir/Organization/1' }, undefined],
    [{ reference: 'Organization/2', display: 'Written beside it' }, 'Written beside it'],
    [{ reference: 7 }, undefined],
    ['Organization/1', undefined],
  ])('names %j', (reference, name) => {
    expect(referenceName(reference, references)).toBe(name)
  })
})
