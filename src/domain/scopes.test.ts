import { describe, expect, it } from 'vitest'
import { canReadChart, scopesToAsk } from './scopes'

describe('scopes', () => {
  it('ask for the launch by an EHR, or for a patient to be chosen, never for both', () => {
    expect(scopesToAsk('openid launch/patient  patient/*.rs', true)).toBe('launch openid patient/*.rs')
    expect(scopesToAsk('openid launch patient/*.rs', false)).toBe('launch/patient openid patient/*.rs')
  })

  it('ask for no patient where the front desk signs in without one, nor for what means nothing then', () => {
    expect(scopesToAsk('openid patient/*.rs user/Patient.rs', false, false)).toBe('openid user/Patient.rs')
    expect(scopesToAsk('openid patient/*.rs', true, false)).toBe('launch openid patient/*.rs')
  })

  it.each([
    [['patient/*.rs'], true],
    [['patient/Patient.read'], true],
    [['user/*.*'], true],
    [['patient/Condition.cruds?category=x'], true],
    [['patient/Condition.c'], false],
    [['patient/*.write'], false],
    [['openid', 'fhirUser', 'launch'], false],
    [[], false],
  ])('%j let the chart be read: %s', (scopes, can) => {
    expect(canReadChart(scopes)).toBe(can)
  })
})
