import { describe, expect, it } from 'vitest'
import { hasAuditRole } from './audit-role'

const ruiz = 'https://ehr.example/fhir/Practitioner/ruiz'

describe('the audit role', () => {
  it('is nobody’s where the site does not say', () => {
    expect(hasAuditRole(undefined, { roles: ['auditor'] }, ruiz)).toBe(false)
    expect(hasAuditRole({ users: [] }, { roles: ['auditor'] }, ruiz)).toBe(false)
    expect(hasAuditRole({ users: [] }, {}, undefined)).toBe(false)
  })

  it('is of those who are listed, at that EHR alone', () => {
    const role = { users: [ruiz] }
    expect(hasAuditRole(role, {}, ruiz)).toBe(true)
    expect(hasAuditRole(role, {}, 'https://other.example/fhir/Practitioner/ruiz')).toBe(false)
    expect(hasAuditRole(role, {}, undefined)).toBe(false)
  })

  it.each([
    ['auditor', true],
    [['clinician', 'auditor'], true],
    ['auditors', false],
    [{ auditor: true }, false],
    [undefined, false],
  ])('is of whom a claim of the EHR names so: %j', (roles, has) => {
    expect(hasAuditRole({ users: [], claim: { name: 'roles', values: ['auditor'] } }, { roles }, ruiz)).toBe(
      has,
    )
  })
})
