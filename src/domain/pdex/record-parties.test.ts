import { describe, expect, it } from 'vitest'
import { referenceSet } from '../fhir/references'
import type { FhirJson } from '../json'
import { partyMatch } from './reconcile-parties'
import { historyRecord } from './record'
import { knownParties, recordParties } from './record-parties'

const NPI = 'http://hl7.org/fhir/sid/us-npi'
const npi = (value: string) => [{ system: NPI, value }]
const references = referenceSet('https://payer.example/fhir')
for (const resource of [
  { resourceType: 'Organization', id: 'lake', name: 'Lakeside Clinic', identifier: npi('1') },
  {
    resourceType: 'Practitioner',
    id: 'lee',
    name: [{ family: 'Lee', given: ['Ann'] }],
    identifier: npi('2'),
  },
  {
    resourceType: 'Location',
    id: 'ward',
    name: 'Ward 7',
    managingOrganization: { reference: 'Organization/lake' },
  },
  {
    resourceType: 'PractitionerRole',
    id: 'role',
    practitioner: { reference: 'Practitioner/lee' },
    organization: { reference: 'Organization/lake' },
    location: [{ reference: 'Location/ward' }],
  },
])
  references.add(resource)

const of = (resource: FhirJson, provenance: readonly FhirJson[] = []) =>
  recordParties(historyRecord('acme', resource, references, provenance), references)
const names = (resource: FhirJson, provenance: readonly FhirJson[] = []) => {
  const { organization, practitioner, location } = of(resource, provenance)
  return [organization, practitioner, location].map((some) => some.map(({ label }) => label))
}

describe('who made a record', () => {
  it('are the people, organization and places of a visit', () => {
    expect(
      names({
        resourceType: 'Encounter',
        serviceProvider: { reference: 'Organization/lake' },
        participant: [{ individual: { reference: 'Practitioner/lee' } }],
        location: [{ location: { display: 'Room 4' } }],
      }),
    ).toEqual([['Lakeside Clinic'], ['Ann Lee'], ['Room 4']])
  })

  it('are all that a role stands for, and who runs a place', () => {
    expect(
      names({ resourceType: 'Observation', performer: [{ reference: 'PractitionerRole/role' }] }),
    ).toEqual([['Lakeside Clinic'], ['Ann Lee'], ['Ward 7']])
    expect(names({ resourceType: 'Immunization', location: { reference: 'Location/ward' } })).toEqual([
      ['Lakeside Clinic'],
      [],
      ['Ward 7'],
    ])
  })

  it('are not the patient, and not who handed it on', () => {
    expect(
      names({ resourceType: 'MedicationStatement', informationSource: { reference: 'Patient/m1' } }, [
        {
          resourceType: 'Provenance',
          agent: [
            { type: { coding: [{ code: 'transmitter' }] }, who: { display: 'Acme Health' } },
            { type: { coding: [{ code: 'author' }] }, who: { reference: 'Organization/lake' } },
          ],
        },
      ]),
    ).toEqual([['Lakeside Clinic'], [], []])
  })

  it('survive whatever stands in their place', () => {
    for (const junk of [null, 7, 'x', [], [null], { reference: 7 }, [{ actor: 'x' }]])
      expect(names({ resourceType: 'Procedure', performer: junk })).toEqual([[], [], []])
  })
})

describe('two parties', () => {
  const party = (more: object) => ({ npi: [], identifiers: [], ...more })
  it.each([
    ['one NPI', { npi: ['1'], name: 'a' }, { npi: ['1'], name: 'b' }, 'npi'],
    ['two NPIs and one name', { npi: ['1'], name: 'a' }, { npi: ['2'], name: 'a' }, undefined],
    ['one identifier', { identifiers: ['s|1'] }, { identifiers: ['s|1'] }, 'identifier'],
    ['one name', { npi: ['1'], name: 'lakeside clinic' }, { name: 'lakeside clinic' }, 'name'],
    ['names that are alike', { name: 'lakeside clinic' }, { name: 'lakeside clinics' }, undefined],
    ['no name', {}, {}, undefined],
  ])('with %s', (_, a, b, expected) => {
    expect(partyMatch(party(a), party(b))).toBe(expected)
  })
})

describe('those who occur', () => {
  it('are counted by record, most first, one known by name alone with the one whose name it is', () => {
    const visit = (serviceProvider: object) => of({ resourceType: 'Encounter', serviceProvider })
    const known = knownParties([
      visit({ display: 'LAKESIDE CLINIC.' }),
      visit({ reference: 'Organization/lake' }),
      of({
        resourceType: 'Procedure',
        performer: [
          { actor: { reference: 'Organization/lake' } },
          { actor: { display: 'Dr. Ng' }, onBehalfOf: { reference: 'Organization/lake' } },
        ],
      }),
      visit({ display: 'Elsewhere' }),
    ])
    expect(known.map(({ kind, party, count }) => [kind, party.label, count])).toEqual([
      ['organization', 'Lakeside Clinic', 3],
      ['practitioner', 'Dr. Ng', 1],
      ['organization', 'Elsewhere', 1],
    ])
  })
})
