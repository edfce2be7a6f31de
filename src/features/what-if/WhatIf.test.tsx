// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ApprovedRequest } from '../../domain/crd/guard'
import { fail, ok, type Result } from '../../domain/result'
import {
  ACME_ORGANIZATION,
  COVERAGE,
  coverageInformation,
  type FakeClock,
  type FakeWorld,
  fakeClock,
  fakeWork,
  fakeWorld,
  PATIENT,
  PROBLEM,
  responseWith,
  Shell,
  USER,
} from './fake-work'
import WhatIf from './WhatIf'

afterEach(cleanup)

const START = new Date(2026, 10, 20, 10, 32).getTime()

interface Stage {
  readonly clock: FakeClock
  readonly sent: ApprovedRequest[]
  /** Answers the i-th request. */
  readonly answer: (index: number, result: Result<unknown>) => Promise<void>
}

/** The task on screen, with a payer that answers when the test says so. */
function open(changed: Partial<FakeWorld> = {}): Stage {
  const clock = fakeClock(START)
  const sent: ApprovedRequest[] = []
  const waiting: ((result: Result<unknown>) => void)[] = []
  const world = fakeWorld(clock, {
    invoke: (request, options) => {
      sent.push(request)
      return new Promise((resolve) => {
        waiting.push(resolve)
        options?.signal?.addEventListener('abort', () => resolve(fail({ kind: 'cancelled' })))
      })
    },
    ...changed,
  })
  render(
    <Shell work={fakeWork(world)}>
      <WhatIf />
    </Shell>,
  )
  return {
    clock,
    sent,
    answer: async (index, result) => act(async () => waiting[index]?.(result)),
  }
}

const box = () => screen.getByRole('combobox', { name: 'Service, device, medicine or referral' })
const ask = () => screen.getByRole('button', { name: /^Ask (Acme Health|the payer)$/ })
const payerColumn = () => screen.getByRole('region', { name: 'What the payer says' })

/** Asks about the site's MRI preset and waits until the request is on the wire. */
async function askAboutMri(stage: Stage, count = 1) {
  await screen.findByRole('button', { name: 'Ask Acme Health' })
  fireEvent.click(screen.getByRole('button', { name: 'MRI of the lower back' }))
  fireEvent.click(ask())
  await waitFor(() => expect(stage.sent).toHaveLength(count))
}

const covered = coverageInformation(
  { url: 'covered', valueCode: 'covered' },
  { url: 'pa-needed', valueCode: 'auth-needed' },
)

describe('asking', () => {
  it('says at once that it asks, counts seconds, offers to skip at 5 s and stops by itself at 10 s', async () => {
    const stage = open()
    await screen.findByRole('button', { name: 'Ask Acme Health' })
    fireEvent.click(screen.getByRole('button', { name: 'MRI of the lower back' }))
    fireEvent.click(ask())
    expect(within(payerColumn()).getByText('Asking')).toBeTruthy()
    await waitFor(() => expect(stage.sent).toHaveLength(1))
    act(() => stage.clock.advance(2000))
    expect(payerColumn().textContent).toContain('Asking Acme Health: 2 s')
    act(() => stage.clock.advance(3000))
    expect(payerColumn().textContent).toContain('Acme Health is slower than usual: 5 s')
    expect(screen.getByRole('button', { name: 'Skip Acme Health' })).toBeTruthy()
    await act(async () => stage.clock.advance(5000))
    await screen.findByText('Timed out')
    expect(payerColumn().textContent).toContain(
      'No answer from Acme Health in time. This does not mean the service is covered.',
    )
    expect(payerColumn().textContent).toContain('800 555 0142')
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy()
    expect(stage.sent).toHaveLength(1)
  })

  it('sends one request for a double click, and a draft with what the chart knows', async () => {
    const stage = open()
    await askAboutMri(stage)
    fireEvent.click(ask())
    await act(async () => {})
    expect(stage.sent).toHaveLength(1)
    const order = JSON.parse(stage.sent[0]?.body ?? '{}').context.draftOrders.entry[0].resource
    expect(order).toMatchObject({
      resourceType: 'ServiceRequest',
      status: 'draft',
      code: { text: 'MRI of the lower back', coding: [{ code: '72148' }] },
      subject: { reference: 'Patient/p1' },
      requester: { reference: 'Practitioner/dr1', display: 'Dr. Ana Moreno' },
      occurrenceDateTime: '2026-11-20',
      insurance: [{ reference: 'Coverage/c1' }],
    })
  })

  it('is done by Ctrl+Enter too', async () => {
    const stage = open()
    await screen.findByRole('button', { name: 'Ask Acme Health' })
    fireEvent.click(screen.getByRole('button', { name: 'MRI of the lower back' }))
    fireEvent.keyDown(screen.getByLabelText('How many'), { key: 'Enter', ctrlKey: true })
    await waitFor(() => expect(stage.sent).toHaveLength(1))
  })

  it('skipping says so and offers to ask again', async () => {
    const stage = open()
    await askAboutMri(stage)
    act(() => stage.clock.advance(5000))
    fireEvent.click(screen.getByRole('button', { name: 'Skip Acme Health' }))
    await screen.findByText('Skipped')
    expect(payerColumn().textContent).toContain('You skipped Acme Health before it answered.')
    expect(screen.getByRole('button', { name: 'Ask again' })).toBeTruthy()
  })

  it('never lets a late answer stand where a newer one belongs', async () => {
    const stage = open()
    await askAboutMri(stage)
    fireEvent.change(screen.getByLabelText('How many'), { target: { value: '2' } })
    fireEvent.click(ask())
    await waitFor(() => expect(stage.sent).toHaveLength(2))
    await stage.answer(1, ok({ cards: [] }))
    await screen.findByText('Said nothing')
    const first = stage.sent[0]
    if (first === undefined) throw new Error('nothing was sent')
    await stage.answer(0, ok(responseWith(first, [covered])))
    expect(screen.queryByText('Authorization needed')).toBeNull()
    expect(screen.getByText('Said nothing')).toBeTruthy()
  })
})

describe('the six states', () => {
  it('answered: verdict first, then the facts in one order, then the reference', async () => {
    const stage = open()
    await askAboutMri(stage)
    const request = stage.sent[0]
    if (request === undefined) throw new Error('nothing was sent')
    await stage.answer(0, ok(responseWith(request, [covered])))
    await within(payerColumn()).findByText('Covered, if prior authorization is granted first.')
    const terms = within(payerColumn())
      .getAllByRole('term')
      .map((term) => term.textContent)
    expect(terms.slice(0, 4)).toEqual([
      'Covered?',
      'Prior authorization?',
      'Documents needed?',
      'Information needed?',
    ])
    expect(payerColumn().textContent).toContain('AH-7F31-0092')
    expect(payerColumn().textContent).toContain('Not a guarantee of payment')
    expect(payerColumn().textContent).toContain('Answered 10:32')
  })

  it('silent: no guidance is not consent, and nothing looks like a tick', async () => {
    const stage = open()
    await askAboutMri(stage)
    await stage.answer(0, ok({ cards: [] }))
    await screen.findByText('Acme Health returned no guidance. This does not mean the service is covered.')
    expect(document.querySelector('[data-tone="yes"]')).toBeNull()
  })

  it('could not decide: the payer said so', async () => {
    const stage = open()
    await askAboutMri(stage)
    const request = stage.sent[0]
    if (request === undefined) throw new Error('nothing was sent')
    const undecided = coverageInformation(
      { url: 'covered', valueCode: 'indeterminate' },
      { url: 'reason', valueCodeableConcept: { text: 'Technical trouble' } },
    )
    await stage.answer(0, ok(responseWith(request, [undecided])))
    await screen.findByText('Could not decide')
    expect(payerColumn().textContent).toContain('Technical trouble')
  })

  it('not asked: no coverage on file is said before and after asking, and nothing is sent', async () => {
    const stage = open({ chart: [PATIENT, USER, PROBLEM] })
    await screen.findByText('No payer can be asked: no coverage on file.')
    fireEvent.click(screen.getByRole('button', { name: 'MRI of the lower back' }))
    fireEvent.click(ask())
    await screen.findByText('Not asked')
    expect(payerColumn().textContent).toContain('The chart has no coverage for this patient.')
    expect(stage.sent).toHaveLength(0)
  })

  it('not asked: a payer that is not set up here is named', async () => {
    const other = { ...ACME_ORGANIZATION, name: 'Unlisted Plan', identifier: [] }
    const stage = open({ chart: [PATIENT, USER, { ...COVERAGE, class: [] }, other] })
    await screen.findByText('Unlisted Plan is not set up here')
    fireEvent.click(screen.getByRole('button', { name: 'MRI of the lower back' }))
    fireEvent.click(ask())
    await screen.findByText('Not asked')
    expect(stage.sent).toHaveLength(0)
  })

  it('not asked: a payer without a service for orders', async () => {
    const stage = open({ discover: async () => ok({ services: [], unreadable: 0 }) })
    await screen.findByRole('button', { name: 'Ask Acme Health' })
    fireEvent.click(screen.getByRole('button', { name: 'MRI of the lower back' }))
    fireEvent.click(ask())
    await screen.findByText('Not asked')
    expect(payerColumn().textContent).toContain(
      'Acme Health offers no service that can be asked about orders.',
    )
    expect(stage.sent).toHaveLength(0)
  })

  it('failed: what happened, what was not done, what to do, whom to call, and a reference', async () => {
    const stage = open()
    await askAboutMri(stage)
    await stage.answer(0, fail({ kind: 'http', server: 'Acme Health', status: 500 }))
    await screen.findByText('Failed')
    const said = payerColumn().textContent
    expect(said).toContain('Acme Health has a fault of its own.')
    expect(said).toContain('Nothing was ordered and nothing was written.')
    expect(said).toContain('800 555 0142')
    expect(within(payerColumn()).getByRole('button', { name: /^Copy reference/ })).toBeTruthy()
  })
})

describe('after an answer', () => {
  it('a changed question makes it visibly stale; changing it back makes it good again', async () => {
    const stage = open()
    await askAboutMri(stage)
    await stage.answer(0, ok({ cards: [] }))
    await screen.findByText('Said nothing')
    const stale = 'You changed the question after this answer. Ask again.'
    expect(screen.queryByText(stale)).toBeNull()
    fireEvent.change(screen.getByLabelText('How many'), { target: { value: '3' } })
    expect(screen.getByText(stale)).toBeTruthy()
    fireEvent.change(screen.getByLabelText('How many'), { target: { value: '1' } })
    expect(screen.queryByText(stale)).toBeNull()
  })

  it('its heading takes focus from the Ask button', async () => {
    const stage = open()
    await screen.findByRole('button', { name: 'Ask Acme Health' })
    fireEvent.click(screen.getByRole('button', { name: 'MRI of the lower back' }))
    ask().focus()
    fireEvent.click(ask())
    await waitFor(() => expect(stage.sent).toHaveLength(1))
    await stage.answer(0, ok({ cards: [] }))
    await screen.findByText('Said nothing')
    expect(document.activeElement?.textContent).toBe('Acme Health · MRI of the lower back')
  })

  it('a field that is being typed in keeps the focus; the answer is announced instead', async () => {
    const stage = open()
    await askAboutMri(stage)
    const field = screen.getByLabelText('How many')
    field.focus()
    await stage.answer(0, ok({ cards: [] }))
    await screen.findByText('Said nothing')
    expect(document.activeElement).toBe(field)
    await waitFor(() =>
      expect(
        screen
          .getAllByRole('status')
          .some((status) => status.textContent?.includes('Acme Health returned no guidance.')),
      ).toBe(true),
    )
  })

  it('cards stand loudest first; what could not be read is counted, with a reference', async () => {
    const stage = open()
    await askAboutMri(stage)
    const source = { label: 'Acme Health' }
    const cards = [
      { uuid: 'a', summary: 'For your information', indicator: 'info', source, detail: 'Folded text' },
      { uuid: 'b', summary: 'Stop and look', indicator: 'critical', source, detail: 'Open text' },
      { indicator: 'info', source },
    ]
    await stage.answer(0, ok({ cards }))
    await screen.findByText('1 message could not be read.')
    const headings = screen.getAllByRole('heading', { level: 3 }).map((h) => h.textContent)
    expect(headings).toEqual(['Stop and look', 'For your information'])
    expect(payerColumn().textContent).toContain('did not say whether this is covered')
    expect(screen.getByRole('button', { name: 'Copy reference' })).toBeTruthy()
  })

  it('can be copied as text and stands on paper, with patient, question, answer, time and who asked', async () => {
    const print = vi.fn()
    vi.stubGlobal('print', print)
    const stage = open()
    await askAboutMri(stage)
    await stage.answer(0, ok({ cards: [] }))
    await screen.findByText('Said nothing')
    act(() => void window.dispatchEvent(new Event('beforeprint')))
    const paper = document.querySelector('.wi-paper')?.textContent ?? ''
    act(() => void window.dispatchEvent(new Event('afterprint')))
    expect(document.querySelector('.wi-paper')).toBeNull()
    expect(paper).toContain('What-if, not an order, not a guarantee of payment')
    expect(paper).toContain('Roe, Jane')
    expect(paper).toContain('MRI of the lower back (CPT 72148)')
    expect(paper).toContain('Acme Health returned no guidance.')
    expect(paper).toContain('20-Nov-2026 10:32 (UTC')
    expect(paper).toContain('Dr. Ana Moreno')
    fireEvent.click(screen.getByRole('button', { name: 'Print' }))
    expect(print).toHaveBeenCalledOnce()
    vi.unstubAllGlobals()
  })
})

describe('the form', () => {
  it('shows what is missing in a summary that has the focus, and sends nothing', async () => {
    const stage = open()
    await screen.findByRole('button', { name: 'Ask Acme Health' })
    fireEvent.change(screen.getByLabelText('How many'), { target: { value: '0' } })
    fireEvent.click(ask())
    const heading = await screen.findByRole('heading', { name: 'There is a problem' })
    const summary = heading.parentElement
    if (summary === null) throw new Error('no summary')
    expect(document.activeElement).toBe(summary)
    fireEvent.click(within(summary).getByText('Choose what would be ordered, or enter its code.'))
    expect(document.activeElement).toBe(box())
    expect(stage.sent).toHaveLength(0)
  })

  it('keeps the entry of each kind of order when the kind is changed and changed back', async () => {
    open()
    fireEvent.click(await screen.findByRole('button', { name: 'MRI of the lower back' }))
    fireEvent.click(screen.getByRole('radio', { name: 'Device or supply' }))
    expect((box() as HTMLInputElement).value).toBe('')
    fireEvent.click(screen.getByRole('button', { name: 'CPAP device' }))
    fireEvent.click(screen.getByRole('radio', { name: 'Service, test or referral' }))
    expect((box() as HTMLInputElement).value).toBe('MRI of the lower back')
    fireEvent.click(screen.getByRole('radio', { name: 'Device or supply' }))
    expect((box() as HTMLInputElement).value).toBe('CPAP device')
  })

  it('is off when the patient pays, and says why', async () => {
    const stage = open()
    await screen.findByRole('button', { name: 'Ask Acme Health' })
    fireEvent.click(screen.getByRole('button', { name: 'MRI of the lower back' }))
    fireEvent.click(screen.getByLabelText('Patient pays for this: do not share it with the payer'))
    expect(screen.getByText(/Asking is off: the patient pays/)).toBeTruthy()
    fireEvent.click(ask())
    fireEvent.keyDown(box(), { key: 'Enter', ctrlKey: true })
    await act(async () => {})
    expect(stage.sent).toHaveLength(0)
  })

  it('offers the problem list, and sends what was ticked as the reason', async () => {
    const stage = open()
    fireEvent.click(await screen.findByText('Choose from the problem list (1)'))
    fireEvent.click(screen.getByLabelText(/Chronic low back pain/))
    await askAboutMri(stage)
    expect(stage.sent[0]?.body).toContain('M54.50')
  })

  it('says so for a patient without problems', async () => {
    open({ chart: [PATIENT, USER, COVERAGE, ACME_ORGANIZATION] })
    await screen.findByText('The chart lists no open problem. You can ask without one.')
  })

  it('asks who orders where the launch names no clinician, and takes one from the chart', async () => {
    const stage = open({ fhirUser: undefined })
    const field = await screen.findByRole('combobox', { name: 'Ordered by' })
    fireEvent.change(field, { target: { value: 'moreno' } })
    act(() => stage.clock.advance(300))
    fireEvent.click(await screen.findByRole('option', { name: /Dr. Ana Moreno/ }))
    expect((field as HTMLInputElement).value).toBe('Dr. Ana Moreno')
  })

  it('takes up what was typed before a new launch', async () => {
    const item = {
      label: 'Lipitor',
      coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '153165', display: 'Lipitor' }],
      source: 'ehr',
    }
    open({
      draft: {
        kind: 'MedicationRequest',
        what: { MedicationRequest: { text: 'Lipitor', item } },
        dosage: '1 daily',
        quantity: 7,
      },
    })
    expect((box() as HTMLInputElement).value).toBe('Lipitor')
    expect((screen.getByLabelText(/^Dosage/) as HTMLInputElement).value).toBe('1 daily')
    expect((screen.getByLabelText('How many') as HTMLInputElement).value).toBe('1')
    await screen.findByRole('button', { name: 'Ask Acme Health' })
  })
})

describe('finding a code', () => {
  const type = (stage: Stage, text: string) => {
    fireEvent.change(box(), { target: { value: text } })
    act(() => stage.clock.advance(300))
  }

  it('offers orders of the chart before a search, and the code list from three letters on', async () => {
    const stage = open()
    fireEvent.click(box())
    await screen.findByRole('option', { name: /Physical therapy evaluation/ })
    type(stage, 'abd')
    const option = await screen.findByRole('option', { name: /CT abdomen and pelvis/ })
    expect(screen.queryByRole('option', { name: /Physical therapy/ })).toBeNull()
    fireEvent.click(option)
    expect((box() as HTMLInputElement).value).toBe('CT abdomen and pelvis')
  })

  it('works with the arrow keys and Enter, and finds by code', async () => {
    const stage = open()
    type(stage, '74176')
    await screen.findByRole('option', { name: /CT abdomen and pelvis/ })
    fireEvent.keyDown(box(), { key: 'ArrowDown' })
    fireEvent.keyDown(box(), { key: 'Enter' })
    expect((box() as HTMLInputElement).value).toBe('CT abdomen and pelvis')
  })

  it('says when the search failed and leaves the entry by hand', async () => {
    const stage = open({
      expand: async () => fail({ kind: 'http', server: 'Lakeside EHR', status: 500 }),
    })
    type(stage, 'knee')
    await screen.findByText(/The code list of Lakeside EHR could not be searched/)
    fireEvent.click(screen.getByText('Enter a code yourself'))
    fireEvent.change(screen.getByLabelText('Code'), { target: { value: '73721' } })
    fireEvent.change(screen.getByLabelText(/In words/), { target: { value: 'MRI of the knee' } })
    fireEvent.click(screen.getByRole('button', { name: 'Use this code' }))
    expect((box() as HTMLInputElement).value).toBe('MRI of the knee')
  })

  it('does not take words that were typed but not chosen', async () => {
    const stage = open()
    await screen.findByRole('button', { name: 'Ask Acme Health' })
    type(stage, 'something')
    fireEvent.click(ask())
    const message = /“something” is not chosen yet/
    expect((await screen.findAllByText(message)).length).toBeGreaterThan(0)
    expect(stage.sent).toHaveLength(0)
  })
})

describe('what will be sent', () => {
  it('is shown in words and to the letter before anything is sent', async () => {
    const stage = open()
    fireEvent.click(await screen.findByRole('button', { name: 'MRI of the lower back' }))
    fireEvent.click(await screen.findByText('What will be sent to Acme Health'))
    act(() => stage.clock.advance(400))
    const letter = await screen.findByText(/To the letter/)
    const details = letter.closest('details')
    expect(details?.textContent).toContain('"unsolicited-determ": false')
    expect(details?.querySelector('mark')?.textContent).toContain('p1')
    expect(stage.sent).toHaveLength(0)
    const shown: unknown = JSON.parse(details?.querySelector('pre')?.textContent ?? '')
    fireEvent.click(ask())
    await waitFor(() => expect(stage.sent).toHaveLength(1))
    expect(stage.sent[0]?.json).toEqual(shown)
  })

  it('names what is missing while the question is not complete', async () => {
    open()
    fireEvent.click(await screen.findByText('What will be sent to Acme Health'))
    expect(screen.getByText('Nothing yet: the question is not complete.')).toBeTruthy()
  })
})
