import { describe, expect, it } from 'vitest'
import { grantsFor, neededScope, parseScope } from './scopes'

describe('scopes', () => {
  it.each([
    ['patient/Observation.read', 'rs'],
    ['user/*.write', 'cud'],
    ['patient/*.*', 'cruds'],
    ['patient/Observation.rs', 'rs'],
    ['user/Condition.cruds', 'cruds'],
    ['system/Patient.r', 'r'],
  ])('%s allows %s', (scope, letters) => {
    expect([...(parseScope(scope)?.actions ?? [])].join('')).toBe(letters)
  })

  it.each([
    'launch',
    'openid',
    'patient/Observation.sr',
    'patient/Observation.',
    'patient/observation.rs',
    'x/*.rs',
  ])('%s is no resource scope', (scope) => {
    expect(parseScope(scope)).toBeUndefined()
  })

  it('a finer-grained constraint is kept', () => {
    expect(parseScope('patient/Observation.rs?category=laboratory')?.constraint).toBe('category=laboratory')
  })

  it('patient/ scopes of a token without a patient grant nothing', () => {
    expect(grantsFor({ scopes: ['patient/*.rs'] }, ['r'], 'Condition')).toEqual([])
    expect(grantsFor({ scopes: ['patient/*.rs'], patient: 'p' }, ['r'], 'Condition')).toHaveLength(1)
  })

  it('the scope that is missing is named as the caller spells scopes', () => {
    expect(neededScope({ scopes: ['patient/Patient.read'], patient: 'p' }, 's', 'Condition')).toBe(
      'patient/Condition.read',
    )
    expect(neededScope({ scopes: ['user/Patient.rs'] }, 'c', 'Condition')).toBe('user/Condition.c')
  })
})
