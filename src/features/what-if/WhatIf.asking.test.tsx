// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ok } from '../../domain/result'
import { coverageInformation, responseWith } from '../asking/fake-answer'
import { ask, askAboutMri, open, payerColumn } from './fake-stage'

afterEach(cleanup)

const covered = coverageInformation(
  { url: 'covered', valueCode: 'covered' },
  { url: 'pa-needed', valueCode: 'auth-needed' },
)

describe('asking', () => {
  it('says at once that it asks, counts seconds, offers to skip at 5 s and stops by itself at 10 s', async () => {
    const stage = open()
    await screen.findByRole('button', { name: 'Ask Acme Health' })
    fireEvent.click(screen.getByRole('button', { name: 'MRI of the lower back' }))
    fireEvent.click(ask())
    expect(within(payerColumn()).getByText('Asking')).toBeTruthy()
    await waitFor(() => expect(stage.sent).toHaveLength(1))
    act(() => stage.clock.advance(2000))
    expect(payerColumn().textContent).toContain('Asking Acme Health: 2 s')
    act(() => stage.clock.advance(3000))
    expect(payerColumn().textContent).toContain('Acme Health is slower than usual: 5 s')
    expect(screen.getByRole('button', { name: 'Skip Acme Health' })).toBeTruthy()
    await act(async () => stage.clock.advance(5000))
    await screen.findByText('Timed out')
    expect(payerColumn().textContent).toContain(
      'No answer from Acme Health in time. This does not mean the service is covered.',
    )
    expect(payerColumn().textContent).toContain('800 555 0142')
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy()
    expect(stage.sent).toHaveLength(1)
  })

  it('sends one request for a double click, and a draft with what the chart knows', async () => {
    const stage = open()
    await askAboutMri(stage)
    fireEvent.click(ask())
    await act(async () => {})
    expect(stage.sent).toHaveLength(1)
    const order = JSON.parse(stage.sent[0]?.body ?? '{}').context.draftOrders.entry[0].resource
    expect(order).toMatchObject({
      resourceType: 'ServiceRequest',
      status: 'draft',
      code: { text: 'MRI of the lower back', coding: [{ code: '72148' }] },
      subject: { reference: 'Patient/p1' },
      requester: { reference: 'Practitioner/dr1', display: 'Dr. Ana Moreno' },
      occurrenceDateTime: '2026-11-20',
      insurance: [{ reference: 'Coverage/c1' }],
    })
  })

  it('is done by Ctrl+Enter too', async () => {
    const stage = open()
    await screen.findByRole('button', { name: 'Ask Acme Health' })
    fireEvent.click(screen.getByRole('button', { name: 'MRI of the lower back' }))
    fireEvent.keyDown(screen.getByLabelText('How many'), { key: 'Enter', ctrlKey: true })
    await waitFor(() => expect(stage.sent).toHaveLength(1))
  })

  it('skipping says so and offers to ask again', async () => {
    const stage = open()
    await askAboutMri(stage)
    act(() => stage.clock.advance(5000))
    fireEvent.click(screen.getByRole('button', { name: 'Skip Acme Health' }))
    await screen.findByText('Skipped')
    expect(payerColumn().textContent).toContain('You skipped Acme Health before it answered.')
    expect(screen.getByRole('button', { name: 'Ask again' })).toBeTruthy()
  })

  it('never lets a late answer stand where a newer one belongs', async () => {
    const stage = open()
    await askAboutMri(stage)
    fireEvent.change(screen.getByLabelText('How many'), { target: { value: '2' } })
    fireEvent.click(ask())
    await waitFor(() => expect(stage.sent).toHaveLength(2))
    await stage.answer(1, ok({ cards: [] }))
    await screen.findByText('Said nothing')
    const first = stage.sent[0]
    if (first === undefined) throw new Error('nothing was sent')
    await stage.answer(0, ok(responseWith(first, [covered])))
    expect(screen.queryByText('Authorization needed')).toBeNull()
    expect(screen.getByText('Said nothing')).toBeTruthy()
  })
})

describe('after an answer', () => {
  it('a changed question makes it visibly stale; changing it back makes it good again', async () => {
    const stage = open()
    await askAboutMri(stage)
    await stage.answer(0, ok({ cards: [] }))
    await screen.findByText('Said nothing')
    const stale = 'You changed the question after this answer. Ask again.'
    expect(screen.queryByText(stale)).toBeNull()
    fireEvent.change(screen.getByLabelText('How many'), { target: { value: '3' } })
    expect(screen.getByText(stale)).toBeTruthy()
    fireEvent.change(screen.getByLabelText('How many'), { target: { value: '1' } })
    expect(screen.queryByText(stale)).toBeNull()
  })

  it('its heading takes focus from the Ask button', async () => {
    const stage = open()
    await screen.findByRole('button', { name: 'Ask Acme Health' })
    fireEvent.click(screen.getByRole('button', { name: 'MRI of the lower back' }))
    ask().focus()
    fireEvent.click(ask())
    await waitFor(() => expect(stage.sent).toHaveLength(1))
    await stage.answer(0, ok({ cards: [] }))
    await screen.findByText('Said nothing')
    expect(document.activeElement?.textContent).toBe('Acme Health · MRI of the lower back')
  })

  it('a field that is being typed in keeps the focus; the answer is announced instead', async () => {
    const stage = open()
    await askAboutMri(stage)
    const field = screen.getByLabelText('How many')
    field.focus()
    await stage.answer(0, ok({ cards: [] }))
    await screen.findByText('Said nothing')
    expect(document.activeElement).toBe(field)
    await waitFor(() =>
      expect(
        screen
          .getAllByRole('status')
          .some((status) => status.textContent?.includes('Acme Health returned no guidance.')),
      ).toBe(true),
    )
  })

  it('cards stand loudest first; what could not be read is counted, with a reference', async () => {
    const stage = open()
    await askAboutMri(stage)
    const source = { label: 'Acme Health' }
    const cards = [
      { uuid: 'a', summary: 'For your information', indicator: 'info', source, detail: 'Folded text' },
      { uuid: 'b', summary: 'Stop and look', indicator: 'critical', source, detail: 'Open text' },
      { indicator: 'info', source },
    ]
    await stage.answer(0, ok({ cards }))
    await screen.findByText('1 message could not be read.')
    const headings = screen.getAllByRole('heading', { level: 3 }).map((h) => h.textContent)
    expect(headings).toEqual(['Stop and look', 'For your information'])
    expect(payerColumn().textContent).toContain('did not say whether this is covered')
    expect(screen.getByRole('button', { name: 'Copy reference' })).toBeTruthy()
  })

  it('can be copied as text and stands on paper, with patient, question, answer, time and who asked', async () => {
    const print = vi.fn()
    vi.stubGlobal('print', print)
    const stage = open()
    await askAboutMri(stage)
    await stage.answer(0, ok({ cards: [] }))
    await screen.findByText('Said nothing')
    act(() => void window.dispatchEvent(new Event('beforeprint')))
    const paper = document.querySelector('.paper')?.textContent ?? ''
    act(() => void window.dispatchEvent(new Event('afterprint')))
    expect(document.querySelector('.paper')).toBeNull()
    expect(paper).toContain('What-if, not an order, not a guarantee of payment')
    expect(paper).toContain('Roe, Jane')
    expect(paper).toContain('MRI of the lower back (CPT 72148)')
    expect(paper).toContain('Acme Health returned no guidance.')
    expect(paper).toContain('20-Nov-2026 10:32 (UTC')
    expect(paper).toContain('Dr. Ana Moreno')
    fireEvent.click(screen.getByRole('button', { name: 'Print' }))
    expect(print).toHaveBeenCalledOnce()
    vi.unstubAllGlobals()
  })
})
