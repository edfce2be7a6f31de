import { describe, expect, it } from 'vitest'
import type { PayerAnswer } from '../../domain/crd/ask'
import { type CoverageAnswer, coverageAnswers } from '../../domain/crd/coverage-answer'
import type { FhirJson, JsonObject } from '../../domain/json'
import { coverageInformation } from '../asking/fake-answer'
import { coverageKept, glanceAtAnswer, glanceAtCoverage } from './verdict'

const order: FhirJson = { resourceType: 'ServiceRequest', id: 'a', status: 'draft' }

function read(...parts: readonly JsonObject[]): CoverageAnswer {
  const resource = { ...order, extension: [coverageInformation(...parts)] }
  const [answer] = coverageAnswers([{ type: 'update', resource }], {
    orders: [order],
    coverage: 'Coverage/c1',
  })
  if (answer === undefined) throw new Error('no answer was read')
  return answer
}

const part = (url: string, valueCode: string): JsonObject => ({ url, valueCode })

describe('one assertion at a glance', () => {
  const cases: readonly (readonly [JsonObject[], string, string])[] = [
    [[part('covered', 'covered'), part('pa-needed', 'no-auth')], 'yes', 'Covered'],
    [[part('covered', 'covered')], 'ask', 'Authorization not stated'],
    [[part('covered', 'covered'), part('pa-needed', 'auth-needed')], 'ask', 'Authorization needed'],
    [[part('covered', 'covered'), part('pa-needed', 'performpa')], 'ask', 'Authorization needed'],
    [[part('covered', 'covered'), part('pa-needed', 'satisfied')], 'ask', 'Check authorization'],
    [[part('covered', 'covered'), part('pa-needed', 'conditional')], 'ask', 'Authorization depends'],
    [[part('covered', 'covered'), part('pa-needed', 'indeterminate')], 'ask', 'Authorization not decided'],
    [[part('covered', 'covered'), part('pa-needed', 'new-code')], 'ask', 'Authorization unclear'],
    [
      [part('covered', 'covered'), part('pa-needed', 'no-auth'), part('doc-needed', 'clinical')],
      'ask',
      'Documents needed',
    ],
    [
      [part('covered', 'covered'), part('pa-needed', 'no-auth'), part('info-needed', 'location')],
      'ask',
      'Information needed',
    ],
    [[part('covered', 'not-covered')], 'no', 'Not covered'],
    [[part('covered', 'conditional')], 'ask', 'It depends'],
    [[part('covered', 'indeterminate')], 'ask', 'Could not decide'],
    [[part('covered', 'new-code')], 'mute', 'Not understood'],
    [[], 'mute', 'Coverage not stated'],
  ]
  it.each(cases)('%j', (parts, tone, tag) => {
    expect(glanceAtCoverage(read(...parts))).toMatchObject({ tone, tag })
  })
})

describe('one outcome at a glance', () => {
  const frame = {
    scenarioVersion: 1,
    askedAt: 0,
    endedAt: 800,
    payer: { id: 'acme', name: 'Acme Health', identifiers: [], authorization: 'open' },
  } as const
  const sent = { ...frame, hookInstance: '5f0c1d2e-0000-4000-8000-000000000000' } as const
  const content = { cards: [], otherActions: [], unreadable: [], coverage: [] } as const
  const outcomes: readonly PayerAnswer[] = [
    { ...frame, ...content, kind: 'answered' },
    { ...frame, kind: 'silent' },
    { ...frame, ...content, kind: 'undecided' },
    { ...frame, kind: 'refused', rule: 'x', message: 'Why.' },
    { ...frame, kind: 'failed', problem: { kind: 'network', server: 'The chart' }, serviceChanged: false },
    { ...sent, kind: 'failed', problem: { kind: 'network', server: 'Acme Health' }, serviceChanged: false },
    {
      ...sent,
      kind: 'failed',
      problem: { kind: 'timeout', server: 'Acme Health', afterMs: 10000 },
      serviceChanged: false,
    },
    { ...frame, kind: 'skipped' },
  ]
  const glances = outcomes.map(glanceAtAnswer)

  it('no two read alike, and none but a payer that said so is green', () => {
    expect(new Set(glances.map((glance) => glance.tag)).size).toBe(outcomes.length)
    expect(new Set(glances.map((glance) => glance.sentence)).size).toBe(outcomes.length)
    expect(glances.filter((glance) => glance.tone === 'yes')).toEqual([])
  })

  it('whatever is no answer says that it does not mean "covered"', () => {
    for (const glance of glances.filter((g) => !['Coverage not stated', 'Not asked'].includes(g.tag)))
      expect(glance.sentence).toContain('This does not mean the service is covered.')
  })

  it('differing assertions are not summed up', () => {
    const coverage = [read(part('covered', 'covered')), read(part('covered', 'not-covered'))]
    expect(glanceAtAnswer({ ...frame, ...content, coverage, kind: 'answered' })).toMatchObject({
      tone: 'ask',
      tag: 'Several answers',
    })
  })
})

describe('a payer that was told to say nothing of coverage', () => {
  const answered = (kind: PayerAnswer['kind'], withoutCoverage?: 'secondary' | 'settings') =>
    coverageKept({
      answer: { kind } as PayerAnswer,
      ...(withoutCoverage && { withoutCoverage }),
    } as Parameters<typeof coverageKept>[0])

  it('has its silence about coverage put down to that, where it answered', () => {
    expect(answered('answered', 'secondary')).toMatch(/all but coverage/)
    expect(answered('silent', 'settings')).toMatch(/Your settings/)
    expect(answered('failed', 'settings')).toBeUndefined()
    expect(answered('answered')).toBeUndefined()
  })
})
