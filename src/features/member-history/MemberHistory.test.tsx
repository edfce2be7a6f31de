// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { fail, ok } from '../../domain/result'
import { AnnounceProvider } from '../../ui'
import { WorkProvider } from '../work'
import { acme, type Bench, makeBench, memberJane, type World, world } from './bench.testing'
import { MemberHistory } from './MemberHistory'

afterEach(cleanup)
window.scrollTo = vi.fn()

function open(changes: Partial<World> = {}): Bench & { readonly show: (patientId?: string) => void } {
  const bench = makeBench({ ...world, ...changes })
  const queries = new QueryClient()
  const screenFor = (patientId: string) => (
    <AnnounceProvider>
      <QueryClientProvider client={queries}>
        <WorkProvider value={{ ...bench.work, session: { ...bench.work.session, patientId } }}>
          <MemberHistory chartWriter={bench.chartWriter} />
        </WorkProvider>
      </QueryClientProvider>
    </AnnounceProvider>
  )
  const { rerender } = render(screenFor('p1'))
  return { ...bench, show: (patientId = 'p1') => rerender(screenFor(patientId)) }
}

const button = (name: RegExp | string) => screen.findByRole('button', { name })
const press = async (name: RegExp | string): Promise<void> => void fireEvent.click(await button(name))
const heading = (name: RegExp) => screen.findByRole('heading', { level: 1, name })

async function read(): Promise<void> {
  await press('Find at Acme Health')
  await press('Read history')
  await screen.findByText(/^3 read|2 read/)
}

const http = (status: number, detail?: string) =>
  fail({ kind: 'http', server: 'Acme Health', status, ...(detail !== undefined && { detail }) } as const)

const card = (changes: object = {}) => ({
  v: 1,
  type: 'pdex-member-history',
  payerFhirBase: acme.fhirBase,
  result: 'matched',
  memberIdentifier: { system: 'urn:acme:members', value: 'M-1' },
  memberReference: 'Patient/m1',
  ehrPatient: 'p1',
  issued: '2026-11-20T10:00:00Z',
  expires: '2026-11-21T10:00:00Z',
  ...changes,
})

describe('payer and member', () => {
  it('asks nothing of a payer before the button is pressed, and reads nothing before the member is seen', async () => {
    const { payerCalls } = open()
    await button('Find at Acme Health')
    expect(screen.getByLabelText<HTMLInputElement>(/Member id at Acme Health/).value).toBe('M-1')
    expect(screen.getByText('Open connection: for sandboxes only')).toBeTruthy()
    expect(payerCalls).toEqual([])
    await press('Find at Acme Health')
    await screen.findByText('Acme Health found one member: Jane Roe')
    expect(payerCalls.filter((call) => !call.includes('Patient') && !call.includes('$'))).toEqual([])
    expect(payerCalls.filter((call) => call === '$member-match')).toHaveLength(1)
  })

  it('sends a corrected member id in place of the one in the chart', async () => {
    const { matchParameters } = open()
    fireEvent.change(await screen.findByLabelText(/Member id at Acme Health/), { target: { value: 'M-77' } })
    await press('Find at Acme Health')
    await waitFor(() => expect(JSON.stringify(matchParameters[0])).toContain('M-77'))
    expect(JSON.stringify(matchParameters[0])).not.toContain('"M-1"')
  })

  it.each([
    ['none', http(422, 'No match found'), /found no member for this patient/],
    ['several', http(422, 'More than one member matches'), /found more than one member/],
    ['not allowed', http(403, 'Member opted out'), /is not allowed to share this member's records/],
    ['service down', http(503), /Acme Health has a fault of its own/],
    ['not reachable', fail({ kind: 'network', server: 'Acme Health' } as const), /could not be reached/],
  ])('says %s in words with the phone to call, and reads nothing', async (_name, match, words) => {
    const { payerCalls } = open({ match })
    await press('Find at Acme Health')
    await screen.findByText(words)
    expect(screen.getByText(/555-0100/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Read history' })).toBeNull()
    expect(payerCalls).toEqual(['$member-match'])
  })

  it('stops at a member who is another person and shows the differences', async () => {
    const { payerCalls } = open({ member: { ...memberJane, birthDate: '1980-01-01' } })
    await press('Find at Acme Health')
    await screen.findByText(/member is not the same person as in this chart/)
    expect(screen.getByText(/1980/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Read history' })).toBeNull()
    expect(payerCalls.some((call) => call.startsWith('Condition'))).toBe(false)
  })

  it('asks the clinician for the agreement plainly, assumes nothing and sends it once confirmed', async () => {
    const { matchParameters } = open({ match: http(422, 'Consent is required') })
    await press('Find at Acme Health')
    await screen.findByText(/needs the patient's agreement/)
    expect(screen.getByRole<HTMLInputElement>('checkbox').checked).toBe(false)
    await press('Confirm and find at Acme Health')
    await screen.findByText('There is a problem')
    expect(matchParameters).toHaveLength(1)
    fireEvent.click(screen.getByRole('checkbox'))
    await press('Confirm and find at Acme Health')
    await waitFor(() => expect(matchParameters).toHaveLength(2))
    expect(JSON.stringify(matchParameters[0])).not.toContain('Consent')
    expect(JSON.stringify(matchParameters[1])).toContain('Consent')
  })

  it('moves focus to the answer', async () => {
    open()
    await press('Find at Acme Health')
    const answer = await screen.findByText(/found one member/)
    await waitFor(() => expect(document.activeElement?.contains(answer)).toBe(true))
  })

  it('forgets the answer when the member id is changed', async () => {
    open()
    await press('Find at Acme Health')
    await button('Read history')
    fireEvent.change(screen.getByLabelText(/Member id at/), { target: { value: 'M-2' } })
    expect(screen.queryByText(/found one member/)).toBeNull()
    expect(screen.queryByRole('button', { name: 'Read history' })).toBeNull()
  })

  it('says that the chart has no coverage and lets the id be typed', async () => {
    open({ coverages: [] })
    await screen.findByText('The chart has no coverage with a payer that shares history.')
    expect(screen.getByLabelText<HTMLInputElement>(/Member id at Acme Health/).value).toBe('')
  })

  it('says that no payer shares history', async () => {
    open({ payers: [{ ...acme, fhirBase: '' }].map(({ fhirBase: _none, ...payer }) => payer) })
    await screen.findByText('No payer of this site shares member history.')
    expect(screen.queryByRole('button', { name: /^Find at/ })).toBeNull()
  })

  it('says that the coverages could not be read and offers to read them again', async () => {
    open({ coverageProblem: { kind: 'http', server: 'Lakeside EHR', status: 500 } })
    await screen.findByText('Lakeside EHR has a fault of its own.')
    await button('Read the coverages again')
  })
})

describe('opened from a card', () => {
  it('fills in payer and member, says where it comes from and still waits for the button', async () => {
    const { payerCalls } = open({ appContext: card(), coverages: [] })
    await screen.findByText(/Opened from Acme Health's message/)
    await button('Find at Acme Health')
    expect(screen.getByLabelText<HTMLInputElement>(/Member id at Acme Health/).value).toBe('M-1')
    expect(payerCalls).toEqual([])
    await press('Find at Acme Health')
    await screen.findByText(/found one member: Jane Roe/)
  })

  it.each([
    ['another patient', card({ ehrPatient: 'someone-else' })],
    ['a payer that is not of this site', card({ payerFhirBase: 'https://evil.example/fhir' })],
  ])('stops at %s, and no request leaves', async (_name, appContext) => {
    const { payerCalls } = open({ appContext })
    await screen.findByText(/No request was sent to any payer/)
    expect(screen.queryByRole('button', { name: /Find at/ })).toBeNull()
    expect(payerCalls).toEqual([])
  })
})

it('asks the payer anew where the card says that the member was not found', async () => {
  const { payerCalls } = open({ appContext: card({ result: 'no-match' }) })
  await press('Find at Acme Health')
  await screen.findByText(/found one member: Jane Roe/)
  expect(payerCalls).toContain('$member-match')
})

it('stops when another patient is opened in the chart', async () => {
  const { show } = open()
  await button('Find at Acme Health')
  show('p2')
  await screen.findByText(/Another patient was opened in the chart/)
  expect(screen.queryByRole('button', { name: /Find at/ })).toBeNull()
})

describe('records', () => {
  it('preselects nothing and counts what is selected', async () => {
    open()
    await read()
    await heading(/Acme Health sent 3 records for Jane Roe/)
    expect(screen.getByText(/Payer records can be late or incomplete/)).toBeTruthy()
    for (const box of screen.getAllByRole<HTMLInputElement>('checkbox')) expect(box.checked).toBe(false)
    expect(screen.getByText('0 of 3 selected')).toBeTruthy()
    expect((await button('Review 0 records')).hasAttribute('disabled')).toBe(true)
    fireEvent.click(screen.getByLabelText(/Atrial fibrillation/))
    expect(screen.getByText('1 of 3 selected')).toBeTruthy()
  })

  it('selects a group as one action, shows a part of it as mixed, and keeps it under a filter', async () => {
    open()
    await read()
    const group = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Select all 2 of Problems' })
    fireEvent.click(group)
    expect(screen.getByText('2 of 3 selected')).toBeTruthy()
    fireEvent.click(screen.getByLabelText(/Chest pain/))
    expect(group.indeterminate).toBe(true)
    fireEvent.change(screen.getByLabelText('Filter'), { target: { value: 'apixaban' } })
    await screen.findByText(/^2 hidden/)
    expect(screen.queryByLabelText(/Atrial fibrillation/)).toBeNull()
    expect(screen.getByText('1 of 3 selected')).toBeTruthy()
    expect(screen.getByText(/1 of them hidden by the filter/)).toBeTruthy()
  })

  it('leads from a selection past the rows to the review by keyboard', async () => {
    open()
    await read()
    fireEvent.click(screen.getByRole('checkbox', { name: 'Select all 2 of Problems' }))
    fireEvent.click(screen.getAllByRole('button', { name: 'Skip to review' })[0] as HTMLElement)
    expect(document.activeElement).toBe(await button('Review 2 records'))
  })

  it('filters by period at the precision that a record has', async () => {
    open()
    await read()
    fireEvent.change(screen.getByLabelText('From'), { target: { value: '2019-03-01' } })
    fireEvent.change(screen.getByLabelText('To'), { target: { value: '2019-12-31' } })
    await screen.findByText(/^2 hidden/)
    expect(screen.getByLabelText(/Chest pain/)).toBeTruthy()
  })

  it('tells "not shared", "none recorded" and "could not be read" apart', async () => {
    open({
      records: {
        ...world.records,
        Procedure: { kind: 'http', server: 'Acme Health', status: 403 },
        Encounter: { kind: 'http', server: 'Acme Health', status: 500 },
        Condition: [],
        MedicationRequest: [],
      },
    })
    await press('Find at Acme Health')
    await press('Read history')
    await screen.findByText(/Acme Health does not share procedures with this app/)
    expect(await screen.findByText(/Acme Health has no problems recorded for this member/)).toBeTruthy()
    expect(await screen.findByText(/Visits could not be read/)).toBeTruthy()
    await button('Continue reading')
  })

  it('shows what was read while it goes on, and stops and continues', async () => {
    const waiting: (() => void)[] = []
    let gated = false
    open({
      pageSize: 1,
      gate: () => (gated ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve()),
    })
    await press('Find at Acme Health')
    await button('Read history')
    gated = true
    await press('Read history')
    await waitFor(() => expect(waiting.length).toBeGreaterThan(0))
    for (const go of waiting.splice(0)) go()
    await heading(/so far for Jane Roe/)
    await press('Stop reading')
    gated = false
    for (const go of waiting.splice(0)) go()
    await press('Continue reading')
    await heading(/sent 3 records for Jane Roe/)
  })

  it('shows the source of a record on demand', async () => {
    open()
    await read()
    const row = screen.getByLabelText(/Apixaban/).closest('li') as HTMLElement
    expect(within(row).queryByText(/"resourceType"/)).toBeNull()
    const details = row.querySelector('details') as HTMLDetailsElement
    details.open = true
    fireEvent(details, new Event('toggle'))
    expect(await within(row).findByText(/"resourceType": "MedicationRequest"/)).toBeTruthy()
  })

  it('folds a long section and puts focus on the first row that comes', async () => {
    const many = Array.from({ length: 120 }, (_, i) => ({
      ...(world.records.MedicationRequest as readonly { resourceType: string }[])[0],
      resourceType: 'MedicationRequest',
      id: `m${i}`,
    }))
    open({ records: { ...world.records, MedicationRequest: many }, pageSize: 200 })
    await press('Find at Acme Health')
    await press('Read history')
    const more = await button(/Show 70 more of Medicines/)
    fireEvent.click(more)
    expect(screen.getAllByLabelText(/Apixaban/)).toHaveLength(120)
    expect(document.activeElement).toBe(screen.getAllByLabelText(/Apixaban/)[50])
  })
})

describe('review', () => {
  it('says how many are stored and how, repeats the patient and shows exactly what is sent', async () => {
    const { created } = open()
    await read()
    fireEvent.click(screen.getByRole('checkbox', { name: 'Select all 2 of Problems' }))
    fireEvent.click(screen.getByLabelText(/Apixaban/))
    await press('Review 3 records')
    await heading(/Review: what will be stored in Jane Roe's chart/)
    await screen.findByText(
      '2 as chart entries; 1 as an attached document, because Lakeside EHR does not accept it as an entry.',
    )
    expect(screen.getByText('14-Jul-1965')).toBeTruthy()
    expect(screen.getByText('0045 1187')).toBeTruthy()
    expect(screen.getAllByText('What exactly is sent')).toHaveLength(2)
    expect(screen.getByText('Preview the document')).toBeTruthy()
    await button("Write 3 records to Jane Roe's chart")
    expect(created).toEqual([])
  })

  it('offers a download where the chart takes nothing', async () => {
    open({ creates: [] })
    await read()
    fireEvent.click(screen.getByLabelText(/Apixaban/))
    await press('Review 1 record')
    await screen.findByText(/Lakeside EHR takes no records from apps/)
    await button('Prepare 1 record for download')
  })

  it('says that the chart could not be asked, and keeps the selection', async () => {
    open({ capabilityProblem: { kind: 'timeout', server: 'Lakeside EHR', afterMs: 10_000 } })
    await read()
    fireEvent.click(screen.getByLabelText(/Apixaban/))
    await press('Review 1 record')
    await screen.findByText(/Lakeside EHR did not answer within 10 seconds/)
    expect(screen.queryByRole('button', { name: /^Write/ })).toBeNull()
    await press('Back to choosing')
    expect(screen.getByLabelText<HTMLInputElement>(/Apixaban/).checked).toBe(true)
    expect(document.activeElement?.tagName).toBe('H1')
  })
})

describe('writing', () => {
  async function toReview(): Promise<void> {
    await read()
    fireEvent.click(screen.getByRole('checkbox', { name: 'Select all 2 of Problems' }))
    fireEvent.click(screen.getByLabelText(/Apixaban/))
    await press('Review 3 records')
  }
  const row = (name: RegExp): HTMLElement =>
    screen.getByText(name, { selector: '.mh-what' }).closest('li') as HTMLElement

  it('writes what was approved and reports every record with its place in the chart', async () => {
    const { created } = open()
    await toReview()
    expect(created).toEqual([])
    await press("Write 3 records to Jane Roe's chart")
    await heading(/All 3 records are in the chart/)
    expect(within(row(/Atrial fibrillation/)).getByText('Written')).toBeTruthy()
    expect(within(row(/Apixaban/)).getByText('In the attached document')).toBeTruthy()
    expect(created.filter((r) => r.resourceType === 'Condition')).toHaveLength(2)
    expect(created.filter((r) => r.resourceType === 'DocumentReference')).toHaveLength(1)
    expect(screen.queryByRole('button', { name: 'Check and continue' })).toBeNull()
  })

  it('does not call it success when the chart did not answer, and checks before it sends again', async () => {
    let calls = 0
    const { created } = open({
      create: (resource) => {
        calls += 1
        if (resource.resourceType === 'DocumentReference')
          return fail({ kind: 'http', server: 'Lakeside EHR', status: 503 })
        return ok({ isNew: true, reference: `${resource.resourceType}/${calls}` })
      },
    })
    await toReview()
    await press("Write 3 records to Jane Roe's chart")
    await button('Check and continue')
    expect(screen.getByRole('heading', { level: 1 }).textContent).not.toMatch(/^All/)
    expect(screen.getByText(/2 of 3 in the chart/, { selector: '.bar *' })).toBeTruthy()
    expect(screen.getByText('Save 1 record that could not be written')).toBeTruthy()
    await press('Check and continue')
    await button('Check and continue')
    expect(created.filter((r) => r.resourceType === 'Condition')).toHaveLength(2)
  })

  it('shows each state while it runs and stops after the item in flight', async () => {
    const waiting: (() => void)[] = []
    const { created } = open({
      create: (resource) =>
        new Promise((resolve) =>
          waiting.push(() => resolve(ok({ isNew: true, reference: `${resource.resourceType}/1` }))),
        ),
    })
    await toReview()
    await press("Write 3 records to Jane Roe's chart")
    await waitFor(() => expect(waiting).toHaveLength(1))
    expect(screen.getByText('Writing')).toBeTruthy()
    expect(screen.getByRole('progressbar', { name: '0 of 3 done' })).toBeTruthy()
    const leave = new Event('beforeunload', { cancelable: true })
    window.dispatchEvent(leave)
    expect(leave.defaultPrevented).toBe(true)
    await press('Stop after this item')
    for (const go of waiting.splice(0)) go()
    await heading(/Stopped: 1 of 3 in the chart, 2 left/)
    expect(created).toHaveLength(1)
    await press('Back to history')
    expect(screen.getByText('3 of 3 selected')).toBeTruthy()
  })

  it('tells on the next review what an earlier run did', async () => {
    open()
    await toReview()
    await press("Write 3 records to Jane Roe's chart")
    await press('Back to history')
    await press('Review 3 records')
    await screen.findByText('From an earlier run: 3 written.')
  })

  it('puts into the document what the chart refuses as an entry, and says why', async () => {
    open({
      create: (resource) =>
        resource.resourceType === 'Condition'
          ? fail({ kind: 'http', server: 'Lakeside EHR', status: 422, detail: 'code not allowed' })
          : ok({ isNew: true, reference: `${resource.resourceType}/1` }),
    })
    await toReview()
    await press("Write 3 records to Jane Roe's chart")
    await heading(/All 3 records are in the chart/)
    expect(screen.getAllByText('In the attached document')).toHaveLength(3)
    expect(row(/Atrial fibrillation/).textContent).toMatch(/Not as an entry: Lakeside EHR .*refused/)
  })

  it('prepares files where the chart takes nothing, without a name in them, and shows the text in place', async () => {
    const urls: string[] = []
    URL.createObjectURL = vi.fn(() => 'blob:x')
    URL.revokeObjectURL = vi.fn()
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      urls.push(this.download)
    })
    const { created } = open({ creates: [] })
    await toReview()
    await press('Prepare 3 records for download')
    await heading(/3 records ready to save. Nothing was written to the chart/)
    expect(created).toEqual([])
    const leave = (): boolean => {
      const event = new Event('beforeunload', { cancelable: true })
      window.dispatchEvent(event)
      return event.defaultPrevented
    }
    expect(leave()).toBe(true)
    fireEvent.click(screen.getAllByRole('button', { name: 'Download PDF' })[0] as HTMLElement)
    await waitFor(() => expect(urls).toHaveLength(1))
    fireEvent.click(await button('Download as FHIR (JSON)'))
    expect(urls[0]).toMatch(/^outside-records-2026-11-\d\d\.pdf$/)
    expect(urls[1]).toMatch(/^outside-records-2026-11-\d\d\.json$/)
    expect(leave()).toBe(false)
    expect(screen.getAllByText(/Outside records, not verified/)[0]?.textContent).toMatch(
      /Apixaban 5 mg tablet/,
    )
  })

  it('prints the document, not the screen', async () => {
    window.print = vi.fn(() => {
      expect(document.querySelector('.mh-paper')?.textContent).toMatch(/Report: outside records/)
    })
    open()
    await toReview()
    await press("Write 3 records to Jane Roe's chart")
    await press('Print')
    expect(window.print).toHaveBeenCalledOnce()
    fireEvent(window, new Event('afterprint'))
    expect(document.querySelector('.mh-paper')).toBeNull()
  })
})
