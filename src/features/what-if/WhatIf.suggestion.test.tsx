// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import type { FhirJson } from '../../domain/json'
import { ok } from '../../domain/result'
import { responseWith } from '../asking/fake-answer'
import { ask, askAboutMri, box, open, payerColumn, type Stage } from './fake-stage'

afterEach(cleanup)

const orderOf = (stage: Stage, index: number): FhirJson =>
  JSON.parse(stage.sent[index]?.body ?? '{}').context.draftOrders.entry[0].resource

async function useSuggestion(): Promise<Stage> {
  const stage = open()
  await askAboutMri(stage)
  const [request] = stage.sent
  if (request === undefined) throw new Error('nothing was sent')
  const resource = {
    ...orderOf(stage, 0),
    code: { text: 'CT', coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '72131' }] },
    priority: 'urgent',
  }
  const card = {
    summary: 'Try a CT',
    indicator: 'info',
    source: { label: 'Acme Health' },
    selectionBehavior: 'at-most-one',
    suggestions: [{ label: 'Order a CT', actions: [{ type: 'update', description: 'CT', resource }] }],
  }
  await stage.answer(0, ok(responseWith(request, [], [card])))
  fireEvent.click(await screen.findByRole('button', { name: 'Use in what-if' }))
  await screen.findByText('Suggestion in use: Order a CT')
  return stage
}

const value = () => (box() as HTMLInputElement).value

it('fills the form, makes the answer stale, and asks only when told to', async () => {
  const stage = await useSuggestion()
  expect(value()).toBe('CT')
  expect(payerColumn().textContent).toContain('You changed the question after this answer')
  expect(document.activeElement?.textContent).toContain('Nothing is written to the chart')
  expect(screen.getByText(/A field that you change is asked as you write it/)).toBeTruthy()
  expect(stage.sent).toHaveLength(1)
  fireEvent.click(ask())
  await waitFor(() => expect(stage.sent).toHaveLength(2))
  expect(orderOf(stage, 1)).toMatchObject({
    status: 'draft',
    code: { text: 'CT', coding: [{ code: '72131' }] },
    priority: 'urgent',
    requester: { reference: 'Practitioner/dr1' },
  })
})

it('is undone to the form as it was, and the answer holds again', async () => {
  await useSuggestion()
  fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
  expect(value()).toBe('MRI of the lower back')
  expect(screen.queryByText(/Suggestion in use/)).toBeNull()
  await waitFor(() => expect(payerColumn().textContent).not.toContain('You changed the question'))
})

it('is no longer followed where another service is chosen', async () => {
  const stage = await useSuggestion()
  fireEvent.click(screen.getByRole('button', { name: 'MRI of the lower back' }))
  await screen.findByText(/You have chosen something else since/)
  await act(async () => void fireEvent.click(ask()))
  await waitFor(() => expect(stage.sent).toHaveLength(2))
  expect(orderOf(stage, 1)).not.toHaveProperty('priority')
})
