import { useEffect, useRef } from 'react'
import type { Payer } from '../../domain/payer-directory'
import { isUnderWay, type PayerSignInState } from '../../domain/pdex/payer-sign-in'
import { Button, Notice, useAnnounce } from '../../ui'
import { useWork } from '../work'
import type { PayerSignInHandle } from './use-payer-sign-in'

interface Props {
  readonly payer: Payer
  readonly signIn: PayerSignInHandle
}

/** Signing in at a payer, in a window of its own: the way there, how it stands, and why it ended without a session (U15). */
export default function PayerSignIn({ payer, signIn }: Props) {
  const { state, isLoading, begin, cancel } = signIn
  const { name } = payer
  useAnnounced(state, name)
  const isWaiting = state.kind === 'waiting'
  const isBusy = isUnderWay(state) && !(isWaiting && state.window !== 'open')
  return (
    <div className="stack">
      <Standing payer={payer} state={state} />
      <div className="cluster">
        {isWaiting && state.window === 'blocked' && (
          <SignInLink address={state.address} name={name} primary />
        )}
        <Button
          id="mh-sign-in"
          variant={isWaiting && state.window === 'blocked' ? 'plain' : 'primary'}
          busy={isBusy || isLoading}
          onClick={begin}
        >
          {isBusy ? `Signing in at ${name}…` : label(state, name)}
        </Button>
        {isUnderWay(state) && <Button onClick={cancel}>Cancel</Button>}
      </div>
      {isWaiting && state.window === 'open' && (
        <p className="small soft">
          No window to be seen? <SignInLink address={state.address} name={name} />.
        </p>
      )}
    </div>
  )
}

function label(state: PayerSignInState, name: string): string {
  if (state.kind === 'waiting') return state.window === 'blocked' ? 'Try again' : 'Open the window again'
  return state.kind === 'out' ? `Sign in at ${name}` : `Sign in at ${name} again`
}

/** With its opener: by it the answer finds back to this page, also where storage is parted (a frame). */
function SignInLink(props: { readonly address: string; readonly name: string; readonly primary?: true }) {
  return (
    <a
      href={props.address}
      target="_blank"
      rel="opener"
      {...(props.primary && { className: 'button', 'data-variant': 'primary' })}
    >
      Open {props.name}'s sign-in in a new tab
    </a>
  )
}

function Standing({ payer, state }: { readonly payer: Payer; readonly state: PayerSignInState }) {
  const { site } = useWork()
  const { name, phone } = payer
  switch (state.kind) {
    case 'out':
      return (
        <p>
          {name} wants you to sign in with your account there. A window of {name}'s own opens. Nothing about
          the patient is sent by it.
        </p>
      )
    case 'ended':
      return (
        <Notice tone="ask" role="alert" title={`Your session at ${name} has ended.`}>
          <p>Sign in there again to go on. What you typed, read and selected is kept.</p>
        </Notice>
      )
    case 'starting':
      return <p>Asking {name} for its sign-in page…</p>
    case 'finishing':
      return <p>{name} answered. Opening your session there…</p>
    case 'waiting':
      return <Waiting name={name} window={state.window} />
    case 'failed':
      return (
        <Notice tone="no" role="alert" title={state.failure.title}>
          <p>You are not signed in at {name}.</p>
          <p>
            {state.failure.next}
            {phone !== undefined && ` Phone: ${phone}.`}
          </p>
          {site.policy.technicalDetails && state.failure.technical !== undefined && (
            <p className="small soft">{state.failure.technical}</p>
          )}
        </Notice>
      )
    case 'in':
      return null
  }
}

function Waiting({
  name,
  window,
}: {
  readonly name: string
  readonly window: 'open' | 'blocked' | 'closed'
}) {
  if (window === 'open') return <p>Sign in to {name} in the window that opened, then come back here.</p>
  if (window === 'closed')
    return (
      <Notice tone="ask" role="alert" title="The sign-in window was closed before the end.">
        <p>You are not signed in at {name}. If it is still open somewhere, you can finish there.</p>
      </Notice>
    )
  return (
    <Notice tone="ask" role="alert" title="The browser opened no window.">
      <p>
        Open {name}'s sign-in with the link below and come back here afterwards. If the link opens nothing
        either, the chart does not let this app open windows: tell the person who looks after this app.
      </p>
    </Notice>
  )
}

/** What changes while the user looks at another window is said when it does; alerts speak for themselves (U17). */
function useAnnounced(state: PayerSignInState, name: string): void {
  const announce = useAnnounce()
  const before = useRef(state)
  useEffect(() => {
    if (before.current === state) return
    before.current = state
    if (state.kind === 'waiting' && state.window === 'open')
      announce(`Sign in to ${name} in the window that opened.`)
  }, [state, name, announce])
}
