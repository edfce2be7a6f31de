import { describe, expect, it } from 'vitest'
import { groupCards } from './card-groups'
import { about, json, orders, payer, suggests } from './card-groups.test-data'

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
  it('merges the same proposal of two payers though each writes its own coverage into it', () => {
    const propose = (insurance: string, summary = 'Rent first') =>
      json({
        summary,
        suggestions: [
          {
            label: 'Rent',
            actions: [
              {
                type: 'update',
                description: 'Rent',
                resource: {
                  resourceType: 'ServiceRequest',
                  id: '1',
                  authoredOn: `2026-11-21T10:00:0${insurance}Z`,
                  insurance: [{ reference: `Coverage/${insurance}` }],
                },
              },
            ],
          },
        ],
      })
    const [group] = groupCards([payer('Acme', propose('1')), payer('Delta', propose('2'))], orders)
    expect(group?.cards.map((each) => each.merged)).toEqual(['from 2 payers'])
  })

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
