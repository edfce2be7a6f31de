// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ApprovedRequest } from '../../../domain/crd/guard'
import { at, type FhirJson } from '../../../domain/json'
import { fail, ok } from '../../../domain/result'
import { coverageInformation, responseWith } from '../../asking/fake-answer'
import { fakeClock } from '../../asking/fake-clock'
import { fakeAudit } from '../../asking/fake-stores'
import { fakeWork, fakeWorld, Shell } from '../../asking/fake-work'
import { ask, askAboutMri, open, type Stage } from '../fake-stage'
import WhatIf from '../WhatIf'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const said = (authorization: string) =>
  coverageInformation(
    { url: 'covered', valueCode: 'covered' },
    { url: 'pa-needed', valueCode: authorization },
  )

const order = (request: ApprovedRequest | undefined): FhirJson =>
  JSON.parse(request?.body ?? '{}').context.draftOrders.entry[0].resource

const button = (name: string | RegExp) => screen.getByRole('button', { name })
const press = (name: string | RegExp) => fireEvent.click(button(name))
const card = (label: string) =>
  within(screen.getByRole('list', { name: 'Ways that are compared' }))
    .getByRole('heading', { name: label })
    .closest('li') as HTMLElement
const labels = () =>
  within(screen.getByRole('list', { name: 'Ways that are compared' }))
    .getAllByRole('heading', { level: 2 })
    .map((heading) => heading.textContent)

async function toCompare() {
  await screen.findByRole('button', { name: 'Ask Acme Health' })
  fireEvent.click(button('MRI of the lower back'))
  fireEvent.click(await screen.findByRole('button', { name: 'Compare' }))
  await screen.findByRole('heading', { level: 1, name: 'Compare with other ways' })
}

/** Another way that differs in one thing. */
async function addOne(aspect: string, field: string, value: string) {
  press('Add an alternative')
  const selects = await screen.findAllByLabelText('What is different')
  const select = selects.at(-1)
  if (select === undefined) throw new Error('nothing was added')
  fireEvent.change(select, { target: { value: aspect } })
  const fields = within(select.closest('li') as HTMLElement).getAllByLabelText(field)
  fireEvent.change(fields.at(-1) as HTMLElement, { target: { value } })
}

const answerTo = async (stage: Stage, index: number, authorization: string) => {
  const request = stage.sent[index]
  if (request === undefined) throw new Error('nothing was sent')
  await stage.answer(index, ok(responseWith(request, [said(authorization)])))
}

/** The task over drafts that outlive it, as JSON, as a browser keeps them over a new sign-in. */
function openKept(kept: Map<string, unknown>) {
  const work = fakeWork(fakeWorld(fakeClock(new Date(2026, 10, 20, 10, 32).getTime())))
  const drafts = {
    load: (name: string) => kept.get(name),
    save: (name: string, draft: unknown) => void kept.set(name, JSON.parse(JSON.stringify(draft))),
  }
  return render(
    <Shell work={{ ...work, ports: { ...work.ports, drafts } }}>
      <WhatIf />
    </Shell>,
  )
}

/** What is said to those who do not see the screen. */
const news = () =>
  screen
    .getAllByRole('status')
    .map((each) => each.textContent)
    .join()

/** The form's own, in sight or not. */
const formQuantity = () => screen.getAllByLabelText('How many')[0] as HTMLElement

describe('comparing', () => {
  it('asks every way at once, each once, and marks what differs from the first', async () => {
    const audit = fakeAudit()
    const stage = open({ audit })
    await toCompare()
    await addOne('place', 'Place of service', '11')
    await addOne('quantity', 'How many', '2')
    expect(labels()).toEqual(['As first asked', 'Place of service: Office', 'How many: 2'])
    press('Ask all')
    await waitFor(() => expect(stage.sent).toHaveLength(3))
    expect(stage.sent.map((request) => at(order(request), 'locationCode', 0, 'coding', 0, 'code'))).toEqual([
      undefined,
      '11',
      undefined,
    ])
    expect(stage.sent.map((request) => at(order(request), 'quantityQuantity', 'value'))).toEqual([1, 1, 2])
    await answerTo(stage, 0, 'auth-needed')
    await answerTo(stage, 1, 'no-auth')
    const table = screen.getByRole('table', { name: 'Acme Health' })
    expect(
      within(table)
        .getAllByRole('columnheader')
        .map((each) => each.textContent),
    ).toEqual(['About', 'As first asked', 'Place of service: Office', 'How many: 2'])
    const row = () => within(table).getByRole('row', { name: /^Prior authorization\?/ })
    const cells = () =>
      within(row())
        .getAllByRole('cell')
        .map((cell) => cell.textContent)
    expect(cells()).toEqual(['Needed before the service', '≠Differs: Not needed', 'Being asked'])
    await answerTo(stage, 2, 'auth-needed')
    expect(cells()[2]).toBe('Needed before the service')
    expect(within(table).getByRole('row', { name: /^Cost/ }).textContent).toContain('Not stated')
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Answers side by side'))
    await waitFor(() => expect(audit.held()).toHaveLength(3))
    expect(stage.sent).toHaveLength(3)
  })

  it('asks only what has no answer yet, and everything when told so', async () => {
    const stage = open()
    await askAboutMri(stage)
    await answerTo(stage, 0, 'auth-needed')
    await screen.findByText('Authorization needed')
    press('Compare')
    await screen.findByRole('heading', { level: 1, name: 'Compare with other ways' })
    await addOne('place', 'Place of service', '22')
    press('Ask all')
    await waitFor(() => expect(stage.sent).toHaveLength(2))
    await stage.answer(1, fail({ kind: 'http', server: 'Acme Health', status: 500 }))
    await within(card('Place of service: Hospital outpatient, on campus')).findByText('Failed')
    const table = screen.getByRole('table', { name: 'Acme Health' })
    expect(within(table).getByRole('row', { name: /^Covered\?/ }).textContent).toContain('No answer: ')
    expect(within(table).getByRole('row', { name: /^Prior authorization\?/ }).textContent).toContain(
      'No answer',
    )
    // What failed has no answer; the original has one.
    press('Ask all')
    await waitFor(() => expect(stage.sent).toHaveLength(3))
    await answerTo(stage, 2, 'no-auth')
    press('Ask all again')
    await waitFor(() => expect(stage.sent).toHaveLength(5))
  })

  it('offers to skip who is slow, and to stop all', async () => {
    const stage = open()
    await toCompare()
    await addOne('place', 'Place of service', '11')
    press('Ask all')
    await waitFor(() => expect(stage.sent).toHaveLength(2))
    act(() => stage.clock.advance(5000))
    expect(card('As first asked').textContent).toContain('Acme Health is slower than usual: 5 s')
    await waitFor(() =>
      expect(news()).toContain('As first asked. Acme Health is slower than usual. You can skip it.'),
    )
    press('Skip Acme Health: As first asked')
    await within(card('As first asked')).findByText('Skipped')
    expect(within(card('Place of service: Office')).queryByText('Skipped')).toBeNull()
    await waitFor(() =>
      expect(news()).toContain('As first asked. You skipped Acme Health before it answered.'),
    )
    expect(document.activeElement?.textContent).toBe('As first asked')
    press('Stop asking')
    await within(card('Place of service: Office')).findByText('Skipped')
    expect(stage.sent).toHaveLength(2)
  })

  it('sends nothing for a way that is not complete or the same as another, and says why', async () => {
    const stage = open()
    await toCompare()
    await addOne('quantity', 'How many', 'some')
    press('Add an alternative')
    await screen.findByRole('heading', { name: 'Alternative 2' })
    press('Ask all')
    await waitFor(() => expect(stage.sent).toHaveLength(1))
    expect(card('How many: some').textContent).toContain('Not complete: not asked')
    expect(card('Alternative 2').textContent).toContain(
      'This is the same as “As first asked”. Change something.',
    )
    await stage.answer(0, ok({ cards: [] }))
    expect(stage.sent).toHaveLength(1)
  })

  it('drops an answer once its way is changed', async () => {
    const stage = open()
    await toCompare()
    await addOne('place', 'Place of service', '11')
    press('Ask all')
    await waitFor(() => expect(stage.sent).toHaveLength(2))
    await answerTo(stage, 0, 'no-auth')
    await answerTo(stage, 1, 'no-auth')
    fireEvent.click(within(card('Place of service: Office')).getByText('What is different'))
    const field = await within(card('Place of service: Office')).findByLabelText('Place of service')
    fireEvent.change(field, { target: { value: '12' } })
    expect(card('Place of service: Home').textContent).toContain('Changed: ask again')
    const row = within(screen.getByRole('table')).getByRole('row', { name: /^Covered\?/ })
    expect(within(row).getAllByRole('cell')[1]?.textContent).toBe('Changed: ask again')
  })

  it('takes out a way and puts it back with its answer; five beside the first are the most', async () => {
    const stage = open()
    await toCompare()
    await addOne('place', 'Place of service', '11')
    press('Ask all')
    await waitFor(() => expect(stage.sent).toHaveLength(2))
    await answerTo(stage, 0, 'no-auth')
    await answerTo(stage, 1, 'auth-needed')
    press('Remove: Place of service: Office')
    expect(labels()).toEqual(['As first asked'])
    expect(document.activeElement?.textContent).toBe('Undo')
    press('Undo')
    expect(labels()).toEqual(['As first asked', 'Place of service: Office'])
    expect(card('Place of service: Office').textContent).toContain('Authorization needed')
    for (const count of [2, 3, 4, 5]) await addOne('quantity', 'How many', String(count))
    expect(button('Add an alternative')).toHaveProperty('disabled', true)
    expect(screen.queryByRole('button', { name: /^Duplicate/ })).toBeNull()
    expect(stage.sent).toHaveLength(2)
  })

  it('copies a way with what is different in it', async () => {
    open()
    await toCompare()
    await addOne('place', 'Place of service', '11')
    press('Duplicate: Place of service: Office')
    expect(labels()).toEqual(['As first asked', 'Place of service: Office', 'Place of service: Office (2)'])
    const copy = card('Place of service: Office (2)')
    fireEvent.change(within(copy).getByLabelText('And also'), { target: { value: 'quantity' } })
    fireEvent.change(within(copy).getByLabelText('How many'), { target: { value: '3' } })
    expect(labels().at(-1)).toBe('Place of service: Office; How many: 3')
  })

  it('shows a whole answer, to be read only', async () => {
    const stage = open()
    await toCompare()
    press('Ask all')
    await waitFor(() => expect(stage.sent).toHaveLength(1))
    await answerTo(stage, 0, 'auth-needed')
    button('Details: As first asked').focus()
    press('Details: As first asked')
    const details = await screen.findByRole('region', { name: 'Details: As first asked' })
    expect(await within(details).findByText('Covered, if prior authorization is granted first.')).toBeTruthy()
    expect(document.activeElement?.textContent).toContain('Acme Health')
    expect(within(details).queryByRole('button', { name: 'Ask again' })).toBeNull()
  })
})

describe('beside the form', () => {
  it('does not ask what the form is asking already, and shows the answer that comes there', async () => {
    const stage = open()
    await askAboutMri(stage)
    press('Compare')
    await screen.findByRole('heading', { level: 1, name: 'Compare with other ways' })
    await addOne('place', 'Place of service', '11')
    expect(card('As first asked').textContent).toContain('Asking Acme Health')
    expect(button('Ask all').getAttribute('aria-disabled')).toBe('true')
    await answerTo(stage, 0, 'auth-needed')
    await within(card('As first asked')).findByText('Authorization needed')
    press('Ask all')
    await waitFor(() => expect(stage.sent).toHaveLength(2))
  })

  it('is a list for each way where a table has no room', async () => {
    vi.stubGlobal('matchMedia', () => ({
      matches: true,
      addEventListener: () => {},
      removeEventListener: () => {},
    }))
    const stage = open()
    await toCompare()
    await addOne('place', 'Place of service', '11')
    press('Ask all')
    await waitFor(() => expect(stage.sent).toHaveLength(2))
    await answerTo(stage, 0, 'auth-needed')
    await answerTo(stage, 1, 'no-auth')
    const list = screen.getByRole('region', { name: 'Acme Health' })
    expect(screen.queryByRole('table')).toBeNull()
    const ways = within(list).getAllByRole('listitem')
    expect(ways.map((way) => within(way).getByRole('heading').textContent)).toEqual([
      'As first asked',
      'Place of service: Office',
    ])
    expect(ways[1]?.textContent).toContain('Prior authorization?≠Differs: Not needed')
    expect(ways[0]?.textContent).toContain('Not statedLimits · Cost · Contact · Good until')
  })

  it('has its alternatives again after a new sign-in, and says that they are not asked yet', async () => {
    const kept = new Map<string, unknown>()
    const { unmount } = openKept(kept)
    await toCompare()
    await addOne('place', 'Place of service', '11')
    unmount()
    openKept(kept)
    fireEvent.click(await screen.findByRole('button', { name: 'Compare' }))
    await waitFor(() => expect(labels()).toEqual(['As first asked', 'Place of service: Office']))
    expect(card('Place of service: Office').textContent).toContain('Not asked yet')
    expect(screen.queryByText('The form has changed since this comparison began.')).toBeNull()
  })
})

describe('the way back', () => {
  it('loses nothing, and leads to where comparing was asked for', async () => {
    open()
    await screen.findByRole('button', { name: 'Ask Acme Health' })
    fireEvent.click(button('MRI of the lower back'))
    const opener = await screen.findByRole('button', { name: 'Compare' })
    opener.focus()
    fireEvent.click(opener)
    const heading = await screen.findByRole('heading', { level: 1, name: 'Compare with other ways' })
    expect(document.activeElement).toBe(heading)
    await addOne('place', 'Place of service', '11')
    press('Back to the question')
    expect(document.activeElement).toBe(opener)
    expect(ask()).toBeTruthy()
    fireEvent.change(formQuantity(), { target: { value: '4' } })
    press('Compare')
    expect(labels()).toEqual(['As first asked', 'Place of service: Office'])
    expect(screen.getByText('The form has changed since this comparison began.')).toBeTruthy()
    press('Start again from the form')
    expect(screen.queryByText('The form has changed since this comparison began.')).toBeNull()
    expect(card('As first asked').textContent).toContain('How many4')
    expect(labels()).toEqual(['As first asked', 'Place of service: Office'])
  })

  it('can take a way along into the form', async () => {
    const stage = open()
    await toCompare()
    await addOne('quantity', 'How many', '7')
    press('Use this one: How many: 7')
    expect(formQuantity()).toHaveProperty('value', '7')
    fireEvent.click(ask())
    await waitFor(() => expect(stage.sent).toHaveLength(1))
    expect(at(order(stage.sent[0]), 'quantityQuantity', 'value')).toBe(7)
  })
})
