import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { type AppContext, type AppContextReading, readAppContext } from '../../domain/pdex/app-context'
import {
  type Agreement,
  type MatchOutcome,
  type MemberQuestion,
  matchMember,
  memberFromAppContext,
} from '../../domain/pdex/member-match'
import { carriedToken } from '../../domain/pdex/payer-connection'
import type { CallOptions } from '../../domain/ports'
import { useWork } from '../work'
import { type Connection, readConnections } from './connections'

/** What a card handed on, read once: time goes on, but a card that was in time when the app opened stays so. */
export function useDoor(appContext: unknown): AppContextReading {
  const { session, site, ports } = useWork()
  const [door] = useState(() => {
    const check = { payers: site.payers, patientId: session.patientId, now: ports.clock.now() }
    const reading = readAppContext(appContext, check)
    const token = carriedToken(appContext, check)
    if (token !== undefined) ports.payers.carry(token)
    return reading
  })
  return door
}

/** The chart's coverages and the payers behind them. */
export function useConnections(enabled: boolean) {
  const { session, site, ports } = useWork()
  const today = new Date(ports.clock.now()).toISOString().slice(0, 10)
  return useQuery({
    queryKey: ['member-history', session.key, 'connections'],
    queryFn: ({ signal }) => readConnections(ports, session, site.payers, today, signal),
    enabled,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
}

/** What the user is about to ask. */
export interface MemberAsk {
  readonly connection: Connection
  /** As it stands in the field. */
  readonly memberId: string
  readonly subscriberId: string
  readonly agreement?: Agreement
  /** Asks the payer's hook about a visit in place of `$member-match`; good for one call. */
  readonly byVisit?: (options: CallOptions) => Promise<MatchOutcome>
}

export type MatchState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'asking'; readonly ask: MemberAsk }
  | { readonly kind: 'answered'; readonly ask: MemberAsk; readonly outcome: MatchOutcome }

/** Asks a payer for the member, once for each press of the button (HRex mm-7: never repeated by itself). */
export function useMatch(door: AppContextReading) {
  const { chart, ports } = useWork()
  const [match, setMatch] = useState<MatchState>({ kind: 'idle' })
  const abort = useRef<AbortController>(undefined)

  const ask = async (question: MemberAsk): Promise<void> => {
    abort.current?.abort()
    const own = new AbortController()
    abort.current = own
    setMatch({ kind: 'asking', ask: question })
    const options = { signal: own.signal }
    const context = door.kind === 'usable' ? door.context : undefined
    const find = (): Promise<MatchOutcome> => {
      if (question.byVisit !== undefined) return question.byVisit(options)
      return context !== undefined && isAsCardSays(question, context)
        ? memberFromAppContext(context, chart.patient, ports.payers, options)
        : matchMember(toQuestion(question, chart.patient), ports.payers, options)
    }
    const outcome = await find()
    if (abort.current === own) setMatch({ kind: 'answered', ask: question, outcome })
  }
  const reset = (): void => {
    abort.current?.abort()
    abort.current = undefined
    setMatch({ kind: 'idle' })
  }
  return { match, ask, reset }
}

/** The card names a member whom this payer found, and the user did not correct the id. */
const isAsCardSays = ({ connection, memberId, subscriberId }: MemberAsk, context: AppContext): boolean =>
  connection.payer.id === context.payer.id &&
  subscriberId.trim() === (connection.subscriberId ?? '') &&
  context.result === 'matched' &&
  (context.memberReference !== undefined || context.memberIdentifier !== undefined) &&
  (memberId.trim() === (context.memberIdentifier?.value ?? '') ||
    (context.memberIdentifier === undefined && memberId.trim() === (connection.memberId ?? '')))

function toQuestion(ask: MemberAsk, patient: MemberQuestion['patient']): MemberQuestion {
  const { connection, agreement } = ask
  const [memberId, subscriberId] = [ask.memberId.trim(), ask.subscriberId.trim()]
  return {
    payer: connection.payer,
    patient,
    ...(connection.coverage && { coverage: connection.coverage.resource }),
    ...(memberId !== '' && memberId !== connection.memberId && { memberId }),
    ...(subscriberId !== '' && { subscriberId }),
    ...(agreement && { agreement }),
  }
}
