// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { at, text } from '../../domain/json'
import type { Payer } from '../../domain/payer-directory'
import { fail, ok } from '../../domain/result'
import { ACME_ORGANIZATION, COVERAGE, DISCOVERY, PATIENT, USER } from '../asking/fake-chart'
import { fakeClock } from '../asking/fake-clock'
import { fakeWork, fakeWorld, Shell } from '../asking/fake-work'
import FrontDesk from './FrontDesk'
import { APPOINTMENT, ask, covered, inContext, openDesk, ready, SERVICE, START } from './fake-desk'

afterEach(cleanup)

const isPayer = (payer: object | undefined): payer is Payer => payer !== undefined

describe('the front desk’s question', () => {
  it('is filled from the patient’s next appointment, and asked of the payer as that appointment', async () => {
    const { sent, answer } = openDesk()
    await ready()
    expect(screen.getByLabelText('Is this service')).toHaveProperty('value', 'MRI of the lower back')
    expect(screen.getByLabelText(/on this day/)).toHaveProperty('value', '2026-11-27')
    expect(screen.getByLabelText(/at this place/)).toHaveProperty('value', 'Suite 4')
    ask()
    await waitFor(() => expect(sent).toHaveLength(1))
    const asked = inContext(sent[0])
    expect(asked).toMatchObject({ status: 'proposed', start: '2026-11-27T09:00:00-06:00' })
    expect(JSON.stringify(asked)).toContain('Practitioner/dr1')
    await answer(covered(sent[0]))
    // Beside it in the list of today, where it may stand first.
    expect(
      await screen.findByText('Yes: covered. No authorization needed.', { selector: '.fd-verdict' }),
    ).toBeTruthy()
    expect(screen.getByText('Acme Health: 800 555 0142')).toBeTruthy()
    const today = await screen.findByRole('region', { name: 'Asked today' })
    expect(within(today).getByText('Yes: covered. No authorization needed.')).toBeTruthy()
  })

  it('says what is missing at its field, and sends nothing', async () => {
    const { sent } = openDesk()
    await ready()
    fireEvent.change(screen.getByLabelText('Is this service'), { target: { value: 'something' } })
    ask()
    const summary = await screen.findByRole('alert')
    expect(summary.textContent).toContain('Choose the service from the list.')
    expect(sent).toHaveLength(0)
  })

  it('is asked as an order by the person named where the user says so, not by who asks', async () => {
    const discovery = { ...DISCOVERY, services: SERVICE === undefined ? [] : [SERVICE] }
    const { sent } = openDesk({ discover: async () => ok(discovery), fhirUser: 'Practitioner/bell' })
    await ready()
    fireEvent.click(screen.getByText(/^Asked as/))
    fireEvent.click(screen.getByRole('radio', { name: 'a service or test that is ordered' }))
    ask()
    await waitFor(() => expect(sent).toHaveLength(1))
    const context = at(sent[0]?.json, 'context')
    expect(text(context, 'userId')).toBe('Practitioner/bell')
    expect(at(context, 'draftOrders', 'entry', 0, 'resource', 'requester', 'reference')).toBe(
      'Practitioner/dr1',
    )
  })

  it('carries another member id for this question alone, and says so with the answer', async () => {
    const { sent, answer } = openDesk()
    await ready()
    const box = await screen.findByLabelText('Member id')
    expect(box).toHaveProperty('value', 'W1234')
    fireEvent.change(box, { target: { value: 'W9999' } })
    expect(screen.getByText('For this question only. The chart has W1234 and is not changed.')).toBeTruthy()
    ask()
    await waitFor(() => expect(sent).toHaveLength(1))
    expect(JSON.stringify(sent[0]?.json.prefetch)).toContain('W9999')
    expect(JSON.stringify(sent[0]?.json.prefetch)).not.toContain('W1234')
    await answer(covered(sent[0]))
    expect((await screen.findByText(/^Asked with member id/)).textContent).toContain('W9999')
    fireEvent.click(screen.getByRole('button', { name: 'Use the chart’s member id' }))
    expect(box).toHaveProperty('value', 'W1234')
    expect(await screen.findByText('You changed the question after this answer. Ask again.')).toBeTruthy()
  })

  it('can be left once the payer is slow, which is no answer', async () => {
    const { clock, sent } = openDesk()
    await ready()
    ask()
    await waitFor(() => expect(sent).toHaveLength(1))
    act(() => clock.advance(5_100))
    fireEvent.click(await screen.findByRole('button', { name: 'Skip Acme Health' }))
    await screen.findAllByText('You skipped Acme Health before it answered.')
    const answer = screen.getByRole('article', { name: /^Acme Health/ })
    expect(within(answer).getByText('Not known: whether it is covered.')).toBeTruthy()
    expect(sent).toHaveLength(1)
  })

  it('says why there is no answer, what to do, and under which number to ask for it', async () => {
    const { sent, answer } = openDesk()
    await ready()
    ask()
    await waitFor(() => expect(sent).toHaveLength(1))
    await answer(fail({ kind: 'http', server: 'Acme Health', status: 500 }))
    const block = await screen.findByRole('article', { name: /^Acme Health/ })
    expect(within(block).getByText('Acme Health sent an error and no answer.')).toBeTruthy()
    expect(within(block).getByText(/^Acme Health has a fault of its own/)).toBeTruthy()
    const hookInstance = text(sent[0]?.json, 'hookInstance') ?? ''
    expect(
      within(block).getByRole('button', { name: `Copy reference ${hookInstance.slice(0, 8)}` }),
    ).toBeTruthy()
    const today = await screen.findByRole('region', { name: 'Asked today' })
    expect(today.textContent).toContain('Acme Health sent an error and no answer.')
  })

  it('stands as it was left when one comes back, also by a new sign-in', async () => {
    const { sent, show } = openDesk()
    await ready()
    fireEvent.change(screen.getByLabelText(/on this day/), { target: { value: '2026-12-01' } })
    fireEvent.change(await screen.findByLabelText('Member id'), { target: { value: 'W9999' } })
    cleanup()
    show()
    await ready()
    expect(screen.getByLabelText(/on this day/)).toHaveProperty('value', '2026-12-01')
    expect(screen.getByLabelText('Is this service')).toHaveProperty('value', 'MRI of the lower back')
    expect(await screen.findByLabelText('Member id')).toHaveProperty('value', 'W9999')
    fireEvent.change(screen.getByLabelText(/on this day/), { target: { value: '2026-11-27' } })
    ask()
    await waitFor(() => expect(sent).toHaveLength(1))
    // Of the appointment that it was filled from, with its time.
    expect(inContext(sent[0])).toMatchObject({ start: '2026-11-27T09:00:00-06:00' })
  })

  it('takes Enter in the search for the form’s, so that it never looks like nothing', async () => {
    const { sent } = openDesk()
    await ready()
    const box = await screen.findByRole('combobox', { name: 'Is this service' })
    fireEvent.change(box, { target: { value: 'something' } })
    // As a browser submits a form: only where nobody took the key for something else.
    expect(fireEvent.keyDown(box, { key: 'Enter' })).toBe(true)
    expect(sent).toHaveLength(0)
  })

  it('names all who would be asked', async () => {
    const second = {
      ...COVERAGE,
      id: 'c2',
      order: 2,
      payor: [{ identifier: { system: 'urn:x', value: '2' }, display: 'Second' }],
    }
    const clock = fakeClock(START)
    const work = fakeWork(
      fakeWorld(clock, { chart: [PATIENT, USER, COVERAGE, second, ACME_ORGANIZATION, APPOINTMENT] }),
    )
    const [acme] = work.site.payers
    const other = { ...acme, id: 'other', name: 'Other Plan', identifiers: [{ system: 'urn:x', value: '2' }] }
    render(
      <Shell work={{ ...work, site: { ...work.site, payers: [acme, other].filter(isPayer) } }}>
        <FrontDesk />
      </Shell>,
    )
    expect(await screen.findByRole('button', { name: 'Ask Acme Health and Other Plan' })).toBeTruthy()
  })
})
