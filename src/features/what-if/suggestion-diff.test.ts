import { describe, expect, it } from 'vitest'
import type { Action, Suggestion } from '../../domain/crd/cds-response'
import type { FhirJson } from '../../domain/json'
import { viewSuggestion } from './suggestion-diff'

const mri: FhirJson = {
  resourceType: 'ServiceRequest',
  id: 'a',
  code: { text: 'MRI', coding: [{ system: 's', code: '72148' }] },
  occurrenceDateTime: '2026-11-20',
}
const ct: FhirJson = { ...mri, id: 'b', code: { text: 'CT', coding: [{ system: 's', code: '72131' }] } }

const suggest = (...actions: readonly Action[]): Suggestion => ({
  key: 'k',
  label: 'x',
  isRecommended: false,
  actions,
})

describe('what a suggestion would change', () => {
  const changed = [{ label: 'Order', before: 'MRI (72148)', after: 'CT (72131)' }]

  it('a deletion with one creation reads as one change, and only differences are listed', () => {
    const view = viewSuggestion(
      suggest({ type: 'delete', targets: ['ServiceRequest/a'] }, { type: 'create', resource: ct }),
      [mri],
    )
    expect(view).toEqual({ rows: changed, sentences: [] })
  })

  it('an update is compared with the order of that id', () => {
    const view = viewSuggestion(suggest({ type: 'update', resource: { ...ct, id: 'a' } }), [mri])
    expect(view.rows).toEqual(changed)
  })

  it('an order that is added has nothing before it', () => {
    const view = viewSuggestion(suggest({ type: 'create', resource: ct }), [mri])
    expect(view.rows[0]).toEqual({ label: 'Order', before: 'No such order', after: 'CT (72131)' })
  })

  it('an order that is only removed is taken out; one that was not asked about is said to be', () => {
    expect(viewSuggestion(suggest({ type: 'delete', targets: ['ServiceRequest/a'] }), [mri]).rows).toEqual([
      { label: 'Order', before: 'MRI (72148)', after: 'Taken out' },
    ])
    const foreign = viewSuggestion(suggest({ type: 'delete', targets: ['ServiceRequest/z'] }), [mri])
    expect(foreign.rows).toEqual([])
    expect(foreign.sentences).toHaveLength(1)
  })

  it('anything but an order is a sentence, with the words of the payer', () => {
    const resource: FhirJson = { resourceType: 'Task', id: 't' }
    const view = viewSuggestion(suggest({ type: 'create', resource, description: 'Fill in the form' }), [mri])
    expect(view.sentences).toEqual(['Would add: Task: Fill in the form'])
  })
})
