import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnswerFrame, PayerAnswer } from '../crd/ask'
import { frontDeskAnswer } from './answer'
import { ACME } from './day.testing'
import { dayCsv } from './day-csv'
import { GROUPS, grouped, groupOf, isUnanswered, type StandingRow } from './day-rows'

const FRAME: AnswerFrame = { scenarioVersion: 1, payer: ACME, hookInstance: 'h', askedAt: 0, endedAt: 0 }
const ABOUT = { today: '2026-11-20', date: '2026-11-23' }
const answered = (answer: PayerAnswer): StandingRow['standing'] => ({
  kind: 'answered',
  answer: frontDeskAnswer(answer, ABOUT),
})
const silent = answered({ ...FRAME, kind: 'silent' })
const failed = answered({
  ...FRAME,
  kind: 'failed',
  problem: { kind: 'network', server: 'Acme Health' },
  serviceChanged: false,
})

/** The same answer as if the payer had said something else. */
const as = (state: 'needs-authorization' | 'not-covered' | 'fine', deadline?: string) =>
  silent.kind === 'answered'
    ? {
        ...silent,
        answer: {
          ...silent.answer,
          state,
          ...(deadline !== undefined && { authorization: { said: { key: 'fine' } as const, deadline } }),
        },
      }
    : silent

const row = (key: string, standing: StandingRow['standing'], more: Partial<StandingRow['row']> = {}) => ({
  row: { key, date: '2026-11-23', time: '09:00', who: [], where: [], others: [], ...more },
  standing,
})

describe('the rows of a day', () => {
  it('stand under what they ask of the desk, the authorization that is due soonest first', () => {
    const groups = grouped([
      row('fine', as('fine')),
      row('unasked', { kind: 'unasked' }),
      row('asking', { kind: 'asking' }),
      row('silent', silent),
      row('failed', failed),
      row('late', as('needs-authorization', '2026-11-20')),
      row('later', as('needs-authorization')),
      row('soon', as('needs-authorization', '2026-11-18')),
      row('not', as('not-covered')),
    ])
    expect(groups.map(({ group, rows }) => [group, rows.map(({ row: { key } }) => key)])).toEqual([
      ['needs-authorization', ['soon', 'late', 'later']],
      ['not-covered', ['not']],
      ['could-not-ask', ['failed']],
      ['not-stated', ['silent']],
      ['fine', ['fine']],
      ['asking', ['asking']],
      ['unasked', ['unasked']],
    ])
  })

  it('keep each row once, in the same order whatever order the answers came in', () => {
    const standings = [
      silent,
      failed,
      as('fine'),
      as('not-covered'),
      as('needs-authorization', '2026-11-18'),
      { kind: 'waiting' } as const,
    ]
    const rows = fc.array(
      fc.record({ key: fc.string(), time: fc.constantFrom('08:00', '09:00'), which: fc.nat(5) }),
      { maxLength: 20 },
    )
    fc.assert(
      fc.property(rows, fc.infiniteStream(fc.double({ noNaN: true })), (given, noise) => {
        const all = [...new Map(given.map((each) => [each.key, each])).values()].map(({ key, time, which }) =>
          row(key, standings[which] ?? silent, { time }),
        )
        const mixed = all
          .map((each) => ({ each, at: noise.next().value ?? 0 }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ each }) => each)
        const order = (some: readonly StandingRow[]) =>
          grouped(some).flatMap(({ group, rows: own }) => own.map(({ row: { key } }) => `${group} ${key}`))
        expect(order(mixed)).toEqual(order(all))
        expect(order(all)).toHaveLength(all.length)
      }),
    )
  })

  it('are worth asking again where there is no answer of the payer', () => {
    expect([failed, silent, as('fine')].map((each) => isUnanswered(row('a', each)))).toEqual([
      true,
      false,
      false,
    ])
    expect(GROUPS).toContain(groupOf(failed))
  })
})

/** Reads a CSV as a spreadsheet would (RFC 4180). */
function parse(csv: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]]
  let cell = ''
  let isQuoted = false
  for (let i = 1; i < csv.length; i += 1) {
    const here = csv[i]
    if (isQuoted) {
      if (here === '"' && csv[i + 1] === '"') {
        cell += '"'
        i += 1
      } else if (here === '"') isQuoted = false
      else cell += here
    } else if (here === '"') isQuoted = true
    else if (here === ',' || here === '\n') {
      rows.at(-1)?.push(cell)
      cell = ''
      if (here === '\n') rows.push([])
    } else if (here !== '\r') cell += here
  }
  return rows.slice(0, -1)
}

describe('the day as a table for spreadsheets', () => {
  const utc = () => 0

  it('has a row for every appointment, also for those that nobody was asked about', () => {
    const table = parse(
      dayCsv(
        [
          row('a', as('needs-authorization', '2026-11-18'), {
            patient: 'Roe, Jane',
            payer: { id: 'acme', name: 'Acme Health' },
          }),
          row('b', { kind: 'unasked' }, { notAsked: { kind: 'no-coverage' } }),
        ],
        utc,
      ),
    )
    const [head, first, second] = table
    expect(head).toHaveLength(15)
    expect(first).toEqual(expect.arrayContaining(['Roe, Jane', 'Acme Health', '2026-11-18']))
    expect(second).toEqual(expect.arrayContaining(['Not asked', 'No coverage on file.']))
  })

  it('brings no cell that a spreadsheet would run, and loses nothing of what it says', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constantFrom('=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', 'a"b,c\nd')),
        (patient) => {
          const cell = parse(dayCsv([row('a', silent, { patient })], utc))[1]?.[2] ?? ''
          expect(cell).not.toMatch(/^\s*[=+\-@\t]/)
          expect(cell.replace(/^'/, '').replaceAll('\r', '')).toBe(
            patient.replace(/^'/, '').replaceAll('\r', ''),
          )
        },
      ),
    )
  })
})
