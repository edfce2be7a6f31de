import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PayerAnswer } from '../crd/ask'
import type { JsonObject } from '../json'
import { byUrgency, frontDeskAnswer } from './answer'
import { ABOUT, answered, card, code, extension, FRAME, read, said, words } from './answer.test-data'
import { STATES } from './verdict'

describe('a payer’s answer at the front desk', () => {
  it('never reads alike where there is none, and says what was not learned', () => {
    const none: readonly PayerAnswer[] = [
      { ...FRAME, kind: 'silent' },
      answered([extension(code('covered', 'indeterminate'))], [], 'undecided'),
      { ...FRAME, kind: 'refused', rule: 'guard', message: 'The coverage ended on 2026-01-01.' },
      {
        ...FRAME,
        kind: 'failed',
        problem: { kind: 'network', server: 'Acme Health' },
        serviceChanged: false,
      },
      {
        ...FRAME,
        kind: 'failed',
        problem: { kind: 'timeout', server: 'Acme Health', afterMs: 1 },
        serviceChanged: false,
      },
      {
        ...FRAME,
        kind: 'failed',
        problem: { kind: 'http', server: 'Acme Health', status: 500 },
        serviceChanged: false,
      },
      { ...FRAME, kind: 'skipped' },
      answered([], [card('Call us.', 'insurance')]),
    ]
    const found = none.map((each) => read(each))
    expect(new Set(found.map((each) => words(each.headline))).size).toBe(none.length)
    for (const each of found) {
      expect(['could-not-ask', 'not-stated']).toContain(each.state)
      expect(each.unknown.map(words)).toEqual([
        'Not known: whether it is covered.',
        'Not known: whether authorization is needed.',
      ])
      expect(words(each.tell)).toContain('We do not know yet')
      expect(each.collect.map(words)).toEqual([
        each.outcome === 'refused' ? 'Not known: nobody was asked.' : 'Not known: Acme Health did not say.',
      ])
      expect(each.call.map(words)).toEqual(['Acme Health: 800 555 0142'])
    }
    expect(found[2]?.why.map(words)).toEqual(['The coverage ended on 2026-01-01.'])
  })

  it('of nobody, where no coverage is in force, asks for the card and blames no payer', () => {
    const { payer: _, ...frame } = FRAME
    const found = read({ ...frame, kind: 'refused', rule: 'one-coverage', message: 'None on file.' })
    expect(words(found.headline)).toBe('Nobody was asked. Nothing was sent.')
    expect(words(found.tell)).toContain('Please show us your card.')
    expect(found.collect.map(words)).toEqual(['The insurance card, to be entered in the chart'])
    const unlisted = read({ ...frame, kind: 'refused', rule: 'directory', message: 'Not listed.' })
    expect(unlisted.collect.map(words)).toEqual(['Not known: nobody was asked.'])
  })

  it('names a number once where the answer says whose it is', () => {
    const contact = (value: string): JsonObject => ({
      url: 'contact',
      valueContactPoint: { system: 'phone', value },
    })
    const lines = (value: string) =>
      said(code('covered', 'covered'), contact(value)).call.map((line) => words(line))
    expect(lines('800-555-0142')).toHaveLength(1)
    expect(lines('800-555-0199')).toHaveLength(2)
  })

  it('of several assertions shows each, and asks for the most pressing', () => {
    const found = read(
      answered([
        extension(code('covered', 'covered'), code('pa-needed', 'no-auth')),
        extension(code('covered', 'covered'), code('pa-needed', 'auth-needed'), {
          url: 'billingCode',
          valueCoding: { system: 'http://www.ama-assn.org/go/cpt', code: '96413' },
        }),
      ]),
    )
    expect(found.state).toBe('needs-authorization')
    expect(words(found.headline)).toContain('2 answers')
    expect(found.parts.map((part) => words(part.headline))).toEqual([
      'Yes: covered. No authorization needed.',
      'Covered only if authorized first.',
    ])
    expect(found.parts[1]?.conditions.map(words)).toEqual(['Holds only if billed as 96413.'])
  })

  it('gives reasons by their code, with the payer’s own words as a quotation', () => {
    const found = said(code('covered', 'not-covered'), {
      url: 'reason',
      valueCodeableConcept: { coding: [{ code: 'no-member-found' }], text: 'No such number.' },
    })
    expect(found.parts[0]?.why).toEqual([
      { key: 'why.no-member-found', payer: 'Acme Health' },
      { key: 'quote', payer: 'Acme Health', text: 'No such number.' },
    ])
  })

  it('of a second payer that was not asked about coverage does not read as if it had refused to say', () => {
    const found = frontDeskAnswer({ ...FRAME, kind: 'silent', payerRole: 'secondary' }, ABOUT)
    expect(words(found.headline)).toBe('Acme Health, the second insurance, had nothing to add.')
    expect(found).toMatchObject({ isSecondary: true, unknown: [], collect: [] })
    expect(found.tell).toBeUndefined()
  })

  it('sorts by what needs doing, then by the day by which it has to be done', () => {
    const row = fc.record({
      state: fc.constantFrom(...STATES),
      deadline: fc.option(fc.constantFrom('2026-11-18', '2026-11-24'), { nil: undefined }),
      date: fc.constantFrom('2026-11-20', '2026-11-27'),
    })
    fc.assert(
      fc.property(fc.array(row, { minLength: 2 }), (rows) => {
        const sorted = rows
          .map(({ state, deadline, date }) => ({
            answer: {
              state,
              ...(deadline !== undefined && { authorization: { said: { key: 'fine' } as const, deadline } }),
            },
            date,
          }))
          .toSorted(byUrgency)
        const places = sorted.map(({ answer }) => STATES.indexOf(answer.state))
        expect(places).toEqual(places.toSorted((a, b) => a - b))
      }),
    )
  })
})
