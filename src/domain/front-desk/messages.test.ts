import { describe, expect, it } from 'vitest'
import type { FhirJson } from '../json'
import { answered, card, read, words } from './answer.test-data'

describe('what a payer says besides', () => {
  it('shows messages for the desk, counts those on treatment, and takes a corrected coverage as a proposal', () => {
    const corrected: FhirJson = { resourceType: 'Coverage', id: 'c1', status: 'active', subscriberId: 'AH-9' }
    const found = read(
      answered(
        [],
        [
          card('You pay **$20**.', 'cost', { detail: 'See [the plan](https://acme.example/plan).' }),
          card('Offer physiotherapy first.', 'guideline'),
          card('Acme Health holds history.', 'own-kind', {
            links: [{ label: 'Open', url: 'https://app.example', type: 'smart', appContext: '{}' }],
          }),
          card('Use the generic.', undefined, {
            suggestions: [
              { label: 'Change', actions: [{ type: 'delete', description: 'x', resourceId: ['a'] }] },
            ],
          }),
          card('The member number changed.', 'insurance', {
            suggestions: [
              {
                label: 'Take the new number',
                actions: [{ type: 'update', description: 'x', resource: corrected }],
              },
            ],
          }),
        ],
      ),
    )
    expect(found.notes.map((note) => [words(note.said), words(note.more)])).toEqual([
      ['You pay **$20**.', 'See the plan.'],
      ['The member number changed.', ''],
    ])
    expect(found.leftOut).toBe(3)
    expect(found.proposals.map(({ said: label, lines }) => [label, lines])).toEqual([
      [
        'Take the new number',
        [
          { label: 'State', value: 'active' },
          { label: 'Member number', value: 'AH-9' },
        ],
      ],
    ])
  })

  it('that has messages for the clinician alone does not speak of messages', () => {
    const found = read(answered([], [card('Offer physiotherapy first.', 'guideline')]))
    expect(words(found.headline)).toBe('Acme Health did not say whether it is covered.')
    expect(found.leftOut).toBe(1)
  })
})
