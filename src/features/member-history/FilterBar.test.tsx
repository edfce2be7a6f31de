// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import type { FhirJson } from '../../domain/json'
import type { PreferencePort } from '../../domain/ports'
import { button, heading, open, press, read } from './on-screen.test-data'
import { world } from './world.test-data'

afterEach(cleanup)

const NPI = 'http://hl7.org/fhir/sid/us-npi'
const visit = (id: string, name: string, npi: string, start: string): FhirJson => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  subject: { reference: 'Patient/m1' },
  type: [{ text: `Visit ${id}` }],
  period: { start },
  serviceProvider: { display: name, identifier: { system: NPI, value: npi } },
})
const records = {
  ...world.records,
  Encounter: [
    visit('1', 'Lakeside Clinic', '1', '2026-03-03'),
    visit('2', 'Northside Hospital', '2', '2026-06-18'),
    visit('3', 'Lakeside Clinic', '1', '2019-01-01'),
  ],
}
const role: FhirJson = {
  resourceType: 'PractitionerRole',
  id: 'r',
  practitioner: { reference: 'Practitioner/dr' },
  organization: { display: 'Lakeside Clinic', identifier: { system: NPI, value: '1' } },
}
const presets = [
  { name: 'Visits elsewhere', sections: ['visits' as const], origins: [], excludeOwnOrganization: true },
]

/** A browser that keeps what it is given, as text. */
function browser(): PreferencePort & { readonly text: () => string } {
  const held = new Map<string, string>()
  return {
    load: (key) => JSON.parse(held.get(key) ?? 'null'),
    save: (key, value) => void held.set(key, JSON.stringify(value)),
    isDurable: () => true,
    text: () => [...held.values()].join(),
  }
}

async function readSix(changes: Parameters<typeof open>[0] = {}) {
  const bench = open({ records, chart: { PractitionerRole: [role] }, ...changes })
  await press('Find at Acme Health')
  await press('Read history')
  await heading(/sent 6 records/)
  await screen.findByText('0 of 6 selected')
  return bench
}
const more = () => fireEvent.click(screen.getByText(/^More filters/))
const hidden = async (words: RegExp) => (await screen.findByText(words)).textContent

describe('filters', () => {
  it('hide what the own organization made, by its NPI, and say which one that is; one press shows all', async () => {
    await readSix()
    more()
    fireEvent.click(await screen.findByRole('checkbox', { name: 'Hide what my organization made' }))
    expect(await hidden(/^2 hidden/)).toBe('2 hidden: 2 by Lakeside Clinic (same NPI). Show all')
    expect(screen.getByText('Lakeside Clinic, by your role in Lakeside EHR.')).toBeTruthy()
    expect(screen.queryByLabelText(/Visit 1/)).toBeNull()
    fireEvent.click(screen.getByLabelText(/Visit 2/))
    fireEvent.click(screen.getByRole('checkbox', { name: /^Northside Hospital/ }))
    expect(await hidden(/^3 hidden/)).toMatch(/1 by Northside Hospital \(same NPI\)/)
    expect(screen.getByText(/1 of them hidden by the filter/)).toBeTruthy()
    await press('Show all')
    expect(await screen.findByLabelText(/Visit 1/)).toBeTruthy()
    expect(screen.getByText('1 of 6 selected')).toBeTruthy()
  })

  it('let the user say which organization is theirs where the chart does not', async () => {
    await readSix({ chart: {} })
    more()
    fireEvent.click(await screen.findByRole('checkbox', { name: 'Hide what my organization made' }))
    await screen.findByText(/^0 hidden\. Your organization is not known, so nothing is hidden for it/)
    const mine = await screen.findByLabelText('Mine is')
    const lakeside = within(mine).getByRole<HTMLOptionElement>('option', {
      name: 'Lakeside Clinic (2 records)',
    })
    fireEvent.change(mine, { target: { value: lakeside.value } })
    expect(await hidden(/^2 hidden/)).toMatch(/2 by Lakeside Clinic \(same NPI\)/)
  })

  it('show sections and sources alone, each with its number', async () => {
    const bill = { resourceType: 'ExplanationOfBenefit', id: 'b', patient: { reference: 'Patient/m1' } }
    await readSix({
      records: { ...records, Encounter: records.Encounter.slice(1), ExplanationOfBenefit: [bill] },
    })
    more()
    fireEvent.click(await screen.findByRole('checkbox', { name: 'Medicines 1' }))
    expect(await hidden(/^5 hidden/)).toBe('5 hidden: 5 of other sections. Show all')
    fireEvent.click(screen.getByRole('checkbox', { name: 'From billing 1' }))
    expect(await hidden(/^6 hidden/)).toMatch(/1 of another source/)
    expect(screen.getByText('More filters (2 in use)')).toBeTruthy()
  })

  it('of the organization are on and off by one press', async () => {
    await readSix({ presets })
    const preset = await button('Visits elsewhere')
    fireEvent.click(preset)
    expect(await hidden(/^5 hidden/)).toMatch(/3 of other sections, 2 by Lakeside Clinic/)
    expect(preset.getAttribute('aria-pressed')).toBe('true')
    fireEvent.click(preset)
    await waitFor(() => expect(screen.queryByText(/hidden:/)).toBeNull())
    expect(preset.getAttribute('aria-pressed')).toBe('false')
  })

  it('are kept under a name without anything of the records, renamed and deleted, and a deletion is undone', async () => {
    const preferences = browser()
    await readSix({ preferences })
    fireEvent.change(screen.getByLabelText('Filter'), { target: { value: 'apixaban' } })
    await press('Save this filter as…')
    expect(screen.getByText(/^Nothing of this filter can be kept/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Save filter' })).toBeNull()
    await press('Cancel')
    more()
    fireEvent.change(await screen.findByLabelText('Period'), { target: { value: '365' } })
    fireEvent.click(screen.getByRole('checkbox', { name: 'Visits 3' }))
    fireEvent.click(screen.getByRole('checkbox', { name: /^Lakeside Clinic/ }))
    await press('Save this filter as…')
    screen.getByText('Kept in this browser: visits; last year.')
    screen.getByText(
      /^Not kept, because it could tell of a patient: the words, the people, organizations and places\.$/,
    )
    const name = screen.getByLabelText('Name of the filter')
    expect(document.activeElement).toBe(name)
    fireEvent.change(name, { target: { value: 'Jane' } })
    await press('Save filter')
    screen.getByText(/Leave the patient out of the name/)
    fireEvent.change(screen.getByLabelText('Name of the filter'), { target: { value: 'Visits this year' } })
    await press('Save filter')
    expect(JSON.parse(preferences.text())).toEqual([
      {
        name: 'Visits this year',
        period: { days: 365 },
        sections: ['visits'],
        origins: [],
        excludeOwnOrganization: false,
      },
    ])
    await press('Change my filters')
    await press('Rename Visits this year')
    fireEvent.change(screen.getByLabelText('New name'), { target: { value: 'My visits' } })
    await press('Rename')
    await press('Delete My visits')
    expect(preferences.text()).toBe('[]')
    await press('Undo')
    expect(preferences.text()).toContain('My visits')
    await press('Close')
    await press('Show all')
    await press('My visits')
    expect(await hidden(/hidden:/)).toMatch(/3 of other sections/)
    cleanup()
    await readSix({ preferences })
    await button('My visits')
  })
})

describe('what to read', () => {
  it('leaves types out of the requests, says so, and asks for them on demand', async () => {
    const { payerCalls } = open({ records })
    await press('Find at Acme Health')
    fireEvent.click(await screen.findByText('What to read: everything'))
    fireEvent.click(await screen.findByRole('checkbox', { name: 'Visits' }))
    await screen.findByText('What to read: a part')
    payerCalls.length = 0
    await press('Read history')
    await heading(/sent 3 records/)
    expect(payerCalls.filter((call) => / 0$/.test(call))).toEqual(['Encounter 0'])
    await screen.findByText(/^Not asked for: problems, prescriptions, pharmacy fills,/)
    expect(screen.queryByText(/has no problems recorded/)).toBeNull()
    await press('Ask for the rest too')
    await heading(/sent 6 records/)
    expect(screen.queryByText(/^Not asked for/)).toBeNull()
  })

  it('takes a preset for the requests and for the list at once', async () => {
    const { payerCalls } = open({ records, presets, chart: { PractitionerRole: [role] } })
    await press('Find at Acme Health')
    fireEvent.click(await screen.findByText('What to read: everything'))
    await press('Visits elsewhere')
    payerCalls.length = 0
    await press('Read history')
    expect(await hidden(/^2 hidden/)).toMatch(/2 by Lakeside Clinic/)
    expect(payerCalls.filter((call) => / 0$/.test(call))).toEqual(['Encounter 0'])
  })
})

describe('a search of one’s own', () => {
  it('is refused in plain words beside the field, and nothing is sent', async () => {
    const { payerCalls } = open()
    await read()
    fireEvent.click(screen.getByText('Search at Acme Health'))
    const field = await screen.findByLabelText('FHIR search')
    const before = payerCalls.length
    fireEvent.change(field, { target: { value: 'Condition?patient=other' } })
    await press('Search')
    await screen.findByText(/Only this member can be searched for/)
    expect(document.activeElement).toBe(field)
    expect(payerCalls).toHaveLength(before)
  })

  it('finds records that stand in the list with a mark, and can be shown alone', async () => {
    open()
    await read()
    fireEvent.click(screen.getByText('Search at Acme Health'))
    fireEvent.change(await screen.findByLabelText('FHIR search'), {
      target: { value: 'Condition?identifier=x' },
    })
    await press('Search')
    await screen.findByText(/^Acme Health sent 2 records, all of them known already/)
    expect(screen.getAllByText('From your search')).toHaveLength(2)
    more()
    fireEvent.click(await screen.findByRole('checkbox', { name: 'Show only what your own search found (2)' }))
    expect(await hidden(/^1 hidden/)).toBe('1 hidden: 1 not from your search. Show all')
  })
})
