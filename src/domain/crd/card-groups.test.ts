/// <reference types="node" />
import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FhirJson } from '../json'
import { filterByTopic, groupCards, type PayerCards, topicsOf } from './card-groups'
import { readResponse } from './cds-response'

const orders: readonly FhirJson[] = [
  { resourceType: 'ServiceRequest', id: '1' },
  { resourceType: 'MedicationRequest', id: '2' },
]

const json = (over: object = {}) => ({ summary: 'Hello', indicator: 'info', source: { label: 'A' }, ...over })

function payer(name: string, ...cards: readonly unknown[]): PayerCards {
  const response = readResponse({ cards }, name)
  if (!response.ok) throw new Error('not readable')
  return { payerId: name.toLowerCase(), payerName: name, cards: response.value.cards }
}

const about = (reference: unknown, key = 'davinci-crd.associated-resource') => ({
  extension: { [key]: [reference] },
})
const suggests = (...actions: readonly unknown[]) => ({
  selectionBehavior: 'any',
  suggestions: [{ label: 'Do', actions }],
})

describe('grouping cards by order', () => {
  const forms: readonly (readonly [string, object])[] = [
    ['References under the key of 2.x', about({ reference: 'ServiceRequest/1' })],
    ['strings under the key of 2.x', about('ServiceRequest/1')],
    ['strings under the key of 1.1', about('ServiceRequest/1', 'davinci-associated-resource')],
    [
      'References under the key of 1.1',
      about({ reference: 'ServiceRequest/1' }, 'davinci-associated-resource'),
    ],
    ['an absolute reference', about('https://ehr.example/fhir/ServiceRequest/1')],
    ['a bare id', about('1')],
    ['what a suggestion removes', suggests({ type: 'delete', resourceId: 'ServiceRequest/1' })],
    [
      'what a suggestion changes',
      suggests({ type: 'update', resource: { resourceType: 'ServiceRequest', id: '1' } }),
    ],
  ]
  it.each(forms)('knows the order by %s', (_form, over) => {
    expect(groupCards([payer('Acme', json(over))], orders)).toMatchObject([
      { orders: ['ServiceRequest/1'], isAsked: true, cards: [{}] },
    ])
  })

  it('takes a coverage record that would be changed for no order', () => {
    const card = json(suggests({ type: 'update', resource: { resourceType: 'Coverage', id: '9' } }))
    expect(groupCards([payer('Acme', card)], orders)[0]?.orders).toEqual([])
  })

  it('lists orders as asked, then several together, then those not asked about, last none', () => {
    const groups = groupCards(
      [
        payer(
          'Acme',
          json(),
          json({
            extension: { 'davinci-crd.associated-resource': ['MedicationRequest/2', 'ServiceRequest/1'] },
          }),
          json(about('ServiceRequest/other')),
          json(about('MedicationRequest/2')),
          json(about('ServiceRequest/1')),
        ),
      ],
      orders,
    )
    expect(groups.map((group) => [group.orders, group.isAsked])).toEqual([
      [['ServiceRequest/1'], true],
      [['MedicationRequest/2'], true],
      [['ServiceRequest/1', 'MedicationRequest/2'], true],
      [['ServiceRequest/other'], false],
      [[], true],
    ])
  })

  it('sorts critical, warning, info, then by payer, then as they came', () => {
    const groups = groupCards(
      [
        payer('Zeta', json({ summary: 'z1' }), json({ summary: 'z2', indicator: 'critical' })),
        payer(
          'Acme',
          json({ summary: 'a1', indicator: 'warning' }),
          json({ summary: 'a2' }),
          json({ summary: 'a3' }),
        ),
      ],
      orders,
    )
    expect(groups[0]?.cards.map((each) => each.card.summary)).toEqual(['z2', 'a1', 'a2', 'a3', 'z1'])
  })
})

describe('merging cards that say the same', () => {
  it('shows one, from 2 payers, as loud as the loudest, with the links of both', () => {
    const [group] = groupCards(
      [
        payer(
          'Acme',
          json({
            summary: 'Try X  first.',
            detail: '**Why**',
            links: [{ label: 'a', url: 'https://a.example' }],
          }),
        ),
        payer(
          'Beta',
          json({
            summary: 'try x first',
            detail: 'why',
            indicator: 'warning',
            links: [{ label: 'b', url: 'https://b.example' }],
          }),
        ),
      ],
      orders,
    )
    expect(group?.cards).toHaveLength(1)
    const merged = group?.cards[0]
    expect(merged?.merged).toBe('from 2 payers')
    expect(merged?.card.indicator).toBe('warning')
    expect(merged?.card.links.map((link) => link.label)).toEqual(['b', 'a'])
    expect(merged?.copies.map((copy) => copy.payerId)).toEqual(['beta', 'acme'])
  })

  it('says where one payer sent it more than once', () => {
    const [group] = groupCards([payer('Acme', json(), json())], orders)
    expect(group?.cards.map((each) => each.merged)).toEqual(['sent 2 times'])
  })

  const different: readonly (readonly [string, object])[] = [
    ['another detail', { detail: 'other' }],
    ['a suggestion', suggests({ type: 'delete', resourceId: 'Task/1' })],
    ['another order', about('ServiceRequest/1')],
  ]
  it.each(different)('keeps apart what has %s', (_what, over) => {
    const groups = groupCards([payer('Acme', json()), payer('Beta', json(over))], orders)
    expect(groups.flatMap((group) => group.cards)).toHaveLength(2)
  })

  it.each([
    ['dose > 5', 'dose 5'],
    ['2*3*4', '234'],
    ['5²', '52'],
    ['a_b_c', 'abc'],
  ])('never takes “%s” for “%s”', (detail, other) => {
    const groups = groupCards(
      [payer('Acme', json({ detail })), payer('Beta', json({ detail: other }))],
      orders,
    )
    expect(groups[0]?.cards).toHaveLength(2)
  })

  it('keeps apart what is nested too deeply to be compared', () => {
    const contained: unknown = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`)
    const card = json(suggests({ type: 'create', resource: { resourceType: 'Task', contained } }))
    expect(groupCards([payer('Acme', card, card)], orders)[0]?.cards).toHaveLength(2)
  })

  it('says nothing of merging for a card that came once', () => {
    expect(groupCards([payer('Acme', json())], orders)[0]?.cards[0]).not.toHaveProperty('merged')
  })
})

describe('filtering by topic', () => {
  const topic = (code: string, display = '') => ({
    source: { label: 'A', topic: { system: 's', code, display } },
  })
  const groups = groupCards(
    [
      payer(
        'Acme',
        json({ summary: 'none' }),
        json({ summary: 'a', ...topic('cost', 'Cost') }),
        json({ summary: 'b', ...topic('cost'), ...about('ServiceRequest/1') }),
        json({ summary: 'c', ...topic('limits') }),
      ),
    ],
    orders,
  )

  it('lists the topics with how many cards there are, those without one last', () => {
    expect(topicsOf(groups)).toEqual([
      { code: 'cost', label: 'cost', count: 2 },
      { code: 'limits', label: 'limits', count: 1 },
      { code: '', label: 'Not stated', count: 1 },
    ])
  })

  it.each([
    [[], 4, 2],
    [['cost'], 2, 2],
    [['limits', ''], 2, 1],
    [['unknown'], 0, 0],
  ])('%j leaves %i cards in %i groups', (codes, cards, count) => {
    const left = filterByTopic(groups, new Set(codes))
    expect(left.flatMap((group) => group.cards)).toHaveLength(cards)
    expect(left).toHaveLength(count)
  })
})

const references = fc.constantFrom<unknown>(
  ...[
    'ServiceRequest/1',
    'MedicationRequest/2',
    'Task/3',
    '1',
    'https://x.example/ServiceRequest/1',
    '',
    null,
  ],
  { reference: 'ServiceRequest/1' },
  { display: 'x' },
)
const anyCard = fc.record({
  summary: fc.constantFrom('a', 'A.', 'b', 'c'),
  detail: fc.constantFrom(undefined, 'x', '_x_'),
  uuid: fc.constantFrom(undefined, 'u1', 'u2'),
  indicator: fc.constantFrom('info', 'warning', 'critical', 'odd'),
  source: fc.constantFrom({ label: 'A' }, { label: 'B', topic: { code: 'cost' } }),
  extension: fc.dictionary(
    fc.constantFrom('davinci-crd.associated-resource', 'davinci-associated-resource'),
    fc.oneof(references, fc.array(references, { maxLength: 3 })),
  ),
  suggestions: fc.array(
    fc.record({
      label: fc.constantFrom('s', 't'),
      actions: fc.array(fc.record({ type: fc.constant('delete'), resourceId: references }), { maxLength: 2 }),
    }),
    { maxLength: 2 },
  ),
})

describe('any cards', () => {
  it('stand in exactly one group each, under keys of their own; nothing is lost and nothing is doubled', () => {
    fc.assert(
      fc.property(fc.array(fc.array(anyCard, { maxLength: 8 }), { maxLength: 4 }), (responses) => {
        const answers = responses.map((cards, index) => payer(`P${index}`, ...cards))
        const groups = groupCards(answers, orders)
        const copies = groups.flatMap((group) => group.cards).flatMap((merged) => merged.copies)
        const names = copies.map((copy) => `${copy.payerId} ${copy.card.key}`).sort()
        const given = answers
          .flatMap(({ payerId, cards }) => cards.map((card) => `${payerId} ${card.key}`))
          .sort()
        expect(names).toEqual(given)
        const keys = groups.flatMap((group) => group.cards.map((card) => card.key))
        expect(new Set(keys).size).toBe(keys.length)
        const counted = topicsOf(groups).flatMap(({ code }) => filterByTopic(groups, new Set([code])))
        expect(new Set(counted.flatMap((group) => group.cards.map((card) => card.key))).size).toBe(
          keys.length,
        )
      }),
      { numRuns: 300 },
    )
  })

  const folder = '../shared/fixtures/crd-2.1.0'
  it.skipIf(!existsSync(folder))('of the guide: each group names the order that its cards are about', () => {
    const cards = JSON.parse(readFileSync(`${folder}/CRDServiceResponse2.json`, 'utf8')).cards as unknown[]
    const groups = groupCards(
      [payer('Acme', ...cards)],
      [
        { resourceType: 'MedicationRequest', id: '1111' },
        { resourceType: 'MedicationRequest', id: '2222' },
      ],
    )
    expect(groups.map((group) => [group.orders[0], group.cards.length])).toEqual([
      ['MedicationRequest/1111', 1],
      ['MedicationRequest/2222', 3],
      [undefined, 1],
    ])
  })
})
