import { useEffect } from 'react'
import * as v from 'valibot'
import type { Selection } from '../../domain/pdex/selection'
import { useWork } from '../work'

/** What outlives a new sign-in: what was typed and what was selected, never a record (U12). */
export interface MemberDraft {
  readonly connectionId?: string
  readonly memberId?: string
  readonly subscriberId?: string
  readonly selection: Selection
}

const name = 'member-history'

const schema = v.object({
  connectionId: v.optional(v.string()),
  memberId: v.optional(v.string()),
  subscriberId: v.optional(v.string()),
  selection: v.array(v.string()),
})

/** What was kept; an empty draft where there is none or it cannot be read. */
function readDraft(kept: unknown): MemberDraft {
  const result = v.safeParse(schema, kept)
  if (!result.success) return { selection: new Set() }
  const { connectionId, memberId, subscriberId, selection } = result.output
  return {
    selection: new Set(selection),
    ...(connectionId !== undefined && { connectionId }),
    ...(memberId !== undefined && { memberId }),
    ...(subscriberId !== undefined && { subscriberId }),
  }
}

/** Keeps the draft up to date for the sign-in that may come. */
export function useKeepDraft({ connectionId, memberId, subscriberId, selection }: MemberDraft): void {
  const { ports } = useWork()
  useEffect(() => {
    ports.drafts.save(name, { connectionId, memberId, subscriberId, selection: [...selection] })
  }, [ports, connectionId, memberId, subscriberId, selection])
}

export const loadDraft = (load: (name: string) => unknown): MemberDraft => readDraft(load(name))
