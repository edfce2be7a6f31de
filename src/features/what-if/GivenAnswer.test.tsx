// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { coverageInformation } from '../asking/fake-answer'
import { answeredWith, answerOf, MRI, showGiven } from './given.test-data'

afterEach(cleanup)

const card = (over: object = {}) => ({
  uuid: 'c1',
  summary: 'Try rest first',
  indicator: 'warning',
  source: { label: 'Acme Health', topic: { code: 'guideline' } },
  ...over,
})
const assert = (...parts: readonly { readonly url: string }[]) => ({
  type: 'update',
  resource: { ...MRI, extension: [coverageInformation(...parts)] },
})
const covered = { url: 'covered', valueCode: 'covered' }
const show = (
  response: object,
  ...rest: [Parameters<typeof showGiven>[1]?, Parameters<typeof showGiven>[2]?]
) => showGiven(answeredWith(answerOf(response, [MRI])), ...rest)
describe('how the answer was made', () => {
  it('is told in folded notes, alike ones once, with their place', async () => {
    await show({
      cards: [card(), card({ uuid: undefined, summary: 'Two' }), card({ uuid: undefined, summary: 'Three' })],
    })
    const notes = screen.getByText('Notes on how this answer was made (1)').closest('details') as HTMLElement
    expect(notes.textContent).toContain('The message has no identifier. (2 times)')
    expect(notes.textContent).toContain('card-uuid-missing: cards[1], cards[2]')
  })

  it('says nothing where nothing is to be said', async () => {
    await show({ cards: [card()] })
    expect(screen.queryByText(/^Notes on/)).toBeNull()
  })
})

describe('an answer of the second payer', () => {
  it('that speaks of coverage all the same is flagged', async () => {
    const answer = answerOf({ systemActions: [assert(covered)] }, [MRI])
    await showGiven(answeredWith({ ...answer, payerRole: 'secondary' }))
    expect(screen.getByText(/Go by the first payer’s answer/)).toBeTruthy()
    cleanup()
    await showGiven(answeredWith({ ...answer, payerRole: 'primary' }))
    expect(screen.queryByText(/Go by the first payer’s answer/)).toBeNull()
  })
})

describe('an answer of earlier', () => {
  const proposal = {
    overrideReasons: [{ code: 'x', display: 'X' }],
    suggestions: [
      {
        label: 'Order a CT',
        actions: [{ type: 'update', resource: { ...MRI, code: { text: 'CT' } } }],
      },
    ],
  }

  it('is read with the day on which it was given, and nothing can be done from it', async () => {
    await show(
      { cards: [card(proposal)], systemActions: [assert(covered)] },
      { readOnly: true, onAskAgain: () => {} },
    )
    expect(screen.getByText('Answered 20-Nov-2026 10:32, 0.8 s')).toBeTruthy()
    expect(screen.getByRole('row', { name: 'What MRI CT' })).toBeTruthy()
    const buttons = screen.getAllByRole('button').map((button) => button.textContent)
    expect(buttons.filter((name) => !/^(Copy|Print)/.test(name ?? ''))).toEqual([])
  })

  it.each(['skipped', 'silent'] as const)('that was %s offers no second try', async (kind) => {
    const { askedAt, endedAt, payer, scenarioVersion } = answerOf({}, [])
    await showGiven(answeredWith({ kind, askedAt, endedAt, scenarioVersion, ...(payer && { payer }) }), {
      readOnly: true,
      onAskAgain: () => {},
    })
    expect(screen.queryByRole('button', { name: /again/ })).toBeNull()
  })
})

describe('a link to this very app', () => {
  const context = (over: object = {}) =>
    JSON.stringify({
      v: 1,
      type: 'pdex-member-history',
      payerFhirBase: 'https://acme.example/fhir',
      result: 'matched',
      ehrPatient: 'p1',
      ...over,
    })
  const linkTo = (appContext: string | undefined) =>
    card({ links: [{ label: 'Review', type: 'smart', url: window.location.href, appContext }] })

  it.each([
    ['of another patient', context({ ehrPatient: 'other' }), /about another patient/],
    ['that is broken', '{"v":1', /unreadable or too old/],
    ['without a hand-over', undefined, /open already/],
  ])('%s is explained and not opened', async (_what, appContext, words) => {
    await show({ cards: [linkTo(appContext)] }, { onOwnLink: () => {} })
    expect(screen.getByText(words)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Open in Member history' })).toBeNull()
  })
})
