// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { coverage } from '../../../domain/front-desk/day.testing'
import { fail } from '../../../domain/result'
import { appointment, openDay, people, press, rowOf } from './fake-day'

afterEach(cleanup)

const names = () =>
  screen.getAllByRole('button', { name: /^Family/ }).map((button) => button.textContent?.slice(0, 7))
const tooMany = (seconds: number) =>
  fail({ kind: 'http', server: 'Acme Health', status: 429, retryAfterSeconds: seconds } as const)
const down = fail({ kind: 'network', server: 'Acme Health' } as const)

const isLeavingWarned = (): boolean => {
  const leave = new Event('beforeunload', { cancelable: true })
  window.dispatchEvent(leave)
  return leave.defaultPrevented
}

describe('the day’s list', () => {
  it('says what the launch may not read, and reads nothing', async () => {
    const { reads, settle } = openDay(people(1), { scopes: ['patient/*.rs', 'user/Patient.rs'] })
    await settle()
    expect(screen.getByText(/^user\/Appointment\.rs/)).toBeTruthy()
    expect(screen.queryByText(/^user\/Patient\.rs/)).toBeNull()
    expect(reads).toEqual([])
  })

  it('asks about each appointment once on one press, three at a time of one payer', async () => {
    const { sent, answer, settle } = openDay(people(5))
    await screen.findByText('5 appointments to ask about')
    expect(screen.getByText(/^Acme Health 5\. Each payer is told/)).toBeTruthy()
    expect(sent).toEqual([])
    press('Ask about 5 appointments')
    await waitFor(() => expect(sent).toHaveLength(3))
    await answer('p1', 'covered')
    await waitFor(() => expect(sent).toHaveLength(4))
    expect(screen.getByRole('heading', { name: 'Asking: 1 of 5 done' })).toBe(document.activeElement)
    for (const id of ['p0', 'p2', 'p3']) await answer(id, 'covered')
    await settle()
    await answer('p4', 'covered')
    await screen.findByRole('heading', { name: 'All 5 appointments asked about' })
    expect(sent.toSorted()).toEqual(['p0', 'p1', 'p2', 'p3', 'p4'])
  })

  it('keeps every row in its place while answers come in, and then sorts by what needs doing', async () => {
    const { answer, sent } = openDay(people(3))
    await screen.findByText('3 appointments to ask about')
    press(/^Ask about 3/)
    await waitFor(() => expect(sent).toHaveLength(3))
    await answer('p1', down)
    await answer('p2', 'needs-authorization')
    expect(names()).toEqual(['Family0', 'Family1', 'Family2'])
    expect(rowOf('Family2, Jane').textContent).toContain('Authorization needed')
    await answer('p0', 'covered')
    expect(names()).toEqual(['Family2', 'Family1', 'Family0'])
    expect(rowOf('Family1, Jane').textContent).toContain('Acme Health could not be reached.')
    fireEvent.change(screen.getByLabelText('Order'), { target: { value: 'time' } })
    expect(names()).toEqual(['Family0', 'Family1', 'Family2'])
  })

  it('lists apart, with the reason, who is never asked about', async () => {
    const { sent } = openDay([
      ...people(1),
      appointment(1, { status: 'cancelled' }),
      appointment(2),
      ...people(4).filter(({ id }) => id === 'p2'),
    ])
    const apart = await screen.findByRole('region', { name: 'Not asked about' })
    expect(within(apart).getAllByRole('listitem')).toHaveLength(2)
    expect(apart.textContent).toContain('Cancelled.')
    expect(apart.textContent).toContain('No coverage on file.')
    press('Ask about 1 appointment')
    await waitFor(() => expect(sent).toEqual(['p0']))
  })

  it('sends nothing more once stopped, and goes on with the others', async () => {
    const { answer, sent } = openDay(people(5))
    await screen.findByText('5 appointments to ask about')
    press(/^Ask about 5/)
    await waitFor(() => expect(sent).toHaveLength(3))
    press('Stop')
    expect(screen.getByRole('heading', { name: 'Stopping: 3 answers still to come' })).toBeTruthy()
    expect(isLeavingWarned()).toBe(true)
    for (const id of ['p0', 'p1', 'p2']) await answer(id, 'covered')
    expect(screen.getByRole('heading', { name: 'Stopped: 3 of 5 done' })).toBeTruthy()
    expect(sent).toHaveLength(3)
    expect(isLeavingWarned()).toBe(false)
    press('Continue with the other 2')
    await waitFor(() => expect(sent).toHaveLength(5))
    expect(new Set(sent).size).toBe(5)
  })

  it('waits for no answer where the user does not, and says so of each row', async () => {
    const { sent } = openDay(people(2))
    await screen.findByText('2 appointments to ask about')
    press(/^Ask about 2/)
    await waitFor(() => expect(sent).toHaveLength(2))
    // Both are on their way: there is nothing to stop.
    expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull()
    press('Do not wait for these 2')
    await screen.findByRole('heading', { name: 'All 2 appointments asked about: 2 without an answer' })
    expect(rowOf('Family0, Jane').textContent).toContain('You skipped Acme Health before it answered.')
  })

  it('keeps the others to go on with where the user waits for no answer after a stop', async () => {
    const { sent } = openDay(people(5))
    await screen.findByText('5 appointments to ask about')
    press(/^Ask about 5/)
    await waitFor(() => expect(sent).toHaveLength(3))
    press('Stop')
    press('Do not wait for these 3')
    await screen.findByRole('heading', { name: 'Stopped: 3 of 5 done' })
    press('Leave the others')
    await screen.findByRole('heading', {
      name: '3 of 5 appointments asked about: 3 without an answer',
    })
    expect(sent).toHaveLength(3)
    expect(screen.getByRole('button', { name: 'Ask about 2 appointments' })).toBeTruthy()
  })

  it('leaves a payer alone for as long as it asks, and asks again only on a press', async () => {
    const { clock, answer, sent, settle } = openDay(people(5))
    await screen.findByText('5 appointments to ask about')
    press(/^Ask about 5/)
    await waitFor(() => expect(sent).toHaveLength(3))
    await answer('p0', tooMany(30))
    expect(screen.getByText(/^Acme Health asks to wait: nothing goes to it until 08:00:30/)).toBeTruthy()
    await answer('p1', 'covered')
    await answer('p2', 'covered')
    expect(sent).toHaveLength(3)
    act(() => clock.advance(30_000))
    await waitFor(() => expect(sent).toHaveLength(4))
    await answer('p3', 'covered')
    act(() => clock.advance(5_000))
    await settle()
    await answer('p4', 'covered')
    expect(rowOf('Family0, Jane').textContent).toContain('Acme Health was asked too much at once')
    press('Ask again: 1 without an answer')
    act(() => clock.advance(5_000))
    await waitFor(() => expect(sent.filter((id) => id === 'p0')).toHaveLength(2))
    expect(sent).toHaveLength(6)
  })

  it('keeps each answer with its time while another day is shown, and in the log', async () => {
    const { audit, answer, sent, contexts } = openDay(people(1))
    await screen.findByText('1 appointment to ask about')
    press(/^Ask about 1/)
    await waitFor(() => expect(sent).toEqual(['p0']))
    press('Tomorrow')
    await screen.findByText(/^Nobody is booked on Saturday, 21-Nov-2026/)
    await answer('p0', 'covered')
    press('Today')
    await screen.findByRole('heading', { name: '1 appointment asked about' })
    expect(rowOf('Family0, Jane').textContent).toContain('08:00')
    expect(audit.held().map(({ entry }) => [entry.patientId, entry.outcome])).toEqual([['p0', 'answered']])
    // What the launch says of its own patient is told about nobody else.
    expect(JSON.stringify(contexts)).not.toContain('of-the-launched-patient')
  })

  it('takes no answer for one to an appointment that was changed meanwhile', async () => {
    const chart = [...people(1)]
    const { answer, sent, settle } = openDay(chart)
    await screen.findByText('1 appointment to ask about')
    press(/^Ask about 1/)
    await waitFor(() => expect(sent).toEqual(['p0']))
    const index = chart.findIndex(({ id }) => id === 'a0')
    chart[index] = { ...appointment(3), id: 'a0', participant: chart[index]?.participant }
    press('Read again')
    await within(rowOf('Family0, Jane')).findByText('10:30')
    await answer('p0', 'covered')
    await settle()
    expect(rowOf('Family0, Jane').textContent).toContain('Not asked yet')
    expect(screen.getByRole('button', { name: 'Ask about 1 appointment' })).toBeTruthy()
  })

  it('opens a row to the whole answer', async () => {
    const { answer, sent } = openDay(people(1))
    await screen.findByText('1 appointment to ask about')
    press(/^Ask about 1/)
    await waitFor(() => expect(sent).toEqual(['p0']))
    await answer('p0', 'needs-authorization')
    press('Family0, Jane')
    const row = rowOf('Family0, Jane')
    expect(await within(row).findByText('What to tell the patient')).toBeTruthy()
    fireEvent.click(within(row).getByRole('button', { name: 'Ask Acme Health again' }))
    await waitFor(() => expect(sent).toEqual(['p0', 'p0']))
    expect(document.activeElement?.textContent).toBe('Family0, Jane')
    await answer('p0', 'covered')
    // It stands in another group now, and the focus went along.
    expect(screen.getByRole('region', { name: 'Covered' }).contains(document.activeElement)).toBe(true)
  })

  it('filters by place and person', async () => {
    const elsewhere = appointment(1, {
      participant: [
        { actor: { reference: 'Patient/p1' } },
        { actor: { reference: 'Location/east', display: 'Eastgate' } },
      ],
    })
    const others = people(2).filter(({ id }) => id !== 'a1')
    const { sent } = openDay([...others, coverage('p1'), elsewhere])
    await screen.findByText('2 appointments to ask about')
    fireEvent.change(screen.getByLabelText('Place'), { target: { value: 'Eastgate' } })
    expect(screen.getByRole('button', { name: 'Ask about 1 appointment' })).toBeTruthy()
    expect(names()).toEqual(['Family1'])
    press('Ask about 1 appointment')
    await waitFor(() => expect(sent).toEqual(['p1']))
    fireEvent.change(screen.getByLabelText('Place'), { target: { value: '' } })
    fireEvent.change(screen.getByLabelText('With'), { target: { value: 'Dr. Moreno' } })
    expect(names()).toEqual(['Family0'])
    expect(screen.getByText('These are not of the rows shown here.')).toBeTruthy()
    press('Ask about 1 appointment')
    await waitFor(() => expect(sent).toEqual(['p1', 'p0']))
  })

  it('says why a day could not be read, and that nobody was asked', async () => {
    openDay(people(1), { faults: { refuses: () => 403 } })
    expect((await screen.findByRole('alert')).textContent).toContain('Nobody was asked.')
  })
})
