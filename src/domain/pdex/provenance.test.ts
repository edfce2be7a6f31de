import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noReferences, referenceSet } from '../fhir/references'
import { readProvenance } from './provenance'

const url = 'http://hl7.org/fhir/us/davinci-pdex/StructureDefinition/ProvenanceSourceFrom'
const format = (code: string) => ({ url, valueCodeableConcept: { coding: [{ code }] } })
const provenance = (content: object) => ({ resourceType: 'Provenance', ...content })

describe('readProvenance', () => {
  it.each([
    ['x12837', 'billing-derived'],
    ['ncpdp', 'billing-derived'],
    ['hl7ccda', 'clinical'],
    ['hl7fhirr4', 'clinical'],
    ['capture', 'unknown'],
    ['other', 'unknown'],
  ])('takes %s for %s', (code, origin) => {
    expect(
      readProvenance([provenance({ entity: [{ extension: [format(code)] }] })], noReferences).origin,
    ).toBe(origin)
  })

  it('reads the format at the root too, under its short name', () => {
    const extension = [{ ...format('x12837'), url: 'sourceFormat' }]
    expect(readProvenance([provenance({ extension })], noReferences).origin).toBe('billing-derived')
  })

  it('reads an agent of two roles, and the last hop of a chain', () => {
    const references = referenceSet('')
    references.add({ resourceType: 'Organization', id: 'p', name: 'Payer 1' })
    const transmitter = { type: { coding: [{ code: 'transmitter' }, { code: 'custodian' }] } }
    const read = readProvenance(
      [
        provenance({
          recorded: '2020-01-01T00:00:00Z',
          agent: [{ ...transmitter, who: { display: 'Older payer' } }],
        }),
        provenance({
          recorded: '2021-01-01T00:00:00Z',
          agent: [{ ...transmitter, who: { reference: 'Organization/p' } }],
        }),
        provenance({ agent: [{ type: { coding: [{ code: 'author' }] }, who: { display: 'Clinic' } }] }),
      ],
      references,
    )
    expect(read).toMatchObject({ transmitter: 'Payer 1', author: 'Clinic', recorded: '2021-01-01T00:00:00Z' })
    expect(read.chain).toEqual(['Older payer', 'Payer 1'])
  })

  it('says unknown where there is none', () => {
    expect(readProvenance([], noReferences)).toEqual({ origin: 'unknown', resources: [] })
  })

  it('never crashes', () => {
    const keys = fc.constantFrom('entity', 'extension', 'agent', 'recorded', 'target')
    fc.assert(
      fc.property(fc.array(fc.dictionary(keys, fc.anything())), (contents) => {
        expect(readProvenance(contents.map(provenance), noReferences).resources).toHaveLength(contents.length)
      }),
    )
  })
})
