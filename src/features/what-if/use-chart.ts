import { useQuery } from '@tanstack/react-query'
import type { PrefetchCache } from '../../domain/crd/prefetch-cache'
import type { OrderType } from '../../domain/crd/scenario'
import type { SearchParams } from '../../domain/ports'
import { ONCE } from '../asking/once'
import { useWork } from '../work'
import { loadQuestionSoon } from './load-later'

/** What the coverage is chosen by. */
interface Wanted {
  /** Day of the service, YYYY-MM-DD. */
  readonly when: string
  /** Empty: the likely primary. */
  readonly coverageId: string
}

/** The chart reads of this task, each done once. `cache` is the one that asking uses, so that nothing is read twice. */
export function useChart(cache: PrefetchCache, kind: OrderType, { when, coverageId }: Wanted) {
  const { session, site, ports } = useWork()
  const { key, patientId, fhirBase } = session
  const coverage = useQuery({
    queryKey: ['what-if', key, 'coverage', when, coverageId],
    queryFn: async () =>
      (await loadQuestionSoon()).readCoverageChoice(
        {
          patientId,
          fhirBase,
          payers: site.payers,
          cds: ports.cds,
          dates: [when],
          ...(coverageId !== '' && { coverageId }),
        },
        cache,
      ),
    // The chart is read once; only the choice among what was read is made anew.
    placeholderData: (last) => last,
    ...ONCE,
  })
  const conditions = useQuery({
    queryKey: ['what-if', key, 'conditions'],
    queryFn: () => cache.search('Condition', [['patient', patientId]]),
    ...ONCE,
  })
  const orders = useQuery({
    queryKey: ['what-if', key, 'orders', kind],
    queryFn: () => cache.search(kind, orderSearch(kind, patientId)),
    ...ONCE,
  })
  return { coverage, conditions, orders }
}

/** US Core obliges servers to search medication requests by patient and intent together, not by patient alone. */
export const orderSearch = (kind: OrderType, patientId: string): SearchParams =>
  kind === 'MedicationRequest'
    ? [
        ['patient', patientId],
        ['intent', 'order'],
      ]
    : [['patient', patientId]]
