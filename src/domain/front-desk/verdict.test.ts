import { describe, expect, it } from 'vitest'
import { code, said, words } from './answer.test-data'

describe('one assertion of a payer at the front desk', () => {
  it.each([
    [['covered', 'no-auth'], 'fine', 'Yes: covered. No authorization needed.'],
    [['covered', 'auth-needed'], 'needs-authorization', 'Covered only if authorized first.'],
    [
      ['covered', 'performpa'],
      'needs-authorization',
      'Covered only if whoever performs it gets authorization first.',
    ],
    [
      ['covered', 'satisfied'],
      'collect',
      'Covered. Acme Health counts it as authorized already: check the number.',
    ],
    [
      ['covered', 'conditional'],
      'collect',
      'Covered. Whether authorization is needed depends on missing information.',
    ],
    [
      ['covered', 'indeterminate'],
      'not-stated',
      'Covered. Acme Health could not say whether authorization is needed.',
    ],
    [
      ['covered', 'new-code'],
      'not-stated',
      'Covered. What Acme Health said about authorization is not clear.',
    ],
    [['covered', undefined], 'not-stated', 'Covered. Acme Health said nothing about authorization.'],
    [['not-covered', undefined], 'not-covered', 'No: not covered.'],
    [['conditional', undefined], 'collect', 'It depends on information that is missing.'],
    [['conditional', 'auth-needed'], 'needs-authorization', 'It depends, and it must be authorized first.'],
    [['indeterminate', undefined], 'not-stated', 'Acme Health could not say whether it is covered.'],
    [
      ['of-course', undefined],
      'not-stated',
      'Acme Health answered in a way that this app does not know. Call to be sure.',
    ],
  ] as const)('that reads %j is %s', ([covered, needed], state, headline) => {
    const found = said(code('covered', covered), ...(needed === undefined ? [] : [code('pa-needed', needed)]))
    expect(found.state).toBe(state)
    expect(words(found.headline)).toBe(headline)
  })

  it('is fine only where nothing is asked for and nothing is open', () => {
    const asks = said(code('covered', 'covered'), code('pa-needed', 'no-auth'), code('doc-needed', 'patient'))
    expect(asks.state).toBe('collect')
    expect(asks.collect.map(words)).toEqual(['Details from the patient or family'])
    const forms = said(code('covered', 'covered'), code('pa-needed', 'no-auth'), {
      url: 'questionnaire',
      valueCanonical: 'https://acme.example/Questionnaire/q',
    })
    expect(forms.collect.map(words)).toEqual(['A form of the payer, for the care team'])
    const fine = said(code('covered', 'covered'), code('pa-needed', 'no-auth'))
    expect(fine.collect.map(words)).toEqual(['Nothing was asked for.'])
    expect(fine.unknown).toEqual([])
  })
})
