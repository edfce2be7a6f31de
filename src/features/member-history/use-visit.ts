import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { auditKey } from '../../domain/audit-key'
import type { AskWorld, PayerAnswer, Preparation, PreparedQuestion } from '../../domain/crd/ask'
import type { CoverageSummary } from '../../domain/crd/coverage'
import type { Party } from '../../domain/crd/scenario'
import type { MatchOutcome } from '../../domain/pdex/member-match'
import type { CallOptions } from '../../domain/ports'
import { useWork } from '../work'

export type VisitState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'preparing' }
  /** `find` sends it, once. */
  | {
      readonly kind: 'ready'
      readonly prepared: PreparedQuestion
      readonly find: (options: CallOptions) => Promise<MatchOutcome>
    }
  | { readonly kind: 'not-ready'; readonly answer: PayerAnswer }
  /** The rest of the app did not come. */
  | { readonly kind: 'broken' }

/** Puts the question about an imagined visit together, to be seen before it is sent. */
export function useVisit(coverage: CoverageSummary, memberId: string, user: Party) {
  const { ports, session, site, chart } = useWork()
  const client = useQueryClient()
  const [state, setState] = useState<VisitState>({ kind: 'idle' })
  const latest = useRef(0)

  const prepare = async (): Promise<void> => {
    latest.current += 1
    const own = latest.current
    setState({ kind: 'preparing' })
    const next = await putTogether().catch((): VisitState => ({ kind: 'broken' }))
    if (own === latest.current) setState(next)
  }
  const putTogether = async (): Promise<VisitState> => {
    const engine = await import('./visit-engine')
    const cache = engine.createPrefetchCache(ports.ehr)
    for (const known of [chart.patient, chart.user]) if (known !== undefined) cache.seed(known)
    const { ehr, cds, clock, newId, fhirPath } = ports
    const { payers, policy } = site
    const { patient } = chart
    const world: AskWorld = { ehr, cds, clock, newId, fhirPath, session, patient, payers, policy, cache }
    const preparation: Preparation = await engine.prepareVisit({ coverage, memberId, user }, world)
    if (preparation.kind === 'not-ready') return preparation
    const keep = async (prepared: PreparedQuestion, answer: PayerAnswer): Promise<void> => {
      const record = engine.recordOf(prepared, answer, session, newId)
      if (record === undefined) return
      await ports.audit.keep(record)
      await client.invalidateQueries({ queryKey: auditKey(session.key) })
    }
    const cardWorld = { ask: world, patient, members: ports.payers, keep }
    return {
      kind: 'ready',
      prepared: preparation,
      find: (options) => engine.memberByHook(preparation, cardWorld, options),
    }
  }
  /** A question is good for one call. */
  const forget = (): void => {
    latest.current += 1
    setState({ kind: 'idle' })
  }
  return { state, prepare, forget }
}
