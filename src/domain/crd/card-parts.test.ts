import { expect, it } from 'vitest'
import { readResponse } from './cds-response'

function read(over: object) {
  const response = readResponse({ cards: [{ summary: 'Hello', source: { label: 'Acme' }, ...over }] }, 'Acme')
  if (!response.ok) throw new Error('not readable')
  return response.value
}

it.each([
  ['suggestions', 'x', 'cards[0].suggestions'],
  ['links', 7, 'cards[0].links'],
  ['overrideReasons', true, 'cards[0].overrideReasons'],
  ['detail', ['x'], 'cards[0].detail'],
])('%s that are %j cost themselves alone, and it is told', (name, value, path) => {
  const { cards, unreadable } = read({ [name]: value })
  expect(cards).toHaveLength(1)
  expect(unreadable.map((each) => each.path)).toEqual([path])
})

it.each([
  ['absent', {}],
  ['null', { suggestions: null, links: null, overrideReasons: null, detail: null }],
  ['one lone object', { links: { label: 'x', url: 'https://x.example', type: 'absolute' } }],
])('nothing is told of what is %s', (_what, over) => {
  expect(read(over).unreadable).toEqual([])
})
