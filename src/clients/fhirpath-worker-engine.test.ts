import { describe, expect, it } from 'vitest'
import { evaluateFhirPath } from './fhirpath-worker-engine'

const context = {
  patientId: 'p1',
  draftOrders: {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      {
        resource: {
          resourceType: 'MedicationRequest',
          id: 'm1',
          medicationReference: { reference: 'Medication/med1' },
          requester: { reference: 'Practitioner/dr1' },
          basedOn: [{ reference: 'ServiceRequest/s1' }],
        },
      },
      { resource: { resourceType: 'ServiceRequest', id: 's1', priority: 'stat' } },
    ],
  },
}

describe('FHIRPath engine', () => {
  const cases: readonly (readonly [string, readonly unknown[]])[] = [
    ['%context.patientId', ['p1']],
    ["%context.draftOrders.entry.resource.where(priority = 'stat').id", ['s1']],
    ['%context.draftOrders.entry.resource.ofType(MedicationRequest).medication.resolve().id', ['med1']],
    [
      '(%context.draftOrders.entry.resource.requester | %encounter.subject).resolve().ofType(Practitioner).id',
      ['dr1'],
    ],
    ['%context.draftOrders.entry.resource.basedOn.resolve().priority', ['stat']],
    ['%nothing.id', []],
    ['context.patientId', ['p1']],
  ]
  it.each(cases)('evaluates %s', (expression, expected) => {
    expect(evaluateFhirPath(expression, { context }, { context })).toEqual(expected)
  })

  it('leaves what it is given as it is', () => {
    const before = JSON.stringify(context)
    evaluateFhirPath('%context.draftOrders.entry.resource.medication', { context }, { context })
    expect(JSON.stringify(context)).toBe(before)
  })

  it('fails on functions that would need a server', () => {
    expect(() => evaluateFhirPath("%terminologies.expand('http://x')", {}, {})).toThrow()
  })

  it('fails on what is no FHIRPath', () => {
    expect(() => evaluateFhirPath('%context.(', { context }, { context })).toThrow()
  })
})
