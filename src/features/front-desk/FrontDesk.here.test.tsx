// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { at, type FhirJson, text } from '../../domain/json'
import { ok } from '../../domain/result'
import { ACME_ORGANIZATION, COVERAGE, DISCOVERY, PATIENT, USER } from '../asking/fake-chart'
import type { FakeWorld } from '../asking/fake-work'
import { APPOINTMENT, ask, covered, openDesk, ready, SERVICE } from './fake-desk'

afterEach(cleanup)

describe('“the patient is here”', () => {
  const prefetch = { visit: 'Encounter/{{context.encounterId}}' }
  const visit = { id: 'start', hook: 'encounter-start' as const, prefetch }
  const here = async (changed: Partial<FakeWorld> = {}) => {
    const opened = openDesk({
      discover: async () =>
        ok({ ...DISCOVERY, services: SERVICE === undefined ? [] : [{ ...SERVICE, ...visit }] }),
      ...changed,
    })
    await ready()
    fireEvent.click(screen.getByText(/^Asked as/))
    fireEvent.click(screen.getByRole('radio', { name: /the patient is here/ }))
    return opened
  }
  const ENCOUNTER: FhirJson = {
    resourceType: 'Encounter',
    id: 'e1',
    status: 'arrived',
    subject: { reference: 'Patient/p1' },
    appointment: [{ reference: 'Appointment/a1' }],
  }

  it('is asked about the visit of the chart that has begun for the appointment, and says so', async () => {
    const { sent } = await here({
      chart: [PATIENT, USER, COVERAGE, ACME_ORGANIZATION, APPOINTMENT, ENCOUNTER],
    })
    await screen.findByText('Asked about the visit of the chart that has begun for this appointment.')
    ask()
    await waitFor(() => expect(sent).toHaveLength(1))
    expect(text(sent[0]?.json, 'hook')).toBe('encounter-start')
    expect(text(sent[0]?.json, 'context', 'encounterId')).toBe('e1')
  })

  it('is asked about a visit that is only supposed where the chart has none, and says so', async () => {
    const { sent } = await here()
    await screen.findByText('The chart has no visit that has begun. Asked about one that is only supposed.')
    ask()
    await waitFor(() => expect(sent).toHaveLength(1))
    const supposed = at(sent[0]?.json, 'prefetch', 'visit')
    expect(supposed).toMatchObject({ resourceType: 'Encounter', status: 'planned' })
    expect(text(supposed, 'id')).toBe(text(sent[0]?.json, 'context', 'encounterId'))
  })
})

describe('another date beside the first', () => {
  it('is asked besides, leads to its own answer, and goes with the question that it was compared with', async () => {
    const { sent, answer } = openDesk()
    await ready()
    ask()
    await waitFor(() => expect(sent).toHaveLength(1))
    await answer(covered(sent[0]))
    fireEvent.click(await screen.findByRole('button', { name: 'Compare another date' }))
    fireEvent.change(screen.getByLabelText('on this day instead'), { target: { value: '2026-12-04' } })
    const button = screen.getByRole('button', { name: 'Ask Acme Health about this too' })
    button.focus()
    fireEvent.click(button)
    await waitFor(() => expect(sent).toHaveLength(2))
    await answer(ok({ cards: [] }))
    const other = await screen.findByRole('heading', { name: /on 04-Dec-2026 at Suite 4/ })
    await waitFor(() => expect(document.activeElement).toBe(other))
    expect(screen.queryByLabelText('on this day instead')).toBeNull()
    expect(screen.getByRole('heading', { name: /on 27-Nov-2026 at Suite 4/ })).toBeTruthy()
    fireEvent.change(screen.getByLabelText(/on this day/), { target: { value: '2026-11-30' } })
    expect(screen.queryByRole('button', { name: 'Compare another date' })).toBeNull()
    ask()
    await waitFor(() => expect(sent).toHaveLength(3))
    await answer(covered(sent[2]))
    await screen.findByRole('heading', { name: /on 30-Nov-2026/ })
    expect(screen.queryByRole('heading', { name: /on 04-Dec-2026/ })).toBeNull()
  })
})
