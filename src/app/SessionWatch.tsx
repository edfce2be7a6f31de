import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Clock, SessionPort } from '../domain/ports'
import type { Problem } from '../domain/result'
import { Button, Notice, ProblemNotice } from '../ui'

interface Props {
  readonly session: SessionPort
  readonly clock: Clock
  readonly ehrName: string
  /** Keeps what was typed and selected for the sign-in that follows. */
  readonly keepDrafts: () => void
}

const WARN_BEFORE_MS = 120_000
const RENEW_BEFORE_MS = 60_000

/** Renews the session while it can; else warns two minutes before its end, and after it offers the way back (U20). */
export default function SessionWatch({ session, clock, ehrName, keepDrafts }: Props) {
  const life = useSyncExternalStore(session.subscribe, session.life)
  const [now, setNow] = useState(clock.now)
  const [problem, setProblem] = useState<Problem>()
  const left = life.expiresAt === undefined ? Number.POSITIVE_INFINITY : life.expiresAt - now
  useEffect(() => {
    if (!Number.isFinite(left) || left <= 0) return
    if (life.canRefresh && left <= RENEW_BEFORE_MS) {
      void session.renew().then(() => setNow(clock.now()))
      return
    }
    const wake = life.canRefresh
      ? left - RENEW_BEFORE_MS
      : left > WARN_BEFORE_MS
        ? left - WARN_BEFORE_MS
        : Math.min(left, 15_000)
    return clock.after(Math.max(wake, 250), () => setNow(clock.now()))
  }, [left, life.canRefresh, session, clock])
  if (life.canRefresh || left > WARN_BEFORE_MS) return null
  const signIn = (
    <Button
      variant="primary"
      onClick={() => {
        keepDrafts()
        void session.relaunch().then((result) => {
          if (!result.ok) setProblem(result.problem)
        })
      }}
    >
      Sign in again
    </Button>
  )
  if (problem)
    return (
      <ProblemNotice
        problem={problem}
        notDone="You are still signed out. Nothing was lost."
        actions={signIn}
        role="alert"
      />
    )
  return left <= 0 ? (
    <Notice tone="no" role="alert" title={`Your session with ${ehrName} has ended.`} actions={signIn}>
      <p>
        What you typed and selected is kept. Sign in again and choose the same patient, or open the app from
        the chart again.
      </p>
    </Notice>
  ) : (
    <Notice
      tone="ask"
      role="alert"
      title={`Your session with ${ehrName} ends in ${left > 60_000 ? 'less than two minutes' : 'less than a minute'}.`}
      actions={signIn}
    >
      <p>What you typed and selected is kept when you sign in again and choose the same patient.</p>
    </Notice>
  )
}
