import { describe, expect, it } from 'vitest'
import type { FhirJson } from '../json'
import { needsRoles, worksAtFrontDesk } from './role'

const role = (code: string, active = true): FhirJson => ({
  resourceType: 'PractitionerRole',
  id: 'r',
  active,
  code: [{ coding: [{ system: 'https://lakeside.example/staff-roles', code }] }],
})
const works = (roles: readonly string[], ...resources: readonly FhirJson[]) =>
  worksAtFrontDesk(roles, { fhirUser: 'Practitioner/bell', resources })

describe('who works at the front desk', () => {
  it('is known by a code of their role, with or without its system', () => {
    expect(works(['front-desk'], role('front-desk'))).toBe(true)
    expect(works(['https://lakeside.example/staff-roles|front-desk'], role('front-desk'))).toBe(true)
    expect(works(['https://other.example|front-desk'], role('front-desk'))).toBe(false)
    expect(works(['front-desk'], role('doctor'))).toBe(false)
    expect(works(['front-desk'], role('front-desk', false))).toBe(false)
  })

  it('is known by name, for which no role has to be read', () => {
    expect(works(['Practitioner/bell'])).toBe(true)
    expect(works(['Practitioner/moreno'])).toBe(false)
    expect(needsRoles(['Practitioner/bell'])).toBe(false)
    expect(needsRoles(['Practitioner/bell', 'front-desk'])).toBe(true)
  })

  it('is nobody where the site names nobody', () => {
    expect(works([], role('front-desk'))).toBe(false)
  })
})
