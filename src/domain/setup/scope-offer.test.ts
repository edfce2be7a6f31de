import { describe, expect, it } from 'vitest'
import { scopeOffer } from './scope-offer'

describe('a scope against what an EHR offers', () => {
  it.each([
    ['openid', ['openid'], 'offered'],
    ['fhirUser', ['openid', 'profile'], 'missing'],
    ['patient/*.rs', ['patient/*.rs'], 'offered'],
    ['patient/*.rs', ['patient/*.read'], 'offered'],
    ['patient/*.rs', ['patient/*.cruds'], 'offered'],
    ['patient/Condition.c', ['patient/Condition.write'], 'offered'],
    ['patient/Condition.c', ['patient/*.*'], 'offered'],
    ['patient/Condition.c', ['patient/Condition.read'], 'missing'],
    ['patient/Condition.rs', ['patient/Condition.r', 'patient/Condition.s'], 'offered'],
    ['user/Practitioner.rs', ['patient/*.rs'], 'missing'],
    ['patient/*.rs', ['user/*.rs'], 'missing'],
    ['patient/*.rs', ['patient/Condition.rs', 'patient/Patient.rs', 'patient/Goal.c'], 'by-type'],
  ] as const)('%s of %j is %s', (scope, supported, kind) => {
    expect(scopeOffer(scope, supported).kind).toBe(kind)
  })

  it('names the single types in the place of a star, without those that lack a right', () => {
    const supported = ['patient/Condition.rs', 'patient/Patient.r', 'patient/Goal.cruds']
    expect(scopeOffer('patient/*.rs', supported)).toEqual({ kind: 'by-type', types: ['Condition', 'Goal'] })
  })
})
