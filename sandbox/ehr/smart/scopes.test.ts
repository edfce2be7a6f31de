import { describe, expect, it } from 'vitest'
import { grantScopes, type ScopeRules } from './scopes'

const open: ScopeRules = {
  hasPatient: true,
  readOnly: false,
  noUser: false,
  noResources: false,
  noRefresh: false,
}

describe('grantScopes', () => {
  it.each([
    [
      'v2 letters as asked',
      'patient/*.cruds user/Condition.rs',
      open,
      ['patient/*.cruds', 'user/Condition.rs'],
    ],
    ['v1 words as asked', 'patient/*.read user/*.write', open, ['patient/*.read', 'user/*.write']],
    [
      'a query as asked',
      'patient/Observation.rs?category=lab',
      open,
      ['patient/Observation.rs?category=lab'],
    ],
    ['nothing for letters out of order', 'patient/*.sr', open, []],
    ['nothing for no letters', 'patient/*.', open, []],
    ['nothing for system scopes', 'system/*.rs', open, []],
    ['each scope once', 'openid openid', open, ['openid']],
    [
      'only rs to a reader',
      'patient/*.cruds patient/*.*',
      { ...open, readOnly: true },
      ['patient/*.rs', 'patient/*.read'],
    ],
    ['no pure write to a reader', 'patient/*.write user/*.cud', { ...open, readOnly: true }, []],
    [
      'no patient scope without a patient',
      'patient/*.rs user/*.rs',
      { ...open, hasPatient: false },
      ['user/*.rs'],
    ],
    [
      'no user scope where it is not wanted',
      'patient/*.rs user/Appointment.rs user/*.read',
      { ...open, noUser: true },
      ['patient/*.rs'],
    ],
    ['no resources at all', 'openid patient/*.rs', { ...open, noResources: true }, ['openid']],
    ['no refresh', 'online_access openid', { ...open, noRefresh: true }, ['openid']],
  ] as const)('grants %s', (_, asked, rules, granted) => {
    expect(grantScopes(asked, rules)).toEqual(granted)
  })
})
