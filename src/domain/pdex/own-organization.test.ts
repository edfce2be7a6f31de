import { describe, expect, it } from 'vitest'
import { readPage } from '../fhir/bundle'
import type { FhirJson } from '../json'
import type { EhrPort } from '../ports'
import { fail, ok } from '../result'
import type { Session } from '../session'
import { readOwnOrganization } from './own-organization'

const base = 'https://ehr.example/fhir'
const clinic = {
  resourceType: 'Organization',
  id: 'lake',
  name: 'Lakeside Clinic',
  identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: '1' }],
}
const role = (id: string, more: object = {}): FhirJson => ({
  resourceType: 'PractitionerRole',
  id,
  practitioner: { reference: 'Practitioner/dr' },
  organization: { reference: 'Organization/lake' },
  ...more,
})

const own = (held: readonly FhirJson[], more: Partial<Session> = {}, patient: object = {}) => {
  const asked: string[] = []
  const missing = fail({ kind: 'http', server: 'EHR', status: 404 } as const)
  const never = () => Promise.reject(new Error('not expected'))
  const ehr: EhrPort = {
    name: 'EHR',
    base,
    read: async (type, id) => {
      asked.push(`${type}/${id}`)
      const found = held.find((r) => r.resourceType === type && r.id === id)
      return found ? ok(found) : missing
    },
    search: async (type, params) => {
      asked.push(`${type}?${params.map((p) => p.join('=')).join('&')}`)
      return readPage(
        {
          resourceType: 'Bundle',
          entry: held.filter((r) => r.resourceType === type).map((resource) => ({ resource })),
        },
        'EHR',
      )
    },
    capability: never,
    next: never,
    expand: never,
  }
  const session: Session = {
    key: 'k',
    ehrName: 'EHR',
    fhirBase: base,
    patientId: 'p1',
    fhirUser: 'Practitioner/dr',
    scopes: ['user/*.rs'],
    fhirContext: [],
    needPatientBanner: true,
    ...more,
  }
  const chart = { patient: { resourceType: 'Patient', id: 'p1', ...patient } }
  return readOwnOrganization(ehr, { session, chart }, new AbortController().signal).then((found) => ({
    found: found && { from: found.from, parties: found.parties.map(({ npi, label }) => [label, ...npi]) },
    asked,
  }))
}

describe('my organization', () => {
  it('is what the user’s role names, with its NPI', async () => {
    const { found, asked } = await own([role('r'), clinic])
    expect(found).toEqual({ from: 'role', parties: [['Lakeside Clinic', '1']] })
    expect(asked).toEqual(['PractitionerRole?practitioner=Practitioner/dr', 'Organization/lake'])
  })

  it('is read from a role that launched the app, and is none of a role that has ended', async () => {
    expect((await own([role('r'), clinic], { fhirUser: 'PractitionerRole/r' })).found?.from).toBe('role')
    expect((await own([role('r', { active: false }), clinic])).found).toBeUndefined()
  })

  it('is else the one that keeps the patient’s chart, by name where it cannot be read', async () => {
    const keeper = { managingOrganization: { reference: 'Organization/lake', display: 'Lakeside Clinic' } }
    expect((await own([clinic], {}, keeper)).found).toEqual({
      from: 'chart',
      parties: [['Lakeside Clinic', '1']],
    })
    const { found, asked } = await own([clinic], { scopes: ['patient/*.rs'].slice(1) }, keeper)
    expect(found).toEqual({ from: 'chart', parties: [['Lakeside Clinic']] })
    expect(asked, 'nothing that this launch may not read').toEqual([])
  })

  it('is not known where nobody says', async () => {
    expect((await own([], { fhirUser: 'Patient/p1' })).found).toBeUndefined()
  })
})
