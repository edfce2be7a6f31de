import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CdsResponse, readResponse } from './cds-response'
import { coverageAnswers } from './coverage-answer'

function read(json: unknown): CdsResponse {
  const result = readResponse(json, 'Acme Health')
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}

const card = (over: object = {}) => ({
  summary: 'Hello',
  indicator: 'info',
  source: { label: 'Acme' },
  ...over,
})
const cardsOf = (...cards: readonly unknown[]) => read({ cards }).cards

describe('reading a hook response', () => {
  it('sorts critical before warning before info, and keeps the payer’s order within', () => {
    const cards = cardsOf(
      card({ summary: 'a' }),
      card({ summary: 'b', indicator: 'warning' }),
      card({ summary: 'c', indicator: 'critical' }),
      card({ summary: 'd' }),
    )
    expect(cards.map((each) => each.summary)).toEqual(['c', 'b', 'a', 'd'])
  })

  const indicators: readonly (readonly [unknown, string])[] = [
    ['hard-stop', 'critical'],
    ['critical', 'critical'],
    ['info', 'info'],
    [undefined, 'info'],
    ['success', 'warning'],
    [7, 'warning'],
  ]
  it.each(indicators)('reads the indicator %s as %s', (indicator, expected) => {
    expect(cardsOf(card({ indicator }))[0]?.indicator).toBe(expected)
  })

  const broken: readonly (readonly [string, unknown, string])[] = [
    ['text instead of a card', 'hello', 'cards[0]'],
    ['a card without a summary', card({ summary: ' ' }), 'cards[0]'],
    ['an unknown selectionBehavior', card({ selectionBehavior: 'all' }), 'cards[0]'],
    ['a link without an address', card({ links: [{ label: 'x' }] }), 'cards[0].links[0]'],
    ['a suggestion without a label', card({ suggestions: [{ uuid: '1' }] }), 'cards[0].suggestions[0]'],
    [
      'a suggestion with an action of unknown type',
      card({ suggestions: [{ label: 'x', actions: [{ type: 'merge' }] }] }),
      'cards[0].suggestions[0]',
    ],
  ]
  it.each(broken)('tells %s and reads the rest', (_what, bad, path) => {
    const response = read({ cards: [bad, card({ summary: 'good' })] })
    expect(response.unreadable.map((each) => each.path)).toEqual([path])
    expect(response.cards.map((each) => each.summary)).toContain('good')
  })

  const links: readonly (readonly [string, string | undefined])[] = [
    ['https://acme.example/a', 'https://acme.example/a'],
    ['http://localhost:5175/a', 'http://localhost:5175/a'],
    ['http://acme.example/a', undefined],
    ['javascript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['https://user:pw@acme.example/', undefined],
    ['/relative', undefined],
  ]
  it.each(links)('opens the link %s only where it is safe', (url, href) => {
    const link = cardsOf(card({ links: [{ label: 'x', url, type: 'absolute' }] }))[0]?.links[0]
    expect(link?.given).toBe(url)
    expect(link?.href).toBe(href)
  })

  const associations: readonly (readonly [string, unknown])[] = [
    ['davinci-crd.associated-resource', [{ reference: 'ServiceRequest/1' }]],
    ['davinci-crd.associated-resource', ['ServiceRequest/1']],
    ['davinci-associated-resource', ['ServiceRequest/1']],
    ['davinci-associated-resource', [{ reference: 'ServiceRequest/1' }]],
    ['davinci-associated-resource', 'ServiceRequest/1'],
  ]
  it.each(associations)('knows the order of a card by %s as %j', (key, value) => {
    expect(cardsOf(card({ extension: { [key]: value } }))[0]?.about).toEqual(['ServiceRequest/1'])
  })

  it('reads system actions at the top and under extension', () => {
    const action = { type: 'update', resource: { resourceType: 'ServiceRequest', id: '1' } }
    const response = read({ systemActions: [action], extension: { systemActions: [action] } })
    expect(response.systemActions).toHaveLength(2)
  })

  it('reads the kinds of delete', () => {
    const resourceIds = ['ServiceRequest/1', ['ServiceRequest/1', 'ServiceRequest/2']]
    const systemActions = resourceIds.map((resourceId) => ({ type: 'delete', resourceId }))
    expect(read({ systemActions }).systemActions).toEqual([
      { type: 'delete', targets: ['ServiceRequest/1'] },
      { type: 'delete', targets: ['ServiceRequest/1', 'ServiceRequest/2'] },
    ])
  })

  it('lets a user choose only one suggestion where the payer does not say how many', () => {
    const suggestions = [{ label: 'a', actions: [] }]
    expect(cardsOf(card({ suggestions }))[0]?.selectionBehavior).toBe('at-most-one')
    expect(cardsOf(card({ suggestions, selectionBehavior: 'any' }))[0]?.selectionBehavior).toBe('any')
  })

  it('gives every card a key of its own, whatever uuids the payer gives', () => {
    const keys = cardsOf(card({ uuid: 'u' }), card({ uuid: 'u' }), card()).map((each) => each.key)
    expect(new Set(keys).size).toBe(3)
  })

  it('takes misleading characters out, and cuts what is too long', () => {
    expect(cardsOf(card({ summary: 'not \u202edetcevoc' }))[0]?.summary).toBe('not detcevoc')
    expect(cardsOf(card({ summary: 'x'.repeat(5000) }))[0]?.summary).toHaveLength(500)
  })

  it('says where more cards came than are shown', () => {
    const response = read({ cards: Array.from({ length: 201 }, () => card()) })
    expect(response.cards).toHaveLength(200)
    expect(response.unreadable).toEqual([
      { path: 'cards', reason: 'There are 201; only the first 200 are shown.' },
    ])
  })

  it('tells cards that are no list, rather than reading silence', () => {
    expect(read({ cards: 'none' }).unreadable).toHaveLength(1)
  })

  it.each([undefined, null, 'x', 1, [[]]])('fails on %j, which is no response', (json) => {
    expect(readResponse(json, 'Acme Health')).toMatchObject({ ok: false, problem: { kind: 'malformed' } })
  })

  it('never throws, whatever stands where', () => {
    const keys = fc.constantFrom(
      ...[
        'cards',
        'systemActions',
        'extension',
        'suggestions',
        'actions',
        'links',
        'resource',
        'summary',
        'source',
      ],
      ...[
        'url',
        'type',
        'resourceType',
        'id',
        'valueCode',
        'valueCoding',
        'selectionBehavior',
        'label',
        '__proto__',
      ],
    )
    const leaf = fc.oneof(
      fc.constantFrom<unknown>('update', 'create', 'delete', 'covered', null, true, 0, 'https://x.example'),
      fc.constant('http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-coverage-information'),
      fc.string(),
    )
    const { node } = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: 'medium' },
        leaf,
        fc.array(tie('node'), { maxLength: 4 }),
        fc.dictionary(keys, tie('node')),
      ),
    }))
    fc.assert(
      fc.property(fc.record({ cards: node, systemActions: node, extension: node }), (json) => {
        const result = readResponse(json, 'x')
        if (result.ok) coverageAnswers(result.value.systemActions, { orders: [], coverage: 'Coverage/1' })
      }),
      { numRuns: 500 },
    )
  })
})
