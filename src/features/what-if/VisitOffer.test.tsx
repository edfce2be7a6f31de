// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import type { FhirJson } from '../../domain/json'
import { ACME_ORGANIZATION, CHART_ORDER, COVERAGE, PATIENT, USER } from '../asking/fake-chart'
import { box, open } from './fake-stage'

afterEach(cleanup)

const VISIT: FhirJson = {
  resourceType: 'Appointment',
  id: 'a1',
  status: 'booked',
  serviceType: [{ text: 'Physical therapy' }],
  start: '2026-11-27T10:00:00-06:00',
  participant: [
    { actor: { reference: 'Patient/p1' } },
    { actor: { reference: 'Practitioner/dr1', display: 'Dr. Ana Moreno' } },
  ],
  basedOn: [{ reference: 'ServiceRequest/s1' }],
}
const openFor = (visit: FhirJson, id = 'a1') =>
  open({
    chart: [PATIENT, USER, COVERAGE, ACME_ORGANIZATION, CHART_ORDER, visit],
    fhirContext: [{ reference: `Appointment/${id}` }],
  })
const value = (label: string) => (screen.getByLabelText(label) as HTMLInputElement).value

describe('opened for an appointment', () => {
  it('offers it, takes nothing before the button, and then fills in what is known, to be checked', async () => {
    const stage = openFor(VISIT)
    const start = await screen.findByRole('button', { name: 'Start from this appointment' })
    expect(screen.getByText('27-Nov-2026, with Dr. Ana Moreno')).toBeTruthy()
    expect((box() as HTMLInputElement).value).toBe('')
    fireEvent.click(start)
    expect((box() as HTMLInputElement).value).toBe('Physical therapy evaluation')
    expect(value('When')).toBe('2026-11-27')
    expect(screen.getByText(/Please check it before you ask/)).toBeTruthy()
    expect(stage.sent).toEqual([])
  })

  it('says so where no payer would know its service', async () => {
    openFor({ ...VISIT, basedOn: [] })
    fireEvent.click(await screen.findByRole('button', { name: 'Start from this appointment' }))
    expect(screen.getByText(/choose the service yourself/)).toBeTruthy()
    expect((box() as HTMLInputElement).value).toBe('Physical therapy')
  })

  it('takes nothing from somebody else’s appointment, and says when it cannot be read', async () => {
    openFor({ ...VISIT, participant: [{ actor: { reference: 'Patient/p2' } }] })
    expect(await screen.findByText(/Nothing was taken from it/)).toBeTruthy()
    cleanup()
    openFor(VISIT, 'gone')
    expect(await screen.findByText(/could not be read/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Start from this appointment' })).toBeNull()
  })
})
