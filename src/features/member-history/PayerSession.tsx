import { lazy, Suspense, useEffect, useRef } from 'react'
import { Panel, Skeleton } from '../../ui'
import type { HistoryState } from './use-history'
import { usePayerSignIn } from './use-payer-sign-in'

const PayerSignIn = lazy(() => import('./PayerSignIn'))

interface Props {
  readonly history: HistoryState
  /** The user has signed in again. */
  readonly onBack: () => void
}

/** Over what was read: the way back into a session at the payer that is over while something is left to read (U20). */
export function PayerSession({ history, onBack }: Props) {
  const { payer } = history.member
  const signIn = usePayerSignIn(payer)
  const kind = signIn?.state.kind
  const before = useRef(kind)
  useEffect(() => {
    if (kind === 'in' && before.current !== 'in') onBack()
    before.current = kind
  }, [kind, onBack])
  if (signIn === undefined || kind === 'in' || !isLeft(history)) return null
  return (
    <Panel title={`Sign in at ${payer.name}`}>
      <Suspense fallback={<Skeleton lines={2} label="Loading" />}>
        <PayerSignIn payer={payer} signIn={signIn} />
      </Suspense>
    </Panel>
  )
}

const isLeft = ({ snapshot: { types, running } }: HistoryState): boolean =>
  running || types.some(({ state }) => ['waiting', 'stopped', 'failed'].includes(state.kind))
