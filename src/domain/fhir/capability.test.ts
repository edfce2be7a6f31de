import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { searchOffer, serverCapability } from './capability'
import { hasRight } from './scopes'

describe('hasRight', () => {
  it.each([
    ['patient/Condition.read', 'rs'],
    ['user/Condition.write', 'cud'],
    ['system/*.*', 'cruds'],
    ['patient/*.cruds', 'cruds'],
    ['user/Condition.c', 'c'],
    ['user/Condition.c?category=problem-list-item', 'c'],
    ['user/Condition.sc', ''],
    ['user/Procedure.cruds', ''],
    ['openid', ''],
    ['launch/patient', ''],
    ['user/Condition.', ''],
  ])('%s holds "%s"', (scope, rights) => {
    for (const right of ['c', 'r', 'u', 'd', 's'] as const)
      expect([right, hasRight([scope], 'Condition', right)]).toEqual([right, rights.includes(right)])
  })
})

describe('serverCapability', () => {
  const statement = {
    resourceType: 'CapabilityStatement',
    fhirVersion: '4.0.1',
    rest: [
      { mode: 'client', resource: [{ type: 'Condition', interaction: [{ code: 'create' }] }] },
      {
        mode: 'server',
        resource: [{ type: 'Procedure', interaction: [{ code: 'read' }] }, { type: 'Goal' }],
      },
      {
        mode: 'server',
        resource: [
          {
            type: 'Observation',
            interaction: [{ code: 'create' }, { code: 'search-type' }],
            conditionalCreate: true,
          },
        ],
      },
    ],
  }
  it.each([
    ['Observation', 'yes'],
    ['Condition', 'no-capability'],
    ['Procedure', 'no-capability'],
    ['Goal', 'no-capability'],
  ] as const)('reads every server part: %s is %s', (type, permission) => {
    expect(serverCapability(statement, ['user/*.cruds']).canCreate(type)).toBe(permission)
  })

  it('joins what the server can with what this launch may', () => {
    const capability = serverCapability(statement, ['patient/*.read'])
    expect(capability.canCreate('Observation')).toBe('no-scope')
    expect(capability.canSearch('Observation')).toBe('yes')
    expect(capability.conditionalCreate('Observation')).toBe(true)
    expect(capability.conditionalCreate('Procedure')).toBe(false)
    expect(capability.fhirVersion).toBe('4.0.1')
  })

  it('never crashes', () => {
    const keys = fc.constantFrom('rest', 'fhirVersion')
    fc.assert(
      fc.property(fc.dictionary(keys, fc.anything()), fc.array(fc.string()), (content, scopes) => {
        const capability = serverCapability({ ...content, resourceType: 'CapabilityStatement' }, scopes)
        expect(capability.canCreate('Condition')).toBe('no-capability')
        expect(searchOffer({ ...content, resourceType: 'x' }, 'Condition').offered).toBe(false)
      }),
    )
  })
})
