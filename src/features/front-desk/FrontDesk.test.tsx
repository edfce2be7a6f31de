// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import type { ApprovedRequest } from '../../domain/crd/guard'
import { at, type FhirJson, isObject, text } from '../../domain/json'
import { fail, ok, type Result } from '../../domain/result'
import { coverageInformation } from '../asking/fake-answer'
import { ACME_ORGANIZATION, COVERAGE, DISCOVERY, PATIENT, USER } from '../asking/fake-chart'
import { fakeClock } from '../asking/fake-clock'
import { type FakeWorld, fakeWork, fakeWorld, Shell } from '../asking/fake-work'
import FrontDesk from './FrontDesk'

afterEach(cleanup)

const START = new Date(2026, 10, 20, 10, 32).getTime()
const APPOINTMENT: FhirJson = {
  resourceType: 'Appointment',
  id: 'a1',
  status: 'booked',
  serviceType: [
    {
      text: 'MRI of the lower back',
      coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '72148', display: 'MRI' }],
    },
  ],
  start: '2026-11-27T09:00:00-06:00',
  end: '2026-11-27T09:45:00-06:00',
  participant: [
    { actor: { reference: 'Patient/p1' }, status: 'accepted' },
    { actor: { reference: 'Practitioner/dr1', display: 'Dr. Ana Moreno' }, status: 'accepted' },
    { actor: { reference: 'Location/l1', display: 'Suite 4' }, status: 'accepted' },
  ],
}
const SERVICE = DISCOVERY.services[0]
const services = SERVICE === undefined ? [] : [{ ...SERVICE, id: 'book', hook: 'appointment-book' as const }]

function open(changed: Partial<FakeWorld> = {}) {
  const clock = fakeClock(START)
  const sent: ApprovedRequest[] = []
  const waiting: ((result: Result<unknown>) => void)[] = []
  const world = fakeWorld(clock, {
    chart: [PATIENT, USER, COVERAGE, ACME_ORGANIZATION, APPOINTMENT],
    discover: async () => ok({ ...DISCOVERY, services }),
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
      <FrontDesk />
    </Shell>,
  )
  const answer = async (result: Result<unknown>) => act(async () => waiting.at(-1)?.(result))
  return { clock, sent, answer }
}

const ask = () => fireEvent.click(screen.getByRole('button', { name: 'Ask Acme Health' }))
const ready = async () => {
  await screen.findByText(/from the appointment/)
  await screen.findByRole('button', { name: 'Ask Acme Health' })
}
const inContext = (request: ApprovedRequest | undefined): unknown =>
  at(request?.json, 'context', 'appointments', 'entry', 0, 'resource')

function covered(request: ApprovedRequest | undefined) {
  const extension = [
    coverageInformation({ url: 'covered', valueCode: 'covered' }, { url: 'pa-needed', valueCode: 'no-auth' }),
  ]
  const booked = inContext(request)
  return ok({
    cards: [],
    systemActions: [
      { type: 'update', description: 'x', resource: { ...(isObject(booked) && booked), extension } },
    ],
  })
}

describe('the front desk’s question', () => {
  it('is filled from the patient’s next appointment, and asked of the payer as that appointment', async () => {
    const { sent, answer } = open()
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
    const { sent } = open()
    await ready()
    fireEvent.change(screen.getByLabelText('Is this service'), { target: { value: 'something' } })
    ask()
    const summary = await screen.findByRole('alert')
    expect(summary.textContent).toContain('Choose the service from the list.')
    expect(sent).toHaveLength(0)
  })

  it('is asked as an order by the person named where the user says so, not by who asks', async () => {
    const discovery = { ...DISCOVERY, services: SERVICE === undefined ? [] : [SERVICE] }
    const { sent } = open({ discover: async () => ok(discovery), fhirUser: 'Practitioner/bell' })
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
    const { sent, answer } = open()
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
    const { clock, sent } = open()
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
})
