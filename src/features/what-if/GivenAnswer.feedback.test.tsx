// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { fail, ok } from '../../domain/result'
import { emptyForm } from './form-values'
import { answeredWith, answerOf, MRI, showGiven } from './given.test-data'

afterEach(cleanup)

const card = (over: object = {}) => ({
  uuid: 'c1',
  summary: 'Try rest first',
  indicator: 'warning',
  source: { label: 'Acme Health', topic: { code: 'guideline' } },
  ...over,
})
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }))

describe('telling the payer what became of its message', () => {
  const toldPayer = {
    id: 'acme',
    name: 'Acme Health',
    identifiers: [],
    authorization: 'open',
    feedback: true,
  } as const
  const reasons = { overrideReasons: [{ system: 's', code: 'tried', display: 'Tried before' }] }
  async function showTold(isOn: boolean, works = true) {
    const bodies: unknown[] = []
    const answer = answerOf({ cards: [card(reasons)] }, [MRI], { ...toldPayer, feedback: isOn })
    await showGiven(
      answeredWith(answer),
      {},
      {
        feedback: async (payer, service, body) => {
          bodies.push([payer.id, service, body])
          return works ? ok(undefined) : fail({ kind: 'network', server: 'Acme Health' })
        },
      },
    )
    return bodies
  }
  const leave = async (comment?: string) => {
    press('Dismiss')
    fireEvent.click(screen.getByRole('radio', { name: 'Tried before' }))
    if (comment !== undefined)
      fireEvent.change(screen.getByRole('textbox', { name: /^Comment for Acme Health/ }), {
        target: { value: comment },
      })
    await act(async () => press('Leave aside'))
  }

  it('is said beforehand, and done once, with the reason and the typed comment', async () => {
    const bodies = await showTold(true)
    press('Dismiss')
    expect(screen.getByText(/^Acme Health is told, once, that you left its message aside/)).toBeTruthy()
    press('Cancel')
    expect(bodies).toEqual([])
    await leave(' No use ')
    expect(screen.getByText('Acme Health was told.')).toBeTruthy()
    press('Undo')
    await leave('No use')
    expect(bodies).toMatchObject([
      [
        'acme',
        'order-sign-crd',
        {
          feedback: [
            {
              card: 'c1',
              outcome: 'overridden',
              overrideReason: { reason: { code: 'tried' }, userComment: 'No use' },
              outcomeTimestamp: new Date(2026, 10, 20, 10, 32).toISOString(),
            },
          ],
        },
      ],
    ])
  })

  it('that fails is said in one line and not tried again', async () => {
    const bodies = await showTold(true, false)
    await leave()
    expect(screen.getByText('Acme Health could not be told. It is not tried again.')).toBeTruthy()
    press('Undo')
    await leave()
    expect(bodies).toHaveLength(1)
  })

  it('is neither offered nor done where the site did not switch it on', async () => {
    const bodies = await showTold(false)
    await leave()
    expect(screen.getByText('Left aside: Tried before', { selector: 'p' })).toBeTruthy()
    expect(screen.queryByText(/told/)).toBeNull()
    expect(bodies).toEqual([])
  })

  it('of a suggestion that was used names that suggestion, once', async () => {
    const bodies: unknown[] = []
    const resource = { ...MRI, id: 'ct', subject: { reference: 'Patient/p1' }, code: { text: 'CT' } }
    const suggestions = [{ uuid: 's1', label: 'A CT', actions: [{ type: 'create', resource }] }]
    await showGiven(
      answeredWith(answerOf({ cards: [card({ suggestions })] }, [MRI], toldPayer)),
      {
        suggesting: {
          values: emptyForm('2026-11-20', () => 'mri'),
          facts: { version: 1, patientId: 'p1', reasons: [] },
          onUse: () => {},
        },
      },
      { feedback: async (_payer, _service, body) => ok(void bodies.push(body)) },
    )
    expect(screen.getByText(/Acme Health is told, once, if you use it\./)).toBeTruthy()
    expect(bodies).toEqual([])
    await act(async () => press('Use in what-if'))
    await act(async () => press('Use in what-if'))
    expect(screen.getByText('Acme Health was told.')).toBeTruthy()
    expect(bodies).toMatchObject([
      { feedback: [{ card: 'c1', outcome: 'accepted', acceptedSuggestions: [{ id: 's1' }] }] },
    ])
  })
})
