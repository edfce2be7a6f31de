// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { ok } from '../../domain/result'
import { AnnounceProvider } from '../../ui'
import { ACME_ORGANIZATION, COVERAGE, DISCOVERY, PATIENT, USER } from '../asking/fake-chart'
import { fakeClock } from '../asking/fake-clock'
import { fakeWork, fakeWorld } from '../asking/fake-work'
import { OpenQuestion } from './OpenQuestion'

afterEach(cleanup)

const START = new Date(2026, 10, 20, 10, 32).getTime()
const [SERVICE] = DISCOVERY.services
const services = SERVICE === undefined ? [] : [{ ...SERVICE, hook: 'appointment-book' as const }]
const OTHER = {
  ...PATIENT,
  id: 'p2',
  name: [{ use: 'official', family: 'Stone', given: ['Ada'] }],
  birthDate: '1970-01-01',
}
const visitOf = (patient: string) => ({
  resourceType: 'Appointment',
  id: `visit-${patient}`,
  status: 'booked',
  serviceType: [
    { text: 'Follow-up visit', coding: [{ system: 'http://snomed.info/sct', code: '390906007' }] },
  ],
  start: '2026-11-27T09:00:00-06:00',
  end: '2026-11-27T09:20:00-06:00',
  participant: [
    { actor: { reference: `Patient/${patient}` } },
    { actor: { reference: 'Practitioner/dr1', display: 'Dr. Ana Moreno' } },
  ],
})

function open() {
  const { session, site, ports } = fakeWork(
    fakeWorld(fakeClock(START), {
      chart: [
        PATIENT,
        OTHER,
        USER,
        COVERAGE,
        { ...COVERAGE, id: 'c2', beneficiary: { reference: 'Patient/p2' } },
        ACME_ORGANIZATION,
        visitOf('p1'),
        visitOf('p2'),
      ],
      discover: async () => ok({ ...DISCOVERY, services }),
    }),
  )
  render(
    <QueryClientProvider client={new QueryClient()}>
      <AnnounceProvider>
        <OpenQuestion desk={{ session, site, chart: {}, ports }} />
      </AnnounceProvider>
    </QueryClientProvider>,
  )
  const find = async (name: string, born: string) => {
    fireEvent.change(screen.getByLabelText('Name'), { target: { value: name } })
    fireEvent.change(screen.getByLabelText('Birth date'), { target: { value: born } })
    fireEvent.click(screen.getByRole('button', { name: 'Find the patient' }))
    fireEvent.click(await screen.findByRole('button', { name: /^Ask for/ }))
  }
  const ask = async () => {
    fireEvent.click(await screen.findByRole('button', { name: 'Ask Acme Health' }))
    await screen.findAllByText('Acme Health said nothing. This does not mean it is covered.')
  }
  return { find, ask }
}

const today = () => screen.findByRole('region', { name: 'Asked today' })

describe('the desk without a patient', () => {
  it('lists what was asked today by patient, and leads back to one of them', async () => {
    const { find, ask } = open()
    await find('roe', '1965-07-14')
    await screen.findByText(/from the appointment/)
    await ask()
    fireEvent.click(screen.getByRole('button', { name: 'Another patient' }))
    expect(within(await today()).getByText(/Jane Roe, born 14-Jul-1965/)).toBeTruthy()
    await find('stone', '1970-01-01')
    await screen.findByText(/from the appointment/)
    await ask()
    const rows = within(await today()).getAllByRole('listitem')
    expect(rows.map((row) => /Ada Stone|Jane Roe/.exec(row.textContent ?? '')?.[0])).toEqual([
      'Ada Stone',
      'Jane Roe',
    ])
    expect(rows[0]?.textContent).toContain('Follow-up visit on 27-Nov-2026 · Acme Health')
    fireEvent.click(screen.getByRole('button', { name: 'Another patient' }))
    fireEvent.click(await screen.findByRole('button', { name: 'Ask again for Jane Roe' }))
    expect((await screen.findByRole('region', { name: 'Patient' })).textContent).toContain('Roe, Jane')
  })

  it('has no list before anything was asked', () => {
    open()
    expect(screen.queryByRole('region', { name: 'Asked today' })).toBeNull()
  })
})
