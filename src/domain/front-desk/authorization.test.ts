import { describe, expect, it } from 'vitest'
import { answered, card, code, extension, read, words } from './answer.test-data'

describe('the time that an authorization takes', () => {
  it('neither shows nor reads a lead time from a message on treatment', () => {
    const found = read(
      answered(
        [extension(code('covered', 'covered'), code('pa-needed', 'auth-needed'))],
        [card('Authorization takes 9 days.', 'guideline')],
      ),
    )
    expect(words(found.authorization?.said)).toContain('did not say how long authorization takes')
  })

  it.each([
    ['2026-11-30', 'Authorization takes up to 5 working days: ask by 23-Nov-2026.', '2026-11-23'],
    ['2026-11-27', 'Authorization takes up to 5 working days: ask today.', '2026-11-20'],
    [
      '2026-11-25',
      'Authorization takes up to 5 working days; there are 3: call today, or choose a later date.',
      '2026-11-18',
    ],
    [
      '2026-11-20',
      'Authorization takes up to 5 working days, and the date is here: call now, or choose a later date.',
      '2026-11-13',
    ],
  ])('sets the payer’s own time for authorization against a visit on %s', (date, sentence, deadline) => {
    const answer = answered(
      [extension(code('covered', 'covered'), code('pa-needed', 'auth-needed'))],
      [
        card('Prior authorization', 'coverage-info', {
          detail: 'We decide on an authorization within 5 working days.',
        }),
      ],
    )
    const found = read(answer, { today: '2026-11-20', date })
    expect(words(found.authorization?.said)).toBe(sentence)
    expect(found.authorization?.deadline).toBe(deadline)
    expect(words(found.authorization?.quote)).toBe('We decide on an authorization within 5 working days.')
  })

  it('is quoted once: neither where it is a reason already, nor a second time among what to collect', () => {
    const needed = [code('covered', 'covered'), code('pa-needed', 'auth-needed')]
    const time = 'Ask for authorization 5 working days before the visit'
    const reason = { url: 'reason', valueCodeableConcept: { text: time } }
    const detail = {
      url: 'detail',
      extension: [
        { url: 'category', valueCodeableConcept: { coding: [{ code: 'cat-other' }] } },
        {
          url: 'code',
          valueCodeableConcept: { coding: [{ code: 'instructions', display: 'Instructions' }] },
        },
        { url: 'value', valueString: time },
      ],
    }
    const asReason = read(answered([extension(...needed, reason)]))
    expect(asReason.authorization?.quote).toBeUndefined()
    expect(asReason.parts[0]?.why.map(words)).toEqual([time])
    const asDetail = read(answered([extension(...needed, detail)]))
    expect(words(asDetail.authorization?.quote)).toBe(`Instructions: ${time}`)
    expect(asDetail.collect.map(words)).toEqual(['Not known: Acme Health did not say.'])
  })
})
