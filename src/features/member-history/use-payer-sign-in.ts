import { useQuery } from '@tanstack/react-query'
import { useCallback, useSyncExternalStore } from 'react'
import type { Payer } from '../../domain/payer-directory'
import type { PayerSignInState } from '../../domain/pdex/payer-sign-in'
import { useWork } from '../work'

/** The user's session at a payer, and what can be done about it. */
export interface PayerSignInHandle {
  readonly state: PayerSignInState
  /** The part of the app that signs in is on its way: nothing can be begun yet. */
  readonly isLoading: boolean
  readonly begin: () => void
  readonly cancel: () => void
  readonly signOut: () => void
}

const OUT: PayerSignInState = { kind: 'out' }
const NOT_LOADED: PayerSignInState = {
  kind: 'failed',
  failure: {
    title: 'The sign-in could not be opened.',
    next: 'Check the network connection and try again.',
  },
}
const nothingChanges = () => () => undefined

/** Undefined for a payer that asks nobody to sign in. */
export function usePayerSignIn(payer: Payer | undefined): PayerSignInHandle | undefined {
  const { payerSignIn } = useWork().ports
  const isWanted = payer?.authorization === 'smart' && payerSignIn !== undefined
  // Loaded before the button can be pressed: a browser opens a window within the press alone.
  const { data, isError, isFetching, refetch } = useQuery({
    queryKey: ['member-history', 'payer-sign-in'],
    queryFn: () => payerSignIn?.() ?? null,
    enabled: isWanted,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    structuralSharing: false,
  })
  const read = useCallback((): PayerSignInState => {
    if (data && payer) return data.state(payer)
    return isError ? NOT_LOADED : OUT
  }, [data, payer, isError])
  const state = useSyncExternalStore(data?.subscribe ?? nothingChanges, read)
  if (!isWanted) return undefined
  return {
    state,
    isLoading: isFetching,
    begin: () => (data ? data.begin(payer) : void refetch()),
    cancel: () => data?.cancel(payer),
    signOut: () => data?.signOut(payer),
  }
}
