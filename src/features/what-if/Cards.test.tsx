// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
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
  return render(<Cards answers={[answer]} deskOf={() => deskOf([mri])} orders={[mri]} />)
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

describe('kinds of messages', () => {
  const about = (code: string) => ({
    source: { label: 'Acme Health', topic: { system: 's', code, display: '' } },
  })
  const three = [
    card('a', { summary: 'Costs', ...about('cost') }),
    card('b', { summary: 'Own', ...about('own-kind') }),
    card('c', { summary: 'None' }),
  ]
  const shownCount = () => screen.getByRole('status').textContent
  const box = (name: RegExp) => screen.getByRole('checkbox', { name }) as HTMLInputElement

  it('can be chosen, and what is not shown is said', () => {
    const { container } = show(...three)
    expect(box(/^All/).checked).toBe(true)
    expect(shownCount()).toBe('All 3 messages shown.')
    fireEvent.click(box(/^Cost \(1\)/))
    expect(titles(container)).toEqual(['Costs'])
    expect(shownCount()).toBe('1 of 3 messages shown.')
    expect(box(/^All/).checked).toBe(false)
    fireEvent.click(box(/^Other \(1\)/))
    expect(titles(container)).toEqual(['Costs', 'None'])
    fireEvent.click(box(/^All/))
    expect(titles(container)).toEqual(['Costs', 'Own', 'None'])
  })

  it('are not offered where all are of one kind', () => {
    show(card('a'), card('b', { summary: 'Two' }))
    expect(screen.queryByRole('checkbox')).toBeNull()
  })
})

describe('leaving a message aside', () => {
  const reason = { system: 's', code: 'tried', display: 'Tried before' }
  const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))

  it('folds it to a line with the reason, and back; focus follows', () => {
    show(card('a', { detail: 'Long text', overrideReasons: [reason] }))
    press('Dismiss')
    expect(document.activeElement).toBe(screen.getByRole('radio', { name: 'Tried before' }))
    expect(screen.queryByRole('textbox')).toBeNull()
    fireEvent.click(screen.getByRole('radio', { name: 'Tried before' }))
    press('Leave aside')
    expect(screen.getByText('Left aside: Tried before')).toBeTruthy()
    expect(screen.getByRole('heading', { name: 'Send the notes' })).toBeTruthy()
    expect(screen.queryByText('Read the message')).toBeNull()
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Undo' }))
    press('Undo')
    expect(screen.getByText('Read the message')).toBeTruthy()
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Send the notes' }))
  })

  it('asks for nothing where the card offers no reasons, and can be called off', () => {
    show(card('a'), card('b', { summary: 'Two', overrideReasons: [reason] }))
    fireEvent.click(screen.getAllByRole('button', { name: 'Dismiss' })[1] as HTMLElement)
    press('Cancel')
    expect(screen.queryByRole('radio')).toBeNull()
    fireEvent.click(screen.getAllByRole('button', { name: 'Dismiss' })[0] as HTMLElement)
    expect(screen.getByText('Left aside')).toBeTruthy()
  })

  it('outlasts choosing kinds of messages', () => {
    const topic = { system: 's', code: 'cost', display: '' }
    show(card('a'), card('b', { summary: 'Two', source: { label: 'Acme Health', topic } }))
    fireEvent.click(screen.getAllByRole('button', { name: 'Dismiss' })[0] as HTMLElement)
    fireEvent.click(screen.getByRole('checkbox', { name: /^Cost/ }))
    expect(screen.queryByText('Left aside')).toBeNull()
    fireEvent.click(screen.getByRole('checkbox', { name: /^All/ }))
    expect(screen.getByText('Left aside')).toBeTruthy()
  })
})
