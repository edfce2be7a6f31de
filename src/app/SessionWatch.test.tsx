// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Clock, SessionPort } from '../domain/ports'
import { ok } from '../domain/result'
import SessionWatch from './SessionWatch'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const clock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

function open(life: ReturnType<SessionPort['life']>) {
  const renew = vi.fn(async () => ok(undefined))
  const relaunch = vi.fn(async () => ok(undefined))
  const keepDrafts = vi.fn()
  const session: SessionPort = { life: () => life, subscribe: () => () => undefined, renew, relaunch }
  render(<SessionWatch session={session} clock={clock} ehrName="Lakeside" keepDrafts={keepDrafts} />)
  return { renew, relaunch, keepDrafts }
}

const pass = (ms: number) => act(async () => vi.advanceTimersByTimeAsync(ms))

describe('the end of a session', () => {
  it('that can be renewed is renewed a minute before, without a word', async () => {
    const { renew } = open({ canRefresh: true, expiresAt: Date.now() + 300_000 })
    await pass(239_000)
    expect(renew).not.toHaveBeenCalled()
    await pass(2_000)
    expect(renew).toHaveBeenCalled()
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('that cannot be renewed is told two minutes before, then when it is there', async () => {
    open({ canRefresh: false, expiresAt: Date.now() + 300_000 })
    await pass(179_000)
    expect(screen.queryByRole('alert')).toBeNull()
    await pass(2_000)
    expect(screen.getByRole('alert').textContent).toContain('ends in less than two minutes')
    // A timer that is set by an effect needs the effect to have run.
    for (let quarter = 0; quarter < 9; quarter += 1) await pass(15_000)
    expect(screen.getByRole('alert').textContent).toContain('Your session with Lakeside has ended.')
  })

  it('keeps the drafts before it signs in again', async () => {
    const { keepDrafts, relaunch } = open({ canRefresh: false, expiresAt: Date.now() - 1 })
    await act(async () => screen.getByRole('button', { name: 'Sign in again' }).click())
    expect(keepDrafts.mock.invocationCallOrder[0]).toBeLessThan(relaunch.mock.invocationCallOrder[0] ?? 0)
  })

  it('that the EHR did not state is not guessed', async () => {
    open({ canRefresh: false })
    await pass(3_600_000)
    expect(screen.queryByRole('alert')).toBeNull()
  })
})
