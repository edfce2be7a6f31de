import { describe, expect, it } from 'vitest'
import { lint } from './lint'
import { code, covered, order, type Part, reason, rulesOf } from './lint.test-data'
import { coverageInformation } from './samples.test-data'

describe('the invariants of coverage-information, by their meaning', () => {
  const table: readonly (readonly [string, readonly Part[], readonly Part[]])[] = [
    [
      'q1',
      [covered, ['questionnaire', { valueCanonical: 'https://x.example/Q|1' }]],
      [
        covered,
        ['questionnaire', { valueCanonical: 'https://x.example/Q|1' }],
        code('doc-needed', 'clinical'),
      ],
    ],
    [
      'q1',
      [
        covered,
        ['response', { valueReference: { reference: 'QuestionnaireResponse/1' } }],
        code('doc-needed', 'no-doc'),
      ],
      [
        covered,
        ['response', { valueReference: { reference: 'QuestionnaireResponse/1' } }],
        code('doc-needed', 'both'),
      ],
    ],
    ['q2', [code('covered', 'not-covered'), code('pa-needed', 'no-auth')], [code('covered', 'not-covered')]],
    [
      'q3',
      [code('covered', 'conditional')],
      [code('covered', 'conditional'), code('info-needed', 'location')],
    ],
    ['q3', [covered, code('pa-needed', 'conditional')], [covered, code('pa-needed', 'auth-needed')]],
    ['q3', [covered, code('doc-needed', 'conditional')], [covered, code('doc-needed', 'admin')]],
    [
      'q4',
      [
        covered,
        code('pa-needed', 'no-auth'),
        code('doc-purpose', 'retain-doc'),
        code('doc-purpose', 'withpa'),
      ],
      [covered, code('pa-needed', 'no-auth'), code('doc-purpose', 'withclaim')],
    ],
    [
      'q4',
      [
        covered,
        code('pa-needed', 'satisfied'),
        code('doc-purpose', 'withpa'),
        ['satisfied-pa-id', { valueString: '1' }],
      ],
      [covered, code('pa-needed', 'auth-needed'), code('doc-purpose', 'withpa')],
    ],
    ['q5', [covered, code('pa-needed', 'satisfied')], [covered, code('pa-needed', 'no-auth')]],
    ['q5', [covered, ['satisfied-pa-id', { valueString: '1' }]], [covered]],
    ['q6', [covered, code('info-needed', 'OTH')], [covered, code('info-needed', 'OTH'), reason]],
    [
      'q7',
      [covered, ['reason', { valueCodeableConcept: { coding: [{ code: 'own' }] } }]],
      [covered, ['reason', { valueCodeableConcept: { coding: [{ code: 'own' }], text: 'Own' } }]],
    ],
    [
      'q7',
      [covered, reason, ['reason', { valueCodeableConcept: { coding: [{ code: 'constructor' }] } }]],
      [covered, ['reason', { valueCodeableConcept: { coding: [{ code: 'gold-card' }] } }]],
    ],
    ['q8', [covered, code('doc-purpose', 'OTH')], [covered, code('doc-purpose', 'OTH'), reason]],
    ['q8', [covered, code('doc-purpose', 'OTH')], [covered, code('doc-purpose', 'withorder')]],
    ['q9', [code('covered', 'indeterminate')], [code('covered', 'indeterminate'), reason]],
    [
      'q9',
      [covered, code('pa-needed', 'indeterminate')],
      [covered, code('pa-needed', 'indeterminate'), reason],
    ],
  ]
  it.each(table)('%s is told where it is broken, and not where it is kept', (rule, broken, kept) => {
    expect(rulesOf(...broken).filter((each) => each !== 'authorization-for-hypothetical')).toEqual([rule])
    expect(rulesOf(...kept)).toEqual([])
  })

  it('an authorization for something that was not ordered is told', () => {
    const parts = [
      covered,
      code('pa-needed', 'satisfied'),
      ['satisfied-pa-id', { valueString: 'PA' }] as const,
    ]
    expect(rulesOf(...parts)).toEqual(['authorization-for-hypothetical'])
  })

  it('names what an answer lacks, and tells of parts that no version has, with the place', () => {
    const extension = [
      { url: 'other' },
      coverageInformation(['coverageInfo', { valueCoding: { code: 'x' } }]),
    ]
    const found = lint({ systemActions: [{ type: 'update', resource: { ...order, extension } }] }, [
      { ...order, extension: [{ url: 'other' }] },
    ])
    expect(found.map((each) => each.rule)).toEqual(['coverage-part-missing', 'coverage-part-unknown'])
    expect(found.every((each) => each.path === 'systemActions[0].resource.extension[1]')).toBe(true)
    expect(found[0]?.sentence).toContain('coverage, covered, date, coverage-assertion-id')
  })
})
