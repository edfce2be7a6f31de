/// <reference types="node" />
import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filterByTopic, groupCards, topicsOf } from './card-groups'
import { about, json, orders, payer } from './card-groups.test-data'

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
