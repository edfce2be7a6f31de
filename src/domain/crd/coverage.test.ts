import { describe, expect, it } from 'vitest'
import type { FhirJson } from '../json'
import { type CoverageChoice, type CoverageRecords, chooseCoverage, payorReferences } from './coverage'
import { acme, coverage, fhirBase, organization } from './samples.test-data'

function choose(coverages: readonly FhirJson[], over: Partial<CoverageRecords> = {}): CoverageChoice {
  return chooseCoverage({
    patientId: 'p1',
    fhirBase,
    coverages,
    organizations: [organization],
    payers: [acme],
    dates: ['2026-11-20'],
    ...over,
  })
}

const of = (over: object): FhirJson => ({ ...coverage, ...over })
const idOf = (choice: CoverageChoice) => (choice.kind === 'none' ? undefined : choice.coverage.id)

describe('choosing the coverage', () => {
  it('takes the only active one, and names its plan, member and payer', () => {
    const plan = { type: { coding: [{ code: 'plan' }] }, value: 'G', name: 'Gold PPO' }
    const choice = choose([of({ class: [plan] })])
    expect(choice).toMatchObject({
      kind: 'chosen',
      payer: acme,
      because: 'It is the only active coverage in the chart.',
      coverage: { name: 'Acme Health, Gold PPO', memberId: 'M-77' },
    })
  })

  it.each([
    ['Acme Health Gold PPO', 'Acme Health Gold PPO'],
    ['ACME HEALTH Silver', 'ACME HEALTH Silver'],
    ['Acme Health', 'Acme Health'],
    ['Acme Healthy Living', 'Acme Health, Acme Healthy Living'],
  ])('says the payer once: plan %s', (plan, name) => {
    const choice = choose([of({ class: [{ type: { coding: [{ code: 'plan' }] }, name: plan }] })])
    expect(choice).toMatchObject({ coverage: { name } })
  })

  const payors: readonly (readonly [string, object])[] = [
    ['an Organization of the chart', { payor: [{ reference: 'Organization/org1' }] }],
    ['an absolute reference into the chart', { payor: [{ reference: `${fhirBase}/Organization/org1` }] }],
    [
      'an identifier on the reference',
      { payor: [{ identifier: { system: 'urn:oid:1.2.3', value: 'ACME' } }] },
    ],
    ['a contained Organization', { contained: [{ ...organization, id: 'o' }], payor: [{ reference: '#o' }] }],
  ]
  it.each(payors)('finds the payer by %s', (_what, over) => {
    expect(choose([of(over)]).kind).toBe('chosen')
  })

  it.each([
    [
      'a contained Organization of another name',
      { contained: [{ ...organization, id: 'other' }], payor: [{ reference: '#o' }] },
    ],
    [
      'an Organization of another server',
      { payor: [{ reference: 'https://other.example/Organization/org1' }] },
    ],
    ['nothing but a display', { payor: [{ display: 'Acme Health' }] }],
  ])('finds no payer by %s', (_what, over) => {
    expect(choose([of(over)])).toMatchObject({ kind: 'not-in-directory' })
  })

  it('says which payer is not in the directory', () => {
    const choice = choose([coverage], { payers: [] })
    expect(choice.kind === 'not-in-directory' && choice.message).toBe(
      'Acme is not a payer that this app is set up to ask. It is the only active coverage in the chart.',
    )
  })

  const rivals: readonly (readonly [string, readonly object[], string, string])[] = [
    [
      'the lowest order',
      [
        { id: 'b', order: 2 },
        { id: 'a', order: 1 },
      ],
      'a',
      'The chart gives it order 1',
    ],
    [
      'one with an order before one without',
      [{ id: 'b' }, { id: 'a', order: 3 }],
      'a',
      'The chart gives it order 3',
    ],
    [
      'the latest start',
      [
        { id: 'b', period: { start: '2020' } },
        { id: 'a', period: { start: '2025' } },
      ],
      'a',
      'started most recently',
    ],
    ['any, and says so', [{ id: 'b' }, { id: 'a' }], 'a', 'Please check'],
  ]
  it.each(rivals)('takes %s of several', (_what, several, id, because) => {
    const choice = choose(several.map(of))
    expect(idOf(choice)).toBe(id)
    expect(choice.kind === 'chosen' && choice.because).toContain(because)
    expect(choice.others.map((other) => other.id)).toEqual(['b'])
  })

  const inactive: readonly (readonly [string, object, string])[] = [
    ['cancelled', { status: 'cancelled' }, 'its status is cancelled'],
    ['a draft', { status: 'draft' }, 'its status is draft'],
    ['without status', { status: undefined }, 'its status is not stated'],
    ['over', { period: { end: '2026-11-19' } }, 'its end date is 2026-11-19'],
    ['over since last month', { period: { end: '2026-10' } }, 'its end date is 2026-10'],
    ['not yet begun', { period: { start: '2026-12-01T00:00:00Z' } }, 'it starts on 2026-12-01'],
  ]
  it.each(inactive)('takes none that is %s, and says why', (_what, over, why) => {
    const choice = choose([of(over)])
    expect(choice).toMatchObject({ kind: 'none', others: [{ isActive: false, whyNotActive: why }] })
    expect(choice.kind === 'none' && choice.message).toContain(why)
  })

  it.each([
    ['its last day', { period: { end: '2026-11-20' } }],
    ['its last month', { period: { end: '2026-11' } }],
    ['its last year', { period: { end: '2026' } }],
    ['its first day', { period: { start: '2026-11-20' } }],
    ['its first year', { period: { start: '2026' } }],
  ])('counts as in force on %s', (_what, over) => {
    expect(choose([of(over)]).kind).toBe('chosen')
  })

  it.each([
    [[{ reference: 'Patient/p1' }]],
    [[{ reference: `${fhirBase}/RelatedPerson/r1` }]],
    [[{ reference: 'Patient/p1' }, { reference: 'RelatedPerson/r1' }]],
  ])('never takes one that the patient or a relative pays: %j', (payor) => {
    const choice = choose([of({ id: 'own', payor, order: 1 }), of({ id: 'insured', order: 2 })])
    expect(idOf(choice)).toBe('insured')
    expect(choose([of({ payor })])).toMatchObject({
      kind: 'none',
      message: expect.stringContaining('Self-pay: the patient or a relative pays'),
    })
  })

  it('says so where the payer has a name and no identifier', () => {
    expect(choose([of({ payor: [{ display: 'Acme Health' }] })])).toMatchObject({
      kind: 'not-in-directory',
      message: expect.stringContaining('names the payer of Acme Health without an identifier'),
    })
  })

  it('has to be in force on every date that is asked about', () => {
    expect(
      choose([of({ period: { end: '2026-12-31' } })], { dates: ['2026-11-20', '2027-01-05'] }).kind,
    ).toBe('none')
  })

  it('follows the user’s choice, unless that coverage is not active', () => {
    const several = [
      of({ id: 'a', order: 1 }),
      of({ id: 'b', order: 2 }),
      of({ id: 'c', status: 'cancelled' }),
    ]
    expect(idOf(choose(several, { coverageId: 'b' }))).toBe('b')
    expect(choose(several, { coverageId: 'c' })).toMatchObject({
      kind: 'none',
      message: 'The coverage that was chosen is not active: its status is cancelled.',
    })
    expect(choose(several, { coverageId: 'x' })).toMatchObject({
      kind: 'none',
      message: 'The coverage that was chosen is not in the chart.',
    })
  })

  it('takes no coverage of another patient, nor what is no coverage', () => {
    const other = of({ beneficiary: { reference: 'Patient/p2' } })
    const unnamed = of({ beneficiary: undefined })
    expect(choose([other, unnamed, { resourceType: 'Basic', id: 'x' }])).toEqual({
      kind: 'none',
      message: 'The chart has no coverage for this patient.',
      others: [],
    })
  })

  it('names the Organizations to read, each once, and none of other servers', () => {
    const foreign = of({
      payor: [{ reference: 'https://other.example/Organization/x' }, { reference: '#c' }],
    })
    expect(payorReferences([coverage, coverage, foreign], fhirBase)).toEqual(['org1'])
  })
})
