import { describe, expect, it } from 'vitest'
import { serverCapability } from '../fhir/capability'
import { noReferences } from '../fhir/references'
import type { FhirJson } from '../json'
import { planCounts } from './plan-counts'
import { historyRecord } from './record'
import { planWrite, type WriteContext } from './write-plan'

const patient = { resourceType: 'Patient', id: 'm1' }
const context: WriteContext = {
  member: {
    payer: { id: 'acme', name: 'Acme Health', identifiers: [], authorization: 'open' },
    patient,
    patientId: 'm1',
  },
  payerBase: 'https://payer.example/fhir',
  references: noReferences,
  patient,
  patientId: 'chart/1',
  ehrName: 'Lakeside EHR',
  ehrBase: 'https://ehr.example/fhir',
  madeAt: '2026-11-20T10:32:00-05:00',
}
const capability = (types: readonly string[], scopes = ['user/*.cruds'], fhirVersion = '4.0.1') =>
  serverCapability(
    {
      resourceType: 'CapabilityStatement',
      fhirVersion,
      rest: [
        { mode: 'server', resource: types.map((type) => ({ type, interaction: [{ code: 'create' }] })) },
      ],
    },
    scopes,
  )
const record = (resourceType: string, extra: object = {}) =>
  historyRecord('acme', { resourceType, id: '1', ...extra }, noReferences, [])
const EVERYTHING = [
  'Condition',
  'Procedure',
  'MedicationRequest',
  'MedicationDispense',
  'MedicationStatement',
  'Encounter',
  'Patient',
  'Coverage',
  'ExplanationOfBenefit',
  'DocumentReference',
  'Provenance',
  'CarePlan',
]

describe('planWrite', () => {
  it.each<[string, readonly string[], string, RegExp]>([
    ['Condition', EVERYTHING, 'entry', /accepts it/],
    ['Condition', ['DocumentReference'], 'document', /does not accept conditions/],
    ['Condition', [], 'download', /does not accept conditions/],
    ['MedicationRequest', EVERYTHING, 'entry', /accepts it/],
    ['MedicationRequest', ['MedicationRequest', 'DocumentReference'], 'document', /not an order/],
    ['MedicationDispense', ['MedicationDispense', 'DocumentReference'], 'document', /not an order/],
    ['Encounter', EVERYTHING, 'document', /not a visit here/],
    ['Patient', EVERYTHING, 'document', /does not change/],
    ['Coverage', EVERYTHING, 'document', /does not change/],
    ['ExplanationOfBenefit', EVERYTHING, 'document', /not a clinical entry/],
    ['CarePlan', EVERYTHING, 'document', /Care plans are kept in a document/],
    ['toString', EVERYTHING, 'document', /kept in a document/],
  ])('%s, where %j can be created: %s', (type, types, tier, reason) => {
    const [planned] = planWrite([record(type)], capability(types), context).records
    expect(planned).toMatchObject({ tier, reason: expect.stringMatching(reason) })
    expect(planned?.entry !== undefined).toBe(tier === 'entry')
  })

  it('writes a prescription as a statement, never as an order', () => {
    const [planned] = planWrite([record('MedicationRequest')], capability(EVERYTHING), context).records
    expect(planned?.entry?.resource.resourceType).toBe('MedicationStatement')
  })

  it('tells a missing permission from a missing ability', () => {
    const plan = planWrite(
      [record('Condition')],
      capability(EVERYTHING, ['user/DocumentReference.c']),
      context,
    )
    expect(plan.records[0]).toMatchObject({
      tier: 'document',
      reason: expect.stringMatching(/no permission to add conditions/),
    })
    const none = planWrite([record('Condition')], capability(EVERYTHING, []), context)
    expect(none.notices).toEqual([expect.stringMatching(/no permission to attach documents/)])
  })

  it.each<[string, FhirJson]>([
    ['void', { resourceType: 'Condition', verificationStatus: { coding: [{ code: 'entered-in-error' }] } }],
    ['restricted', { resourceType: 'Condition', meta: { security: [{ code: 'R' }] } }],
    ['changed in meaning', { resourceType: 'Condition', modifierExtension: [{ url: 'urn:x' }] }],
  ])('makes no entry of a record that is %s', (_, resource) => {
    const plan = planWrite(
      [historyRecord('acme', resource, noReferences, [])],
      capability(EVERYTHING),
      context,
    )
    expect(plan.records[0]?.tier).toBe('document')
  })

  it.each([
    ['3.0.2', 'document'],
    ['1.0.2', 'document'],
    ['5.0.0', 'download'],
  ])('translates nothing for FHIR %s', (version, tier) => {
    const plan = planWrite([record('Condition')], capability(EVERYTHING, ['user/*.*'], version), context)
    expect(plan.records[0]).toMatchObject({ tier, reason: 'Lakeside EHR does not speak FHIR R4.' })
    expect(plan.provenance).toBe('in-note')
  })

  it('names the copy so that it is found again, within this chart only', () => {
    const [planned] = planWrite(
      [record('Condition', { id: 'a.b-1' })],
      capability(EVERYTHING),
      context,
    ).records
    expect(planned?.entry?.token).toBe('urn:ietf:rfc:3986|https://payer.example/fhir/Condition/a.b-1')
    expect(planned?.entry?.ifNoneExist).toBe(
      'identifier=urn:ietf:rfc:3986|https://payer.example/fhir/Condition/a.b-1&patient=chart%2F1',
    )
  })

  it('counts each record once', () => {
    const twice = [record('Condition'), record('Condition'), record('Encounter')]
    expect(planCounts(planWrite(twice, capability(EVERYTHING), context))).toEqual({
      entry: 1,
      document: 1,
      download: 0,
      there: 0,
    })
  })

  it('says where provenance is not stored', () => {
    const plan = planWrite([record('Condition')], capability(['Condition']), context)
    expect(plan.provenance).toBe('in-note')
    expect(plan.notices).toEqual([expect.stringMatching(/stores no Provenance/)])
  })
})
