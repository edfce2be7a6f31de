import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnswerFrame, PayerAnswer } from '../crd/ask'
import { readResponse } from '../crd/cds-response'
import { carriesCoverage, coverageAnswers } from '../crd/coverage-answer'
import type { FhirJson, JsonObject } from '../json'
import { byUrgency, type FrontDeskAnswer, frontDeskAnswer } from './answer'
import { inWords, type Phrase } from './phrases'
import { STATES } from './verdict'
import { en } from './words/en'

const ACME = {
  id: 'acme',
  name: 'Acme Health',
  identifiers: [],
  authorization: 'open',
  phone: '800 555 0142',
} as const
const FRAME: AnswerFrame = { scenarioVersion: 1, payer: ACME, hookInstance: 'h', askedAt: 1, endedAt: 2 }
const VISIT: FhirJson = { resourceType: 'Appointment', id: 'a1', status: 'proposed' }
/** A Friday, and the Friday after it. */
const ABOUT = { today: '2026-11-20', date: '2026-11-27' }

const code = (url: string, valueCode: string): JsonObject => ({ url, valueCode })
const extension = (...parts: readonly JsonObject[]): JsonObject => ({
  url: 'http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-coverage-information',
  extension: [{ url: 'coverage', valueReference: { reference: 'Coverage/c1' } }, ...parts],
})

function answered(
  extensions: readonly JsonObject[],
  cards: readonly JsonObject[] = [],
  kind: 'answered' | 'undecided' = 'answered',
): PayerAnswer {
  const systemActions =
    extensions.length === 0
      ? []
      : [{ type: 'update', description: 'Coverage', resource: { ...VISIT, extension: extensions } }]
  const response = readResponse({ cards, systemActions }, 'Acme Health')
  if (!response.ok) throw new Error('the test’s own response cannot be read')
  const { systemActions: actions, unreadable, cards: read } = response.value
  return {
    ...FRAME,
    kind,
    cards: read,
    unreadable,
    coverage: coverageAnswers(actions, { orders: [VISIT], coverage: 'Coverage/c1' }),
    otherActions: actions.filter((action) => !carriesCoverage(action)),
  }
}

const read = (answer: PayerAnswer, about = ABOUT): FrontDeskAnswer => frontDeskAnswer(answer, about)
const words = (phrase: Phrase | undefined): string => (phrase === undefined ? '' : inWords(phrase, en))
const said = (...parts: readonly JsonObject[]) => read(answered([extension(...parts)]))

const card = (summary: string, topic: string | undefined, more: JsonObject = {}): JsonObject => ({
  summary,
  indicator: 'info',
  source: { label: 'Acme Health', ...(topic !== undefined && { topic: { code: topic } }) },
  ...more,
})

describe('a payer’s answer at the front desk', () => {
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
      expect(each.collect.map(words)).toEqual(['Not known: Acme Health did not say.'])
      expect(each.call.map(words)).toEqual(['Acme Health: 800 555 0142'])
    }
    expect(found[2]?.why.map(words)).toEqual(['The coverage ended on 2026-01-01.'])
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

  it('shows messages for the desk, counts those on treatment, and takes a corrected coverage as a proposal', () => {
    const corrected: FhirJson = { resourceType: 'Coverage', id: 'c1', status: 'active', subscriberId: 'AH-9' }
    const found = read(
      answered(
        [],
        [
          card('You pay **$20**.', 'cost', { detail: 'See [the plan](https://acme.example/plan).' }),
          card('Offer physiotherapy first.', 'guideline'),
          card('Acme Health holds history.', 'own-kind', {
            links: [{ label: 'Open', url: 'https://app.example', type: 'smart', appContext: '{}' }],
          }),
          card('Use the generic.', undefined, {
            suggestions: [
              { label: 'Change', actions: [{ type: 'delete', description: 'x', resourceId: ['a'] }] },
            ],
          }),
          card('The member number changed.', 'insurance', {
            suggestions: [
              {
                label: 'Take the new number',
                actions: [{ type: 'update', description: 'x', resource: corrected }],
              },
            ],
          }),
        ],
      ),
    )
    expect(found.notes.map((note) => [words(note.said), words(note.more)])).toEqual([
      ['You pay **$20**.', 'See the plan.'],
      ['The member number changed.', ''],
    ])
    expect(found.leftOut).toBe(3)
    expect(found.proposals.map(({ said: label, lines }) => [label, lines])).toEqual([
      [
        'Take the new number',
        [
          { label: 'State', value: 'active' },
          { label: 'Member number', value: 'AH-9' },
        ],
      ],
    ])
  })

  it('that has messages for the clinician alone does not speak of messages', () => {
    const found = read(answered([], [card('Offer physiotherapy first.', 'guideline')]))
    expect(words(found.headline)).toBe('Acme Health did not say whether it is covered.')
    expect(found.leftOut).toBe(1)
  })

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
