// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import type { MergedCard } from '../../domain/crd/card-groups'
import type { Card } from '../../domain/crd/cds-response'
import { CardView } from './CardView'
import type { CardDesk } from './card-desk'
import { deskOf } from './fake-desk'

afterEach(cleanup)

const card = (changed: Partial<Card>): Card => ({
  key: 'k',
  summary: 'Summary',
  indicator: 'warning',
  source: { label: 'Acme Health' },
  suggestions: [],
  links: [],
  overrideReasons: [],
  about: [],
  ...changed,
})

const merged = (...cards: readonly [Card, ...Card[]]): MergedCard => ({
  key: 'k',
  card: cards[0],
  copies: cards.map((each) => ({ payerId: 'acme', payerName: 'Acme Health', card: each })),
  ...(cards.length > 1 && { merged: `sent ${cards.length} times` }),
  topics: [],
})

const show = (changed: Partial<Card>, desk: Partial<CardDesk> = {}) =>
  render(<CardView merged={merged(card(changed))} desk={{ ...deskOf([]), ...desk }} />)

it('makes neither HTML, images nor unsafe links of what a payer wrote', async () => {
  const detail = [
    '**bold** <script>alert(1)</script> <img src=x onerror=alert(1)> ![alt](https://evil.example/x.png)',
    '[js](javascript:alert(1)) [data](data:text/html,x) [user](https://a:b@evil.example/) [ok](https://acme.example/a)',
  ].join('\n\n')
  const { container } = show({ detail })
  await waitFor(() => expect(container.querySelector('strong')).not.toBeNull())
  expect(container.querySelector('script, img, iframe')).toBeNull()
  const links = [...container.querySelectorAll('a')]
  expect(links.map((link) => link.getAttribute('href'))).toEqual(['https://acme.example/a'])
  expect(links[0]?.rel).toBe('noopener noreferrer')
  expect(links[0]?.target).toBe('_blank')
  expect(links[0]?.textContent).toContain('acme.example')
})

it.each([
  ['critical', 'Critical', false],
  ['warning', 'Warning', false],
  ['info', 'For information', true],
] as const)(
  '%s stands as a word, and only what is for information is folded',
  (indicator, word, isFolded) => {
    const { container } = show({ indicator, detail: 'Text' })
    expect(screen.getByText(word)).toBeTruthy()
    expect(container.querySelector('details') !== null).toBe(isFolded)
  },
)

it('explains a link that only the chart can start, and shows the address of one that is not safe', () => {
  const { container } = show({
    links: [
      { kind: 'smart', label: 'Fill in the form', given: 'https://acme.example/launch' },
      { kind: 'absolute', label: 'Odd', given: 'javascript:alert(1)' },
    ],
  })
  expect(screen.getByText(/Open this from the chart/)).toBeTruthy()
  expect(screen.getByText('javascript:alert(1)')).toBeTruthy()
  expect(container.querySelector('a')).toBeNull()
})

it('opens in place what a link to this very app hands over, after checking it', () => {
  const appContext = JSON.stringify({
    v: 1,
    type: 'pdex-member-history',
    payerFhirBase: 'https://acme.example/fhir',
    result: 'matched',
    ehrPatient: 'p1',
  })
  const payer = {
    id: 'acme',
    name: 'Acme Health',
    identifiers: [],
    fhirBase: 'https://acme.example/fhir',
    authorization: 'open',
  } as const
  const opened: string[] = []
  const address = 'https://app.example/beforehand/'
  const link = { kind: 'smart', label: 'Review history', given: address, href: address, appContext } as const
  const check = { payers: [payer], patientId: 'p1', now: 0 }
  show({ links: [link] }, { ownLinks: { appBaseUrl: address, check, onOpen: (given) => opened.push(given) } })
  fireEvent.click(screen.getByRole('button', { name: 'Open in Member history' }))
  expect(opened).toEqual([appContext])
})

it('flags an authorization for what was never ordered', () => {
  show({ summary: 'Authorization AUTH-77 was granted' })
  expect(screen.getByText(/Nothing has been ordered, so there is nothing to authorize/)).toBeTruthy()
  cleanup()
  show({ summary: 'Prior authorization is required' })
  expect(screen.queryByText(/there is nothing to authorize/)).toBeNull()
})
