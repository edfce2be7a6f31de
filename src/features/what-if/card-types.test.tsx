// @vitest-environment jsdom
import { cleanup } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { answeredWith, answerOf, MRI, showGiven } from './given.test-data'

afterEach(cleanup)

const suggests = (label: string, ...actions: readonly object[]) => ({
  selectionBehavior: 'any',
  suggestions: [{ label, uuid: 's1', actions }],
})
const create = (resource: object, more: object = {}) => ({
  type: 'create',
  description: 'As the payer says',
  resource,
  ...more,
})
const update = (resource: object) => ({ type: 'update', description: 'As the payer says', resource })

const ct = {
  resourceType: 'ServiceRequest',
  id: 'ct',
  status: 'draft',
  code: { text: 'CT' },
  subject: { reference: 'Patient/p1' },
}

/** Every type of response of CRD 1.1 to 2.2 (crd-facts A7), and what a reader has to find. */
const types: readonly (readonly [name: string, card: object, words: readonly string[]])[] = [
  [
    'external reference',
    { links: [{ label: 'Guideline', url: 'https://acme.example/g.pdf', type: 'absolute' }] },
    ['Guideline', '(acme.example, opens a new tab)'],
  ],
  ['instructions', { detail: 'Call us **first**.', indicator: 'warning' }, ['Call us']],
  [
    'annotate (CRD 1.1)',
    suggests(
      'Add to the record',
      update({ ...MRI, note: [{ text: 'No authorization required', authorString: 'Acme Health' }] }),
    ),
    ['Add to the record', 'Remark: No authorization required (Acme Health)'],
  ],
  [
    'alternate request, by change',
    suggests('A CT instead', update({ ...MRI, code: { text: 'CT' } })),
    ['A CT instead', 'MRI', 'CT'],
  ],
  [
    'alternate request, by replacement',
    suggests(
      'A CT instead',
      { type: 'delete', description: 'Take it out', resourceId: 'ServiceRequest/mri' },
      create(ct),
    ),
    ['MRI', 'CT', 'Would become'],
  ],
  [
    'additional orders',
    suggests('Order a CT as well', create(ct)),
    ['Order a CT as well', 'No such order', 'CT'],
  ],
  [
    'form completion',
    suggests(
      'Fill in the form',
      create(
        { resourceType: 'Questionnaire', url: 'https://x.example/Q', title: 'Imaging' },
        { extension: { 'davinci-crd.if-none-exist': 'url=x' } },
      ),
      create({
        resourceType: 'Task',
        description: 'Do it',
        input: [{ valueCanonical: 'https://x.example/Q' }],
      }),
    ),
    [
      'Would add a form in the chart if there is none like it yet',
      'Would add a task in the chart',
      'Do it',
      'Look at the form: Imaging',
    ],
  ],
  [
    'create coverage',
    suggests(
      'Add the coverage',
      create({ resourceType: 'Coverage', subscriberId: 'M-7', payor: [{ display: 'Delta' }] }),
    ),
    ['Would add a coverage record in the chart', 'M-7', 'Delta'],
  ],
  [
    'update coverage',
    suggests(
      'Correct the coverage',
      update({ resourceType: 'Coverage', id: '1', period: { end: '2026-12-31' } }),
    ),
    ['Would change a coverage record in the chart', 'Until 31-Dec-2026'],
  ],
  [
    'launch SMART app',
    {
      links: [
        { label: 'Open the form', url: 'https://acme.example/launch', type: 'smart', appContext: '{"a":1}' },
      ],
    },
    ['Open the form', 'only the chart can start'],
  ],
  [
    'unsolicited or pre-emptive prior authorization (CRD 1.1)',
    {
      detail: 'Please note prior authorization # 12345 on claim submission.',
      ...suggests(
        'Store it',
        create({
          resourceType: 'ClaimResponse',
          id: 'a',
          use: 'preauthorization',
          preAuthRef: '12345',
          outcome: 'complete',
        }),
      ),
    },
    [
      'This message speaks of an authorization',
      'Would add an authorization',
      'not valid for a what-if',
      '12345',
    ],
  ],
  [
    'deferral (CRD 1.1)',
    suggests(
      'Put it off',
      create({
        resourceType: 'Task',
        status: 'requested',
        code: { text: 'Ask the payer again' },
        focus: { reference: 'ServiceRequest/mri' },
      }),
    ),
    ['Put it off', 'Would add a task in the chart', 'Ask the payer again'],
  ],
]

describe('every type of card', () => {
  it.each(types)('%s reads in words', async (_name, over, expected) => {
    const card = {
      uuid: 'c',
      summary: 'A message',
      indicator: 'info',
      source: { label: 'Acme Health' },
      ...over,
    }
    const { container } = await showGiven(answeredWith(answerOf({ cards: [card] }, [MRI])))
    for (const words of expected) expect(container.textContent).toContain(words)
    expect(container.textContent).not.toMatch(/\[object |undefined|\{"|could not be read/)
  })
})

it('a coverage record that a payer’s system would change by itself is held back and told in words (CRD resp-67)', async () => {
  const resource = { resourceType: 'Coverage', id: '1', period: { end: '2026-12-31' } }
  const answer = answerOf({ systemActions: [{ type: 'update', resource }] }, [MRI])
  const { container } = await showGiven(answeredWith(answer))
  for (const words of [
    'The payer also wanted to change something. Nothing was changed.',
    'a coverage record',
    'Until 31-Dec-2026',
  ])
    expect(container.textContent).toContain(words)
})
