import { describe, expect, it } from 'vitest'
import { serverCapability } from '../fhir/capability'
import { unanswered } from './prefetch-offer'

const chart = (types: readonly string[], scopes: string) => ({
  name: 'Lakeside',
  capability: serverCapability(
    {
      resourceType: 'CapabilityStatement',
      fhirVersion: '4.0.1',
      rest: [
        {
          mode: 'server',
          resource: types.map((type) => ({
            type,
            interaction: [{ code: 'read' }, { code: 'search-type' }],
          })),
        },
      ],
    },
    [scopes],
  ),
})

describe('the keys that a payer asks for', () => {
  const all = chart(['Patient', 'Practitioner', 'Device'], 'patient/*.rs')
  const why = (template: string, hook: 'order-sign' | 'encounter-start' = 'order-sign', charts = [all]) =>
    unanswered({ prefetch: { key: template, patient: 'Patient/{{context.patientId}}' } }, hook, charts).map(
      (each) => each.why,
    )

  it('can be answered where the chart offers them and the scopes hold them', () => {
    expect(why('Device?patient={{context.patientId}}')).toEqual([])
    expect(why('{{context.userId}}')).toEqual([])
    expect(why('Practitioner/{{userPractitionerId}}')).toEqual([])
    expect(why('Practitioner?_id={{%patient.generalPractitioner.resolve().id}}')).toEqual([])
  })

  it('are answered with the coverage that is asked about, whatever the chart says of coverages', () => {
    expect(why('Coverage?patient={{context.patientId}}')).toEqual([])
  })

  it.each([
    ['ServiceRequest?patient={{context.patientId}}', 'Lakeside does not offer ServiceRequest'],
    ['Practitioner?_id={{%nobody.id}}', 'it needs nobody, which is no key of this service'],
    ['Device?_id={{context.selections}}', 'it needs selections, which this hook does not have'],
    ['Device?=oops', 'what it asks for cannot be read'],
  ])('stay empty: %s', (template, words) => {
    expect(why(template)).toEqual([words])
  })

  it('stay empty where the scopes leave the type out', () => {
    const narrow = chart(['Patient', 'Device'], 'patient/Patient.rs')
    expect(why('Device?patient={{context.patientId}}', 'order-sign', [all, narrow])).toEqual([
      'the scopes for Lakeside leave Device out',
    ])
  })

  it('have orders in no hook about a visit', () => {
    expect(why('Device?_id={{context.draftOrders.entry.id}}', 'encounter-start')).toEqual([
      'it needs draftOrders, which this hook does not have',
    ])
  })
})
