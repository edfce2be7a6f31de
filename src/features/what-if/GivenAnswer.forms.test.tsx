// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react'
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
const show = (response: object) => showGiven(answeredWith(answerOf(response, [MRI])))

describe('a form of the payer', () => {
  const form = {
    resourceType: 'Questionnaire',
    url: 'https://acme.example/Q',
    version: '2',
    title: 'Imaging',
    item: [
      {
        linkId: 'g',
        type: 'group',
        text: 'History',
        item: [
          { linkId: 'a', prefix: '1.', type: 'boolean', text: 'Pain for six weeks?', required: true },
          {
            linkId: 'b',
            type: 'choice',
            text: 'Which care?',
            answerOption: [{ valueString: 'Rest' }, { valueString: 'Ice' }],
          },
          'odd',
        ],
      },
    ],
  }
  const task = {
    resourceType: 'Task',
    description: 'Fill in',
    input: [{ valueCanonical: 'https://acme.example/Q|2' }],
  }
  const formCard = card({
    suggestions: [
      {
        label: 'Add it',
        actions: [
          { type: 'create', resource: form, description: 'Add the form' },
          { type: 'create', resource: task, description: 'Add the task' },
        ],
      },
    ],
  })
  const open = async (name: RegExp) => {
    const details = screen.getByText(name).closest('details') as HTMLDetailsElement
    await act(async () => {
      details.open = true
      fireEvent(details, new Event('toggle'))
    })
    return within(await within(details).findByRole('region'))
  }

  it('on a card can be looked at: its groups, questions, how they are answered, and what could not be read', async () => {
    await show({ cards: [formCard] })
    expect(screen.getAllByText(/^Look at the form/)).toHaveLength(1)
    const outline = await open(/^Look at the form: Imaging/)
    for (const words of [
      '2 questions',
      'History',
      '1. Pain for six weeks?',
      'Yes or no',
      'Required',
      'Which care?',
      'Rest',
      'Ice',
    ])
      expect(outline.getByText(words)).toBeTruthy()
    expect(outline.getByText('1 part of this form could not be read.')).toBeTruthy()
    expect(outline.queryByRole('textbox')).toBeNull()
  })

  it('named by the coverage answer is found where it came along on a card', async () => {
    const named = { url: 'questionnaire', valueCanonical: 'https://acme.example/Q' }
    await show({ cards: [formCard], systemActions: [assert(covered, named)] })
    expect(screen.getAllByText('Look at the form: Imaging')).toHaveLength(2)
  })

  it('that did not come along is named, without being fetched', async () => {
    const named = { url: 'questionnaire', valueCanonical: 'https://elsewhere.example/Q|1' }
    await show({ systemActions: [assert(covered, named)] })
    expect(screen.getByText(/Acme Health named this form and did not send its questions along/)).toBeTruthy()
    expect(screen.getAllByText('https://elsewhere.example/Q|1').length).toBeGreaterThan(0)
  })

  it('by system action is told as something that was not done, with the task in words', async () => {
    await show({
      systemActions: [
        { type: 'create', resource: form },
        { type: 'create', resource: task },
      ],
    })
    expect(screen.getByText('The payer also wanted to change something. Nothing was changed.')).toBeTruthy()
    expect(screen.getByText('Fill in')).toBeTruthy()
    expect(screen.getByText('Look at the form: Imaging')).toBeTruthy()
  })
})
