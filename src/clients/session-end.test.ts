import { describe, expect, it, vi } from 'vitest'
import type { SessionLife } from '../domain/session'
import { onSessionEnd } from './session-end'

const hour = 3_600_000

/** A session and a clock that move when told. */
function sessionOf(first: SessionLife) {
  let life = first
  let now = 0
  const listeners = new Set<() => void>()
  const due = new Set<{ readonly at: number; readonly run: () => void }>()
  const end = vi.fn()
  onSessionEnd(
    {
      life: () => life,
      subscribe: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    {
      now: () => now,
      after: (ms, run) => {
        const entry = { at: now + ms, run }
        due.add(entry)
        return () => due.delete(entry)
      },
    },
    end,
  )
  return {
    end,
    timers: due,
    become(next: SessionLife) {
      life = next
      for (const listener of [...listeners]) listener()
    },
    pass(ms: number) {
      now += ms
      for (const entry of [...due]) if (entry.at <= now && due.delete(entry)) entry.run()
    },
  }
}

describe('the end of a session', () => {
  it('comes when its time is up and it cannot be renewed, once', () => {
    const session = sessionOf({ expiresAt: hour, canRefresh: false })
    session.pass(hour - 1)
    expect(session.end).not.toHaveBeenCalled()
    session.pass(1)
    session.become({ expiresAt: 0, canRefresh: false })
    expect(session.end).toHaveBeenCalledTimes(1)
  })

  it('comes when the EHR ends it', () => {
    const session = sessionOf({ canRefresh: true })
    session.become({ expiresAt: 0, canRefresh: false })
    expect(session.end).toHaveBeenCalledTimes(1)
  })

  it('does not come while it can be renewed, and waits anew after that', () => {
    const session = sessionOf({ expiresAt: hour, canRefresh: true })
    session.pass(2 * hour)
    session.become({ expiresAt: 4 * hour, canRefresh: false })
    session.pass(hour)
    expect(session.end).not.toHaveBeenCalled()
    session.pass(hour)
    expect(session.end).toHaveBeenCalledTimes(1)
    expect(session.timers.size).toBe(0)
  })

  it('is not guessed where the EHR gives no time', () => {
    const session = sessionOf({ canRefresh: false })
    session.pass(100 * hour)
    expect(session.end).not.toHaveBeenCalled()
  })
})
