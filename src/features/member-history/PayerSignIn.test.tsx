// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import type { PayerSignInState } from '../../domain/pdex/payer-sign-in'
import type { PayerSignInPort } from '../../domain/ports'
import { button, heading, open, press } from './on-screen.test-data'
import { acme, type World, world } from './world.test-data'

afterEach(cleanup)

const smart = { ...acme, authorization: 'smart' } as const

/** The sign-in at the port: its state is set by the test, and what was asked of it is kept. */
function door(first: PayerSignInState = { kind: 'out' }) {
  let state = first
  const listeners = new Set<() => void>()
  const asked: string[] = []
  const port: PayerSignInPort = {
    state: () => state,
    subscribe(changed) {
      listeners.add(changed)
      return () => void listeners.delete(changed)
    },
    begin: () => void asked.push('begin'),
    cancel: () => void asked.push('cancel'),
    signOut: () => void asked.push('signOut'),
  }
  const enter = (next: PayerSignInState): void =>
    act(() => {
      state = next
      for (const listener of listeners) listener()
    })
  return { enter, asked, world: { payers: [smart], payerSignIn: async () => port } satisfies Partial<World> }
}

/** The button, once it can be pressed. */
async function ready(): Promise<HTMLElement> {
  const found = await button('Sign in at Acme Health')
  await waitFor(() => expect(found.getAttribute('aria-disabled')).toBeNull())
  return found
}

const waiting = { kind: 'waiting', address: 'https://payer.example/authorize?x=1' } as const

describe('a payer that wants a sign-in', () => {
  it('is asked for no member before, and its window is opened within the press', async () => {
    const { asked, world: changes } = door()
    const { payerCalls } = open(changes)
    const signIn = await ready()
    expect(screen.getByText('Not signed in at Acme Health')).toBeTruthy()
    expect(screen.queryByRole('button', { name: /^Find at/ })).toBeNull()
    fireEvent.click(signIn)
    expect(asked).toEqual(['begin'])
    expect(payerCalls).toEqual([])
  })

  it('keeps the focus while it goes on, and can be given up', async () => {
    const { enter, asked, world: changes } = door()
    open(changes)
    const signIn = await ready()
    signIn.focus()
    enter({ kind: 'starting' })
    enter({ ...waiting, window: 'open' })
    expect(document.activeElement).toBe(signIn)
    expect(signIn.textContent).toBe('Signing in at Acme Health…')
    expect(screen.getByRole('link', { name: /new tab/ }).getAttribute('href')).toBe(waiting.address)
    await press('Cancel')
    expect(asked).toEqual(['cancel'])
  })

  it.each([
    ['a blocked window', { ...waiting, window: 'blocked' }, 'The browser opened no window.'],
    ['a closed window', { ...waiting, window: 'closed' }, /was closed before the end/],
    ['an ended session', { kind: 'ended' }, 'Your session at Acme Health has ended.'],
    ['a failure', { kind: 'failed', failure: { title: 'It said no.', next: 'Do that.' } }, 'It said no.'],
  ] as const)('tells %s at once, with the way on', async (_, state, words) => {
    const { enter, world: changes } = door()
    open(changes)
    await ready()
    enter(state)
    expect(screen.getByRole('alert').textContent).toMatch(words)
    expect(document.querySelector('.button[data-variant=primary]')).not.toBeNull()
  })

  it('gives a tab its opener, so that the answer finds back', async () => {
    const { enter, world: changes } = door()
    open(changes)
    await ready()
    enter({ ...waiting, window: 'blocked' })
    const link = screen.getByRole('link', { name: "Open Acme Health's sign-in in a new tab" })
    expect([link.getAttribute('target'), link.getAttribute('rel')]).toEqual(['_blank', 'opener'])
  })

  it('leads on to the member once signed in, says until when, and lets the user sign out', async () => {
    const { enter, asked, world: changes } = door()
    open(changes)
    await ready()
    enter({ kind: 'in', until: Date.parse('2026-11-20T16:05:00Z') })
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Find at Acme Health'))
    expect(screen.getByText(/You signed in at Acme Health until \d\d:\d\d/)).toBeTruthy()
    expect(screen.getByText('You are signed in at Acme Health.')).toBeTruthy()
    await press('Sign out')
    expect(asked).toEqual(['signOut'])
  })

  it('says that the sign-in itself could not be loaded, and loads it again', async () => {
    const { world: changes } = door()
    let tries = 0
    const payerSignIn = async () => {
      tries += 1
      if (tries === 1) throw new Error('offline')
      return changes.payerSignIn()
    }
    open({ ...changes, payerSignIn })
    await screen.findByText('The sign-in could not be opened.')
    await press('Sign in at Acme Health again')
    await ready()
  })
})

it('reads what an ended session cost once signed in again, and keeps the selection', async () => {
  const { enter, world: changes } = door({ kind: 'in' })
  let isOver = true
  const cut = { kind: 'expired', server: 'Acme Health', byUser: true } as const
  const records = {
    ...world.records,
    get MedicationRequest() {
      return isOver ? cut : (world.records.MedicationRequest ?? [])
    },
  }
  open({ ...changes, records })
  await press('Find at Acme Health')
  await press('Read history')
  await heading(/sent 2 records/)
  expect(screen.queryByRole('button', { name: /^Sign in at/ })).toBeNull()
  fireEvent.click(await screen.findByRole('checkbox', { name: /Atrial fibrillation/ }))
  enter({ kind: 'ended' })
  await button('Sign in at Acme Health again')
  await screen.findByText(/^1 of 2 selected/)
  isOver = false
  enter({ kind: 'in' })
  await heading(/sent 3 records/)
  await screen.findByText(/^1 of 3 selected/)
  expect(screen.queryByRole('button', { name: /^Sign in at/ })).toBeNull()
})
