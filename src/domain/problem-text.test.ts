import { describe, expect, it } from 'vitest'
import { problemText } from './problem-text'
import type { Problem } from './result'

const problems: readonly Problem[] = [
  { kind: 'cancelled' },
  { kind: 'timeout', server: 'Acme Health', afterMs: 10_000 },
  { kind: 'network', server: 'Acme Health' },
  ...[302, 400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 422, 429, 500, 501, 503].map(
    (status): Problem => ({ kind: 'http', server: 'Acme Health', status, detail: 'SECRET-7' }),
  ),
  { kind: 'refused', rule: 'one-patient', message: 'Two patients are named in the request.' },
  { kind: 'malformed', server: 'Acme Health', path: 'cards.0', message: 'Expected a list' },
  { kind: 'expired', server: 'Acme Health' },
]

describe('every problem', () => {
  it.each(problems.map((p) => [p.kind === 'http' ? `http ${p.status}` : p.kind, p] as const))(
    '%s says what happened and what to do',
    (_, problem) => {
      const text = problemText(problem)
      expect(text.happened).toMatch(/^[A-Z].{8,}\.$/)
      expect(text.next).toMatch(/^[A-Z].{8,}\.$/)
      // A status and a server's own words are technical detail, shown only where the site wants it.
      expect(`${text.happened} ${text.next}`).not.toMatch(/SECRET-7|\b[345]\d\d\b/)
    },
  )

  it('of one kind reads unlike the others', () => {
    const one = ['cancelled', 'timeout', 'network', 'refused', 'malformed', 'expired'].map((kind) =>
      problems.find((p) => p.kind === kind),
    )
    const texts = one.map((problem) => problem && problemText(problem).happened)
    expect(new Set(texts).size).toBe(6)
  })

  it('tells how long to wait where the server said', () => {
    expect(problemText({ kind: 'http', server: 'A', status: 429, retryAfterSeconds: 7 }).next).toContain(
      '7 seconds',
    )
  })
})
