// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { FhirJson } from '../../domain/json'
import { button, heading, open, press } from './on-screen.test-data'
import { world } from './world.test-data'

beforeEach(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe(): void {}
      unobserve(): void {}
      disconnect(): void {}
    },
  )
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const many = (count: number, resource: (n: number) => FhirJson): readonly FhirJson[] =>
  Array.from({ length: count }, (_, n) => resource(n + 1))

const problems = many(120, (n) => ({
  resourceType: 'Condition',
  id: `c${n}`,
  subject: { reference: 'Patient/m1' },
  code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: `A${n}`, display: `Problem ${n}` }] },
  clinicalStatus: { coding: [{ code: 'active' }] },
  recordedDate: '2026-06-18',
}))

const medications = many(240, (n) => ({
  resourceType: 'MedicationRequest',
  id: `m${n}`,
  status: 'active',
  intent: 'order',
  subject: { reference: 'Patient/m1' },
  medicationCodeableConcept: { text: `Medicine ${n}` },
  authoredOn: '2026-08-21',
}))

/** From the payer's list to the review of all that it has of one type. */
async function reviewAll(type: string, records: readonly FhirJson[]) {
  const bench = open({ records: { ...world.records, Condition: [], MedicationRequest: [], [type]: records } })
  await press('Find at Acme Health')
  await press('Read history')
  await heading(new RegExp(`sent ${records.length} records`))
  fireEvent.click(await screen.findByLabelText(/^Select all \d+ of /))
  await press(`Review ${records.length} records`)
  return bench
}

const focused = () => document.activeElement?.closest('li')?.getAttribute('aria-posinset')
const arrow = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key })

describe('review of many records', () => {
  it('counts all, keeps few in the page, and leads by keys to each', async () => {
    const { created } = await reviewAll('Condition', problems)
    const list = await screen.findByRole('list', { name: '120 as chart entries' })
    const rows = () => within(list).getAllByRole('listitem')
    expect(screen.getByText('20 of 120 shown')).toBeTruthy()
    expect(rows().length).toBeLessThanOrEqual(20)
    fireEvent.click(screen.getByRole('button', { name: 'Show all 120 of 120 as chart entries' }))
    expect(focused()).toBe('21')
    arrow('End')
    expect(focused()).toBe('120')
    arrow('ArrowUp')
    expect(focused()).toBe('119')
    expect(rows().length).toBeLessThan(60)
    await button("Write 120 records to Jane Roe's chart")
    expect(created).toEqual([])
  })

  it('is printed whole', async () => {
    await reviewAll('Condition', problems)
    const list = await screen.findByRole('list', { name: '120 as chart entries' })
    act(() => void window.dispatchEvent(new Event('beforeprint')))
    expect(within(list).getAllByRole('listitem')).toHaveLength(120)
    expect(screen.getByText('120 of 120 are printed.')).toBeTruthy()
    act(() => void window.dispatchEvent(new Event('afterprint')))
  })

  it('makes the preview when it is looked at, and says how much of the document it is', async () => {
    await reviewAll('MedicationRequest', medications)
    const summary = await screen.findByText('Preview the document')
    expect(screen.queryByText(/Every form has this content/)).toBeNull()
    const details = summary.closest('details') as HTMLDetailsElement
    details.open = true
    fireEvent(details, new Event('toggle'))
    expect(
      screen.getByText(/Here are the first 200 of 240 records; the document has all of them/),
    ).toBeTruthy()
    const said = details.querySelector('pre')?.textContent ?? ''
    expect(said.match(/Medicine \d+/g)?.length).toBe(200)
  })
})
