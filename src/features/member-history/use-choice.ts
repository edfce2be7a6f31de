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
  const [choice, setChoice] = useState<{ readonly id?: string; readonly memberId?: string }>({
    ...(draft.connectionId !== undefined && { id: draft.connectionId }),
    ...(draft.memberId !== undefined && { memberId: draft.memberId }),
  })
  const list = connectionList(door, connections)
  const context = door.kind === 'usable' ? door.context : undefined
  const chosen =
    list.find((connection) => connection.id === choice.id) ??
    list.find((connection) => connection.payer.id === context?.payer.id) ??
    list[0]
  const fromCard = chosen?.payer.id === context?.payer.id ? context?.memberIdentifier?.value : undefined
  return {
    chosen,
    memberId: choice.memberId ?? fromCard ?? chosen?.memberId ?? '',
    /** Another connection brings its own member id. */
    choose: (id: string): void => setChoice({ id }),
    setMemberId: (memberId: string): void =>
      setChoice({ ...(chosen !== undefined && { id: chosen.id }), memberId }),
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
