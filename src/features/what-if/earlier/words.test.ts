import { beforeAll, describe, expect, it } from 'vitest'
import type { AuditEntry } from '../../../domain/audit'
import { asked, covered } from './kept.test-data'
import {
  byDay,
  glanceAtEntry,
  hookWords,
  keptUntil,
  matching,
  momentWords,
  payerOf,
  unreadableWords,
} from './words'

let entry: AuditEntry
beforeAll(async () => {
  entry = (await asked(covered)).record.entry
})
const like = (changed: Partial<AuditEntry>): AuditEntry => ({ ...entry, ...changed })

describe('an earlier question in words', () => {
  it('tells no two outcomes alike, and never by itself that something is covered', () => {
    const failed = { outcome: 'failed', failure: { kind: 'http', sentence: 'x' } } as const
    const entries = [
      like({}),
      like({ outcome: 'silent' }),
      like({ outcome: 'undecided' }),
      like({ outcome: 'skipped' }),
      like({ outcome: 'refused', failure: { kind: 'refused', sentence: 'x' } }),
      like(failed),
      like({ outcome: 'failed', failure: { kind: 'timeout', sentence: 'x' } }),
    ]
    expect(entries.map((each) => glanceAtEntry(each).tag)).toEqual([
      'Answered',
      'Said nothing',
      'Could not decide',
      'Skipped',
      'Not asked',
      'Failed',
      'Timed out',
    ])
    expect(entries.map((each) => glanceAtEntry(each).tone)).not.toContain('yes')
    expect(glanceAtEntry(like({ outcome: 'silent' })).sentence).toBe(
      'Acme Health returned no guidance. This does not mean the service is covered.',
    )
  })

  it('names the kind of question, and one that nobody knows as it is', () => {
    expect(hookWords('order-sign')).toBe('An order')
    expect(hookWords('constructor')).toBe('constructor')
    expect(hookWords('')).toBe('Not known')
  })

  it('says the moment with its zone', () => {
    expect(momentWords(Date.UTC(2026, 10, 20, 12))).toMatch(/^\d{2}-Nov-2026 \d{2}:\d{2} \(UTC.*\)$/)
  })

  it('calls the payer as it was called then, with the help line of now', () => {
    const now = {
      id: 'acme',
      name: 'Acme Health United',
      identifiers: [],
      authorization: 'open',
      phone: '1',
    } as const
    expect(payerOf(entry, [now])).toMatchObject({ name: 'Acme Health', phone: '1' })
    expect(payerOf(entry, [])).toMatchObject({ id: 'acme', name: 'Acme Health' })
  })
})

describe('the list', () => {
  const at = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime()

  it('is by the days of this machine, in the order given', () => {
    const entries = [at(21, 9), at(21, 0), at(20, 23)].map((askedAt, i) => like({ id: `${i}`, askedAt }))
    expect(byDay(entries, at(21, 12)).map((day) => [day.name, day.entries.map((each) => each.id)])).toEqual([
      ['Today, 21-Nov-2026', ['0', '1']],
      ['20-Nov-2026', ['2']],
    ])
  })

  it('is searched by all words in any order, and by payer', () => {
    const entries = [
      like({ id: 'a' }),
      like({ id: 'b', payerId: 'bo', payerName: 'Borealis', outcome: 'silent' }),
    ]
    const find = (text: string, payerId = '') => matching(entries, { text, payerId }).map((each) => each.id)
    expect(find('')).toEqual(['a', 'b'])
    expect(find('', 'bo')).toEqual(['b'])
    expect(find('knee  MRI')).toEqual(['a', 'b'])
    expect(find('said nothing')).toEqual(['b'])
    expect(find('7f31', 'acme')).toEqual(['a'])
    expect(find('hip')).toEqual([])
  })
})

describe('how long it is kept', () => {
  const user = { fhirUser: 'Practitioner/1', ehrName: 'Lakeside EHR' }

  it('is said as it is', () => {
    expect(keptUntil({ isDurable: false }, 30, user)).toMatch(/gone when this window closes/)
    expect(keptUntil({ isDurable: true }, undefined, user)).toMatch(
      /until your session with Lakeside EHR ends/,
    )
    expect(keptUntil({ isDurable: true }, 30, user)).toMatch(/for 30 days, in this browser only/)
    // Where the chart does not say who it is, nothing outlives the session.
    expect(keptUntil({ isDurable: true }, 30, { ehrName: 'Lakeside EHR' })).toMatch(/until your session/)
  })

  it('counts what can no longer be read', () => {
    expect(unreadableWords(0)).toBeUndefined()
    expect(unreadableWords(1)).toMatch(/^One earlier answer can no longer be read/)
    expect(unreadableWords(3)).toMatch(/^3 earlier answers can no longer be read/)
  })
})
