// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import type { PayerAnswer } from '../../domain/crd/ask'
import type { Card } from '../../domain/crd/cds-response'
import type { FhirJson } from '../../domain/json'
import { Cards } from './Cards'
import { deskOf } from './fake-desk'

afterEach(cleanup)

const mri: FhirJson = { resourceType: 'ServiceRequest', id: 'mri', code: { text: 'MRI' } }

const card = (key: string, changed: Partial<Card> = {}): Card => ({
  key,
  summary: 'Send the notes',
  indicator: 'info',
  source: { label: 'Acme Health' },
  suggestions: [],
  links: [],
  overrideReasons: [],
  about: ['ServiceRequest/mri'],
  ...changed,
})

function show(...cards: readonly Card[]) {
  const answer: PayerAnswer = {
    kind: 'answered',
    payer: { id: 'acme', name: 'Acme Health', identifiers: [], authorization: 'open' },
    coverage: [],
    cards,
    otherActions: [],
    unreadable: [],
    scenarioVersion: 1,
    askedAt: 0,
    endedAt: 1,
  }
  return render(<Cards answer={answer} desk={deskOf([mri])} />)
}

const titles = (within: HTMLElement) => [...within.querySelectorAll('h3')].map((each) => each.textContent)

it('says once what several cards say alike, as loud as the loudest, with the sources and links of all', () => {
  const link = (host: string) => ({ kind: 'absolute' as const, label: host, given: `https://${host}/` })
  const { container } = show(
    card('a', { links: [link('one.example')] }),
    card('b', {
      summary: '**Send the notes.**',
      indicator: 'critical',
      source: { label: 'Imaging desk' },
      links: [link('two.example')],
    }),
  )
  expect(container.querySelectorAll('article')).toHaveLength(1)
  expect(screen.getByText('sent 2 times')).toBeTruthy()
  expect(screen.getByText('Critical')).toBeTruthy()
  expect(screen.getByText('Acme Health')).toBeTruthy()
  expect(screen.getByText('Imaging desk, sent by Acme Health')).toBeTruthy()
  expect(screen.getByText('one.example')).toBeTruthy()
  expect(screen.getByText('two.example')).toBeTruthy()
})

it('parts cards by what they are about and drops none', () => {
  show(
    card('a', { summary: 'General', about: [] }),
    card('b', { summary: 'Elsewhere', about: ['ServiceRequest/x'] }),
    card('c', { summary: 'Mine' }),
  )
  const part = (name: string) => titles(screen.getByRole('region', { name }))
  expect(part('About MRI')).toEqual(['Mine'])
  expect(part('About something that was not asked about')).toEqual(['Elsewhere'])
  expect(part('About no order in particular')).toEqual(['General'])
})

it('names no part where all cards are about the one order', () => {
  const { container } = show(card('a', { summary: 'One' }), card('b', { summary: 'Two' }))
  expect(titles(container)).toEqual(['One', 'Two'])
  expect(within(container).queryByText(/^About/)).toBeNull()
})
