// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import type { ComponentProps } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import type { Action, Card, Suggestion } from '../../domain/crd/cds-response'
import type { FhirJson } from '../../domain/json'
import { deskOf } from './fake-desk'
import { Suggestions, type SuggestionUse } from './Suggestions'

afterEach(cleanup)

const mri: FhirJson = {
  resourceType: 'ServiceRequest',
  id: 'draft-1',
  code: { text: 'MRI', coding: [{ system: 'http://s.example', code: '72148' }] },
  subject: { reference: 'Patient/p1' },
  occurrenceDateTime: '2026-11-20',
}
const ct: FhirJson = {
  ...mri,
  id: 'b',
  code: { text: 'CT', coding: [{ system: 'http://s.example', code: '72131' }] },
}
const update = (changed: object): Action => ({ type: 'update', resource: { ...mri, ...changed } })
const suggestion = (label: string, ...actions: readonly Action[]): Suggestion => ({
  key: label,
  label,
  isRecommended: false,
  actions,
})

function show(
  changed: Pick<Card, 'suggestions'> & Partial<Card>,
  telling?: ComponentProps<typeof Suggestions>['telling'],
): SuggestionUse[] {
  const used: SuggestionUse[] = []
  const card: Card = {
    key: 'k',
    summary: 'Summary',
    indicator: 'info',
    source: { label: 'Acme Health' },
    links: [],
    overrideReasons: [],
    about: [],
    ...changed,
  }
  render(<Suggestions card={card} desk={deskOf([mri], used)} {...(telling && { telling })} />)
  return used
}

const press = () => fireEvent.click(screen.getByRole('button', { name: 'Use in what-if' }))

describe('a suggestion', () => {
  it('shows before and after, and fills the form only when it is used', () => {
    const used = show({ suggestions: [suggestion('Order a CT', update({ code: ct.code }))] })
    expect(screen.getByRole('row', { name: 'What MRI (72148) CT (72131)' })).toBeTruthy()
    expect(used).toEqual([])
    press()
    expect(used).toHaveLength(1)
    expect(used[0]?.label).toBe('Order a CT')
    expect(used[0]?.values.what.ServiceRequest.item?.coding[0]?.code).toBe('72131')
    expect(screen.getByText(/Nothing is written to the chart/)).toBeTruthy()
  })

  it('says what is asked along without a field of its own', () => {
    const used = show({ suggestions: [suggestion('At once', update({ priority: 'urgent' }))] })
    press()
    expect(used[0]?.notes).toHaveLength(1)
    expect(used[0]?.notes[0]).toMatch(/^Asked as the payer proposes it.*priority/)
  })

  it('says what the form cannot carry', () => {
    const requester = { reference: 'Practitioner/other', display: 'Dr. Who' }
    const used = show({ suggestions: [suggestion('Let another order it', update({ requester }))] })
    press()
    expect(used[0]?.notes).toContain('Not carried over: who orders. The form asks with its own.')
  })

  it('that adds an order leaves the other one as it was asked', () => {
    const used = show({ suggestions: [suggestion('A CT as well', { type: 'create', resource: ct })] })
    expect(screen.getByRole('row', { name: 'What No such order CT (72131)' })).toBeTruthy()
    press()
    expect(used[0]?.values.others).toHaveLength(1)
  })

  it('tells the payer of its use where that is said, and only then', () => {
    const told: (readonly string[])[] = []
    const telling = { sentence: 'Acme Health is told.', onUsed: (keys: readonly string[]) => told.push(keys) }
    show({ suggestions: [suggestion('Order a CT', update({ code: ct.code }))] }, telling)
    expect(screen.getByText(/Acme Health is told\./)).toBeTruthy()
    expect(told).toEqual([])
    press()
    expect(told).toEqual([['Order a CT']])
  })

  const unfit: readonly (readonly [string, Action, RegExp])[] = [
    [
      'leaves nothing to ask',
      { type: 'delete', targets: ['ServiceRequest/draft-1'] },
      /nothing would be left/,
    ],
    [
      'makes an order of a kind without a form',
      {
        type: 'create',
        resource: { resourceType: 'NutritionOrder', id: 'n', patient: { reference: 'Patient/p1' } },
      },
      /cannot be asked about here/,
    ],
    [
      'changes only the chart',
      { type: 'create', resource: { resourceType: 'Task', id: 't' } },
      /changes nothing that this question is about/,
    ],
    [
      'removes what was not asked about',
      { type: 'delete', targets: ['ServiceRequest/z'] },
      /not part of this question/,
    ],
  ]
  it.each(unfit)('that %s can only be looked at, and it is said why', (_, action, reason) => {
    show({ suggestions: [suggestion('x', action)] })
    expect(screen.getByText(reason)).toBeTruthy()
    expect(screen.queryByRole('button')).toBeNull()
  })
})

describe('several suggestions', () => {
  const suggestions = [
    { ...suggestion('Order a CT', update({ code: ct.code })), isRecommended: true },
    suggestion('Later', update({ occurrenceDateTime: '2026-12-24' })),
  ]

  it('of which one may be chosen are radios, none of them preselected, the recommended one labelled', () => {
    const used = show({ suggestions, selectionBehavior: 'at-most-one' })
    const radios = screen.getAllByRole('radio')
    expect(radios.map((each) => (each as HTMLInputElement).checked)).toEqual([false, false])
    expect(screen.getByText('(recommended by the payer)')).toBeTruthy()
    press()
    expect(used).toEqual([])
    expect(screen.getByRole('status').textContent).toBe('Choose a suggestion first.')
    fireEvent.click(screen.getByRole('radio', { name: /^Later/ }))
    press()
    expect(used.map((each) => each.values.when)).toEqual(['2026-12-24'])
  })

  it('of which any may be chosen are checkboxes, and two that contradict each other are not used', () => {
    show({ suggestions, selectionBehavior: 'any' })
    for (const box of screen.getAllByRole('checkbox')) fireEvent.click(box)
    expect(screen.getByText('Two of the chosen suggestions change the same order.')).toBeTruthy()
    expect(screen.queryByRole('button')).toBeNull()
  })
})
