import { act, fireEvent, render, screen } from '@testing-library/react'
import type { ApprovedRequest } from '../../../domain/crd/guard'
import {
  BASE,
  coverage,
  appointment as dayAppointment,
  dayEhr,
  patient,
} from '../../../domain/front-desk/day.testing'
import { at, type FhirJson, isObject, text } from '../../../domain/json'
import { fail, ok, type Result } from '../../../domain/result'
import { coverageInformation } from '../../asking/fake-answer'
import { DISCOVERY } from '../../asking/fake-chart'
import { fakeClock } from '../../asking/fake-clock'
import { fakeAudit } from '../../asking/fake-stores'
import { fakeWork, fakeWorld, Shell } from '../../asking/fake-work'
import { workFor } from '../../work'
import DayList from './DayList'

const services = DISCOVERY.services.map((service) => ({
  ...service,
  id: 'book',
  hook: 'appointment-book' as const,
  // Nothing is to be read for it: what the list read is enough.
  prefetch: {},
}))

/** At nine, half past nine, ten …: one appointment for each patient. */
export const appointment = (index: number, more: Readonly<Record<string, unknown>> = {}): FhirJson => {
  const hour = `${9 + Math.floor(index / 2)}`.padStart(2, '0')
  const minute = index % 2 === 0 ? '00' : '30'
  return dayAppointment(`a${index}`, `p${index}`, {
    start: new Date(2026, 10, 20, Number(hour), Number(minute)).toISOString(),
    end: new Date(2026, 10, 20, Number(hour), Number(minute) + 20).toISOString(),
    ...more,
  })
}

/** Patients with a coverage of Acme Health and an appointment today. */
export const people = (count: number): readonly FhirJson[] =>
  Array.from({ length: count }, (_, index) => index).flatMap((index) => [
    patient(`p${index}`, `Family${index}`),
    coverage(`p${index}`),
    appointment(index),
  ])

interface Options {
  readonly scopes?: readonly string[]
  readonly faults?: Parameters<typeof dayEhr>[1]
}

/** The day's list over a chart, with a payer that answers when the test says so. */
export function openDay(chart: readonly FhirJson[], { scopes = ['user/*.rs'], faults = {} }: Options = {}) {
  const clock = fakeClock(new Date(2026, 10, 20, 8, 0).getTime())
  const { ehr, asked: reads } = dayEhr(chart, faults)
  const audit = fakeAudit()
  const sent: string[] = []
  const contexts: unknown[] = []
  const open = new Map<string, { request: ApprovedRequest; end: (result: Result<unknown>) => void }>()
  const world = fakeWorld(clock, {
    audit,
    discover: async () => ok({ ...DISCOVERY, services }),
    invoke: (request, options) =>
      new Promise((resolve) => {
        const id = text(at(request.json, 'context'), 'patientId') ?? ''
        sent.push(id)
        contexts.push(at(request.json, 'context'))
        open.set(id, { request, end: resolve })
        options?.signal?.addEventListener('abort', () => resolve(fail({ kind: 'cancelled' })))
      }),
  })
  const { session, site, ports } = fakeWork(world)
  const desk = {
    session: { ...session, fhirBase: BASE, scopes, encounterId: 'of-the-launched-patient' },
    site,
    chart: {},
    ports: { ...ports, ehr },
  }
  render(
    <Shell work={workFor(desk, { ...patient('p0'), id: 'p0' })}>
      <DayList desk={desk} />
    </Shell>,
  )
  const settle = () => act(async () => void (await new Promise((resolve) => setTimeout(resolve, 0))))
  /** What the payer says about a patient's appointment. */
  const answer = async (id: string, result: Result<unknown> | 'covered' | 'needs-authorization') => {
    const asked = open.get(id)
    if (asked === undefined) throw new Error(`${id} was not asked about`)
    asked.end(typeof result === 'string' ? said(asked.request, result) : result)
    await settle()
  }
  return { clock, reads, audit, sent, contexts, answer, settle }
}

function said(request: ApprovedRequest, what: 'covered' | 'needs-authorization'): Result<unknown> {
  const booked = at(request.json, 'context', 'appointments', 'entry', 0, 'resource')
  const extension = [
    coverageInformation(
      { url: 'covered', valueCode: 'covered' },
      { url: 'pa-needed', valueCode: what === 'covered' ? 'no-auth' : 'auth-needed' },
    ),
  ]
  const resource = { ...(isObject(booked) && booked), extension }
  return ok({ cards: [], systemActions: [{ type: 'update', description: 'x', resource }] })
}

export const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }))
export const rowOf = (name: string): HTMLElement => {
  const row = screen.getByRole('button', { name }).closest('li')
  if (row === null) throw new Error(`no row of ${name}`)
  return row
}
