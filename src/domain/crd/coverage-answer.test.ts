import { describe, expect, it } from 'vitest'
import { type CoverageAnswer, coverageAnswers } from './coverage-answer'
import {
  authorizationWords,
  coveredWords,
  documentWords,
  informationWords,
  purposeWords,
  reasonWords,
} from './coverage-codes'
import { coverageInformation } from './samples.test-data'

type Part = readonly [string, Readonly<Record<string, unknown>>]

const order = { resourceType: 'ServiceRequest', id: '1', status: 'draft' }

function answersTo(parts: readonly (readonly Part[])[], resource: object = order): readonly CoverageAnswer[] {
  const extension = parts.map((each) => coverageInformation(...each))
  const action = { type: 'update' as const, resource: { ...order, ...resource, extension } }
  return coverageAnswers([action], { orders: [order], coverage: 'Coverage/c1' })
}

function answerTo(...parts: readonly Part[]): CoverageAnswer {
  const [answer] = answersTo([parts])
  if (answer === undefined) throw new Error('no answer')
  return answer
}

const code = (name: string, value: string): Part => [name, { valueCode: value }]
const line = (answer: CoverageAnswer, id: string) => answer.lines.find((each) => each.id === id)?.words

describe('reading coverage-information', () => {
  const verdicts: readonly (readonly [string, object])[] = [
    ['covered', { kind: 'covered' }],
    ['not-covered', { kind: 'not-covered' }],
    ['conditional', { kind: 'conditional' }],
    ['indeterminate', { kind: 'undecided' }],
    ['sometimes', { kind: 'unknown-code', code: 'sometimes' }],
    ['constructor', { kind: 'unknown-code', code: 'constructor' }],
  ]
  it.each(verdicts)('turns covered = %s into one verdict', (value, verdict) => {
    expect(answerTo(code('covered', value)).verdict).toEqual(verdict)
  })

  it('states no verdict where the payer gives none', () => {
    const answer = answerTo(code('pa-needed', 'no-auth'))
    expect(answer.verdict).toEqual({ kind: 'not-stated' })
    expect(line(answer, 'covered')).toEqual(['Not stated'])
  })

  const tables: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    ['covered', coveredWords, 'covered'],
    ['pa-needed', authorizationWords, 'prior-authorization'],
    ['doc-needed', documentWords, 'documents'],
    ['doc-purpose', purposeWords, 'documents'],
    ['info-needed', informationWords, 'information'],
  ]
  const every = tables.flatMap(([name, words, id]) =>
    Object.entries(words).map(([c, w]) => [name, c, w, id] as const),
  )
  it.each(every)('has words for %s = %s', (name, value, words, id) => {
    const answer = answerTo(code(name, value))
    expect(line(answer, id)?.[0]).toBe(words)
    expect(answer.lines.find((each) => each.id === id)?.codes).toContain(value)
  })

  it.each(tables.map(([name, , id]) => [name, id] as const))(
    'keeps a new code of %s as it was given',
    (name, id) => {
      const answer = answerTo(code(name, 'brand-new'))
      expect(line(answer, id)?.join()).toContain('brand-new')
    },
  )

  it.each(Object.entries(reasonWords))('has words for the reason %s', (value, words) => {
    const answer = answerTo([
      'reason',
      { valueCodeableConcept: { coding: [{ code: value }], text: 'see policy 4' } },
    ])
    expect(answer.reasons).toEqual([{ code: value, words: `${words}. see policy 4`, known: true }])
  })

  it('shows the lines in the order of U3, the first four always', () => {
    expect(answerTo().lines.map((each) => each.label)).toEqual([
      'Covered?',
      'Prior authorization?',
      'Documents needed?',
      'Information needed?',
    ])
    const full = answerTo(
      code('covered', 'covered'),
      ['contact', { valueContactPoint: { system: 'phone', value: '800 555 0142' } }],
      ['coverage-assertion-id', { valueString: 'AH-1' }],
      ['date', { valueDate: '2026-11-20' }],
      ['expiry-date', { valueDate: '2026-12-20' }],
      ['billingCode', { valueCoding: { system: 'http://x', code: '77065' } }],
    )
    expect(full.lines.map((each) => each.id)).toEqual([
      'covered',
      'prior-authorization',
      'documents',
      'information',
      'applies-if',
      'dates',
      'reference',
      'contact',
    ])
    expect(line(full, 'applies-if')).toEqual(['Billed as 77065'])
    expect(line(full, 'dates')).toEqual(['As of 2026-11-20', 'Until 2026-12-20'])
  })

  it('says “none asked for” only where the payer decided something', () => {
    expect(line(answerTo(code('covered', 'covered')), 'documents')).toEqual(['None asked for'])
    expect(line(answerTo(code('covered', 'indeterminate')), 'documents')).toEqual(['Not stated'])
  })

  it('keeps every repetition, with its own scope', () => {
    const answers = answersTo([
      [code('covered', 'covered'), ['billingCode', { valueCoding: { code: 'A' } }]],
      [code('covered', 'not-covered'), ['billingCode', { valueCoding: { code: 'B' } }]],
    ])
    expect(answers.map((each) => [each.verdict.kind, each.billingCodes[0]?.code])).toEqual([
      ['covered', 'A'],
      ['not-covered', 'B'],
    ])
    expect(new Set(answers.map((each) => each.key)).size).toBe(2)
  })

  it('takes none of two contradicting codes for the answer', () => {
    const answer = answerTo(code('covered', 'covered'), code('covered', 'not-covered'))
    expect(answer.verdict).toEqual({ kind: 'unknown-code', code: 'covered, not-covered' })
  })

  it('shows parts that no version has as not standard, and draws no conclusion from them', () => {
    const answer = answerTo(
      ['coverageInfo', { valueCoding: { code: 'no-auth', display: 'No auth' } }],
      ['identifier', { valueString: 'X1' }],
    )
    expect(answer.notStandard).toEqual([
      { name: 'coverageInfo', value: 'No auth' },
      { name: 'identifier', value: 'X1' },
    ])
    expect(answer.verdict.kind).toBe('not-stated')
    expect(answer.assertionId).toBeUndefined()
  })

  const odd: readonly (readonly [string, readonly Part[], string])[] = [
    [
      'an authorization number',
      [['satisfied-pa-id', { valueString: 'Q8' }]],
      'authorization for an order that does not exist',
    ],
    [
      'a satisfied authorization',
      [code('pa-needed', 'satisfied')],
      'authorization for an order that does not exist',
    ],
    [
      'not covered with an authorization',
      [code('covered', 'not-covered'), code('pa-needed', 'auth-needed')],
      'still speaks of prior authorization',
    ],
    [
      'another coverage',
      [['coverage', { valueReference: { reference: 'http://x/Coverage/other' } }]],
      'another coverage',
    ],
  ]
  it.each(odd)('warns of %s', (_what, parts, words) => {
    expect(answerTo(...parts).notices.join()).toContain(words)
  })

  it('warns of nothing where an answer is in order', () => {
    const parts: readonly Part[] = [
      ['coverage', { valueReference: { reference: 'http://ehr.example/fhir/Coverage/c1' } }],
      code('covered', 'covered'),
      code('pa-needed', 'auth-needed'),
    ]
    expect(answerTo(...parts).notices).toEqual([])
  })

  it('tells what else the payer changed in the order', () => {
    const [answer] = answersTo([[code('covered', 'covered')]], { status: 'active', priority: 'stat' })
    expect(answer?.foreignChanges).toEqual(['priority', 'status'])
    expect(answer?.notices.join()).toContain('Nothing was changed')
  })

  it('says where the order was not asked about', () => {
    const [answer] = answersTo([[code('covered', 'covered')]], { id: 'idfromcontext' })
    expect(answer).toMatchObject({
      isAsked: false,
      order: 'ServiceRequest/idfromcontext',
      foreignChanges: [],
    })
  })
})
