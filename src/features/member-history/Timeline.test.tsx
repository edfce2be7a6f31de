// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { heading, open, press } from './on-screen.test-data'
import { monthsWords, monthWords } from './timeline-words'
import { type World, world } from './world.test-data'

afterEach(cleanup)

const npi = 'http://hl7.org/fhir/sid/us-npi'
const icd = 'http://hl7.org/fhir/sid/icd-10-cm'
const member = { subject: { reference: 'Patient/m1' }, patient: { reference: 'Patient/m1' } }
const at = { encounter: { reference: 'Encounter/v' } }
const place = (value: string, display: string) => ({
  serviceProvider: { display, identifier: { system: npi, value } },
})
const of = (resourceType: string, id: string, more: object) => ({ resourceType, id, ...member, ...more })
const visit = (id: string, day: string | undefined, what: string, more: object = {}) =>
  of('Encounter', id, {
    status: 'finished',
    type: [{ text: what }],
    ...(day !== undefined && { period: { start: day, end: day } }),
    ...more,
  })
const problem = (id: string, display: string, more: object = {}) =>
  of('Condition', id, {
    code: { coding: [{ system: icd, code: `X${id}`, display }] },
    clinicalStatus: { coding: [{ code: 'active' }] },
    ...more,
  })

const history: Partial<World> = {
  records: {
    Encounter: [
      visit('v', '2026-09-12', 'Emergency visit', place('2', 'Northside')),
      visit('w', '2025-01-10', 'Office visit', place('1', 'Lakeside')),
      visit('x', undefined, 'Phone call'),
    ],
    Condition: [
      problem('1', 'Pneumonia', { ...at, recordedDate: '2026-09-12' }),
      problem('2', 'Cough', { ...at, verificationStatus: { coding: [{ code: 'refuted' }] } }),
    ],
    ExplanationOfBenefit: [
      of('ExplanationOfBenefit', 'e', {
        status: 'active',
        use: 'claim',
        type: { text: 'professional' },
        billablePeriod: { start: '2026-09-12', end: '2026-09-12' },
        item: [{ encounter: [{ reference: 'Encounter/v' }] }],
        payment: { amount: { value: 987, currency: 'USD' } },
      }),
    ],
    MedicationRequest: [],
    Procedure: [],
  },
  chart: {
    Encounter: [{ ...visit('here', '2026-05-03', 'Office visit'), subject: { reference: 'Patient/p1' } }],
    Condition: [
      {
        ...problem('1', 'Pneumonia', { recordedDate: '2026-09-12' }),
        id: 'known',
        subject: { reference: 'Patient/p1' },
      },
    ],
  },
}

async function openTimeline(changes: Partial<World> = {}) {
  const bench = open({ ...world, ...history, ...changes })
  await press('Find at Acme Health')
  await press('Read history')
  await heading(/sent 6 records/)
  fireEvent.click(await screen.findByRole('radio', { name: 'Timeline' }))
  await screen.findByRole('list', { name: 'Timeline' })
  return bench
}

const event = (name: string): HTMLElement =>
  screen.getByRole('heading', { level: 4, name }).closest('li') as HTMLElement

/** Order on the screen of texts that stand once. */
const order = (...texts: readonly (string | RegExp)[]): boolean =>
  texts
    .map((text) => screen.getByText(text))
    .every((element, index, all) => {
      const next = all[index + 1]
      return (
        next === undefined || (element.compareDocumentPosition(next) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
      )
    })

describe('timeline', () => {
  it('puts the records of one event together, each with its reason and its verdict, amounts left out', async () => {
    await openTimeline()
    const whole = event('Emergency visit')
    expect(whole.querySelector('.tl-rail')?.textContent).toBe('12-Sep-2026Visit')
    expect(whole.textContent).toContain('Northside')
    expect(within(whole).getByText('4 records', { exact: false })).toBeTruthy()
    expect(within(whole).getByText('The claim names this visit.')).toBeTruthy()
    expect(within(whole).getAllByText('Recorded at this visit.')).toHaveLength(2)
    expect(await within(whole).findByText('Same in chart')).toBeTruthy()
    expect(whole.textContent).not.toContain('987')
  })

  it('selects an event at once but what is held back or in the chart, and shares the selection with the list', async () => {
    await openTimeline()
    await screen.findByText('Same in chart')
    const box = within(event('Emergency visit')).getByRole<HTMLInputElement>('checkbox', {
      name: /^Select all 2 of Emergency visit/,
    })
    expect(box.closest('label')?.textContent).toContain(
      '(1 with a warning is left out; 1 the same as in the chart is left out)',
    )
    expect(screen.getAllByRole<HTMLInputElement>('checkbox').some(({ checked }) => checked)).toBe(false)
    fireEvent.click(box)
    expect(screen.getByText('2 of 6 selected')).toBeTruthy()
    expect([box.checked, box.indeterminate]).toEqual([true, false])
    fireEvent.click(screen.getByLabelText('Emergency visit, 12-Sep-2026'))
    expect(box.indeterminate).toBe(true)
    fireEvent.click(screen.getByRole('radio', { name: 'By section' }))
    expect(screen.getByText('1 of 6 selected')).toBeTruthy()
    expect(screen.getByLabelText<HTMLInputElement>(/^Professional claim/).checked).toBe(true)
    expect(screen.getByLabelText<HTMLInputElement>(/^Cough/).checked).toBe(false)
  })

  it('marks the last visit, tells a gap, and ends with what has no date', async () => {
    await openTimeline()
    await screen.findByText('Since last visit · 03-May-2026')
    expect(
      order(
        'September 2026',
        '20 months with no record from Acme Health',
        'Since last visit · 03-May-2026',
        'January 2025',
        'Without a date: 1',
      ),
    ).toBe(true)
    expect(screen.getByText('1 newer event above this line')).toBeTruthy()
  })

  it('filters as the list does, and says what of an event is hidden', async () => {
    await openTimeline()
    fireEvent.change(screen.getByLabelText('Filter'), { target: { value: 'cough' } })
    await within(event('Emergency visit')).findByText(/4 records, 3 of them hidden by the filter/)
    expect(screen.queryByText('January 2025')).toBeNull()
    fireEvent.change(screen.getByLabelText('Filter'), { target: { value: 'nothing of the kind' } })
    expect(await screen.findByText('No record matches the filter; 6 hidden.')).toBeTruthy()
  })

  it('remembers how the user looks at it, and nothing of the patient', async () => {
    const { work } = await openTimeline()
    const save = vi.spyOn(work.ports.preferences, 'save')
    for (const name of ['By section', 'Timeline']) fireEvent.click(screen.getByRole('radio', { name }))
    expect(save.mock.calls).toEqual([
      ['member-history-view', 'sections'],
      ['member-history-view', 'timeline'],
    ])
  })
})

describe("a record's details", () => {
  it('name the event that it tells of with others, and lead there', async () => {
    await openTimeline()
    fireEvent.click(screen.getByRole('radio', { name: 'By section' }))
    const row = screen.getByLabelText(/^Cough/).closest('li') as HTMLElement
    const details = row.querySelector('details') as HTMLDetailsElement
    details.open = true
    fireEvent(details, new Event('toggle'))
    await within(row).findByText(/One event with Emergency visit, 12-Sep-2026, and 2 others/)
    fireEvent.click(within(row).getByRole('button', { name: 'Show in the timeline' }))
    const box = await screen.findByRole('checkbox', { name: /of Emergency visit/ })
    expect(document.activeElement).toBe(box)
  })
})

describe('words of the timeline', () => {
  it('are plain', () => {
    expect(monthWords('2026-05')).toBe('May 2026')
    expect(monthWords('2026')).toBe('2026, month not stated')
    expect([14, 24, 27].map(monthsWords)).toEqual(['14 months', '2 years', '2 years and 3 months'])
  })
})
