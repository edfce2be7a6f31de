import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { auditKey } from '../../domain/audit-key'
import type { PayerAnswer, PreparedQuestion } from '../../domain/crd/ask'
import { useWork } from '../work'
import { loadAsking } from './load-asking'

/** Keeps each question that was sent with its outcome, and lets an open list of earlier answers know. Never rejects. */
export function useKeep(): (prepared: PreparedQuestion, answer: PayerAnswer) => Promise<void> {
  const { ports, session } = useWork()
  const client = useQueryClient()
  return useCallback(
    async (prepared, answer) => {
      try {
        // What asked it has loaded this too.
        const { recordOf } = await loadAsking()
        const record = recordOf(prepared, answer, session, ports.newId)
        if (record === undefined) return
        await ports.audit.keep(record)
        await client.invalidateQueries({ queryKey: auditKey(session.key) })
      } catch {
        // The app's own server did not give the rest of the app: the answer is on screen all the same.
      }
    },
    [ports, session, client],
  )
}
