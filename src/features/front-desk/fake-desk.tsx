import { act, fireEvent, render, screen } from '@testing-library/react'
import type { ApprovedRequest } from '../../domain/crd/guard'
import { at, type FhirJson, isObject } from '../../domain/json'
import { fail, ok, type Result } from '../../domain/result'
import { coverageInformation } from '../asking/fake-answer'
import { ACME_ORGANIZATION, COVERAGE, DISCOVERY, PATIENT, USER } from '../asking/fake-chart'
import { fakeClock } from '../asking/fake-clock'
import { type FakeWorld, fakeWork, fakeWorld, Shell } from '../asking/fake-work'
import FrontDesk from './FrontDesk'

export const START = new Date(2026, 10, 20, 10, 32).getTime()
export const APPOINTMENT: FhirJson = {
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
export const SERVICE = DISCOVERY.services[0]
const services = SERVICE === undefined ? [] : [{ ...SERVICE, id: 'book', hook: 'appointment-book' as const }]

/** The desk of a patient who has an appointment, with a payer that answers when the test says so. */
export function openDesk(changed: Partial<FakeWorld> = {}) {
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
  const work = fakeWork(world)
  const show = () =>
    render(
      <Shell work={work}>
        <FrontDesk />
      </Shell>,
    )
  show()
  const answer = async (result: Result<unknown>) => act(async () => waiting.at(-1)?.(result))
  return { clock, sent, answer, show }
}

export const ask = () => fireEvent.click(screen.getByRole('button', { name: 'Ask Acme Health' }))
export const ready = async () => {
  await screen.findByText(/from the appointment/)
  await screen.findByRole('button', { name: 'Ask Acme Health' })
}
export const inContext = (request: ApprovedRequest | undefined): unknown =>
  at(request?.json, 'context', 'appointments', 'entry', 0, 'resource')

/** "Yes" to the appointment that was asked about. */
export function covered(request: ApprovedRequest | undefined) {
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
