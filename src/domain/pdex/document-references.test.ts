import { describe, expect, it } from 'vitest'
import { type References, referenceSet } from '../fhir/references'
import { at, type FhirJson, objects, text } from '../json'
import { chartDocument } from './chart-document'
import { documentBundle } from './document-bundle'
import { inDocument, lostReferences } from './document-references'
import { historyRecord } from './record'
import type { WriteContext } from './write-plan'

const payerBase = 'https://payer.example/fhir'
const inner = 'http://fhir.internal/r4'
const urn = (n: number) => `urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e${n}`

function world(): { readonly references: References; readonly payerBase: string } {
  const references = referenceSet(payerBase)
  references.addBase(inner)
  references.add({ resourceType: 'Patient', id: 'm1' }, urn(1))
  references.add({ resourceType: 'Practitioner', id: 'd', name: [{ text: 'Dr. D' }] }, urn(2))
  references.add({ resourceType: 'Organization', name: 'Ward' }, urn(3))
  return { references, payerBase }
}

const procedure = (content: object): FhirJson => ({ resourceType: 'Procedure', id: 'p', ...content })

describe('a resource in the document', () => {
  it.each<[string, object, unknown]>([
    ['the URL of who came along', { reference: urn(2) }, { reference: `${payerBase}/Practitioner/d` }],
    [
      'its words beside it',
      { reference: urn(2), display: 'Dr.' },
      { reference: `${payerBase}/Practitioner/d`, display: 'Dr.' },
    ],
    ['words for what did not', { reference: urn(9), display: 'Dr. Nine' }, { display: 'Dr. Nine' }],
    ['words of ours where there are none', { reference: urn(9) }, { display: 'Not sent by the payer' }],
    [
      'the known address for the one behind the gateway',
      { reference: `${inner}/Practitioner/x` },
      { reference: `${payerBase}/Practitioner/x` },
    ],
    ['what is relative as it is', { reference: 'Practitioner/d' }, { reference: 'Practitioner/d' }],
    ['what is contained as it is', { reference: '#d' }, { reference: '#d' }],
    [
      'what is elsewhere as it is',
      { reference: 'https://b.example/Practitioner/d' },
      { reference: 'https://b.example/Practitioner/d' },
    ],
  ])('has %s', (_, reference, expected) => {
    const made = inDocument(procedure({ performer: [{ actor: reference }] }), world())
    expect(at(made, 'performer', 0, 'actor')).toEqual(expected)
  })

  it('is told with the elements that lead nowhere', () => {
    const lost = procedure({
      subject: { reference: urn(1) },
      encounter: { reference: urn(7) },
      code: { text: 'X' },
    })
    expect(lostReferences(lost, world().references)).toEqual(['encounter'])
  })
})

it('refers by URN to nothing, and to all that came along by the URL that it has inside', () => {
  const { references } = world()
  const record = historyRecord(
    'acme',
    procedure({
      subject: { reference: urn(1) },
      performer: [{ actor: { reference: urn(2) } }, { actor: { reference: urn(3) } }],
      encounter: { reference: urn(7) },
    }),
    references,
    [],
  )
  const context: WriteContext = {
    member: {
      payer: { id: 'acme', name: 'Acme Health', identifiers: [], authorization: 'open' },
      patient: { resourceType: 'Patient', id: 'm1' },
      patientId: 'm1',
    },
    payerBase,
    references,
    patient: { resourceType: 'Patient', id: 'chart' },
    patientId: 'chart',
    ehrName: 'Lakeside EHR',
    ehrBase: 'https://ehr.example/fhir',
    madeAt: '2026-11-20T10:32:00-05:00',
  }
  const bundle = documentBundle([record], chartDocument([record], context), 'urn:uuid:1', context)
  const entries = objects(bundle, 'entry')
  const there = new Set(entries.map((entry) => text(entry, 'fullUrl')))
  const found = entries.find((entry) => at(entry, 'resource', 'resourceType') === 'Procedure')
  expect(there).toContain(text(found, 'resource', 'subject', 'reference'))
  expect(objects(found, 'resource', 'performer')).toHaveLength(2)
  for (const each of objects(found, 'resource', 'performer'))
    expect(there).toContain(text(each, 'actor', 'reference'))
  expect(at(found, 'resource', 'encounter')).toEqual({ display: 'Not sent by the payer' })
})
