import { lazy, Suspense, useEffect, useRef } from 'react'
import type { Payer } from '../../domain/payer-directory'
import { Panel, Skeleton } from '../../ui'
import { usePayerSignIn } from './use-payer-sign-in'

const PayerSignIn = lazy(() => import('./PayerSignIn'))

interface Props {
  readonly payer: Payer
  /** The user has signed in again. */
  readonly onBack: () => void
}

/** Over what was read: the way back into a session at the payer that is over. Nothing is shown while it lasts (U20). */
export function PayerSession({ payer, onBack }: Props) {
  const signIn = usePayerSignIn(payer)
  const kind = signIn?.state.kind
  const before = useRef(kind)
  useEffect(() => {
    if (kind === 'in' && before.current !== 'in') onBack()
    before.current = kind
  }, [kind, onBack])
  if (signIn === undefined || kind === 'in') return null
  return (
    <Panel title={`Sign in at ${payer.name}`}>
      <Suspense fallback={<Skeleton lines={2} label="Loading" />}>
        <PayerSignIn payer={payer} signIn={signIn} />
      </Suspense>
    </Panel>
  )
}
