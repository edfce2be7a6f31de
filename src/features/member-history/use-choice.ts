import { useState } from 'react'
import type { AppContextReading } from '../../domain/pdex/app-context'
import type { Result } from '../../domain/result'
import type { Connection, Connections } from './connections'
import type { MemberDraft } from './use-member-draft'

/**
 * Which payer and member id stand in the form. In order: what the user chose, what was kept over a new sign-in, what the card said,
 * what the chart's coverage says (U2, U9). All are shown for checking, never asked by themselves.
 */
export function useChoice(
  door: AppContextReading,
  connections: Result<Connections> | undefined,
  draft: MemberDraft,
) {
  const [choice, setChoice] = useState<{
    readonly id?: string
    readonly memberId?: string
    readonly subscriberId?: string
  }>({
    ...(draft.connectionId !== undefined && { id: draft.connectionId }),
    ...(draft.memberId !== undefined && { memberId: draft.memberId }),
    ...(draft.subscriberId !== undefined && { subscriberId: draft.subscriberId }),
  })
  const list = connectionList(door, connections)
  const context = door.kind === 'usable' ? door.context : undefined
  const chosen =
    list.find((connection) => connection.id === choice.id) ??
    list.find((connection) => connection.payer.id === context?.payer.id) ??
    list[0]
  const fromCard = chosen?.payer.id === context?.payer.id ? context?.memberIdentifier?.value : undefined
  const own = chosen === undefined ? {} : { id: chosen.id }
  return {
    chosen,
    memberId: choice.memberId ?? fromCard ?? chosen?.memberId ?? '',
    subscriberId: choice.subscriberId ?? chosen?.subscriberId ?? '',
    /** Another connection brings its own member id. */
    choose: (id: string): void => setChoice({ id }),
    setMemberId: (memberId: string): void => setChoice({ ...choice, ...own, memberId }),
    setSubscriberId: (subscriberId: string): void => setChoice({ ...choice, ...own, subscriberId }),
  }
}

/** Without the chart's coverages a card still names its payer. */
function connectionList(
  door: AppContextReading,
  connections: Result<Connections> | undefined,
): readonly Connection[] {
  if (connections?.ok) return connections.value.list
  if (connections === undefined || door.kind !== 'usable') return []
  return [{ id: `payer ${door.context.payer.id}`, payer: door.context.payer }]
}
