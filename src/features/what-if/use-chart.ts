import { useQuery } from '@tanstack/react-query'
import { payorReferences } from '../../domain/crd/coverage'
import type { PrefetchCache } from '../../domain/crd/prefetch-cache'
import type { FhirJson } from '../../domain/json'
import type { SearchParams } from '../../domain/ports'
import { ok, type Result } from '../../domain/result'
import { useWork } from '../work'
import { ONCE } from './once'
import type { OrderKind } from './order-kinds'

/** The coverages of the patient and the organizations behind them, as far as they can be read. */
export interface CoverageReading {
  readonly coverages: readonly FhirJson[]
  readonly organizations: readonly FhirJson[]
}

/** The chart reads of this task, each done once. `cache` is the one that asking uses, so that nothing is read twice. */
export function useChart(cache: PrefetchCache, kind: OrderKind) {
  const { session } = useWork()
  const { key, patientId, fhirBase } = session
  const coverage = useQuery({
    queryKey: ['what-if', key, 'coverage'],
    queryFn: () => readCoverages(cache, patientId, fhirBase),
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
const orderSearch = (kind: OrderKind, patientId: string): SearchParams =>
  kind === 'MedicationRequest'
    ? [
        ['patient', patientId],
        ['intent', 'order'],
      ]
    : [['patient', patientId]]

async function readCoverages(
  cache: PrefetchCache,
  patientId: string,
  fhirBase: string,
): Promise<Result<CoverageReading>> {
  const found = await cache.search('Coverage', [['patient', patientId]])
  if (!found.ok) return found
  const coverages = found.value.matches
  const read = await Promise.all(
    payorReferences(coverages, fhirBase).map((id) => cache.read('Organization', id)),
  )
  const organizations = read.flatMap((result) =>
    result.ok && result.value !== undefined ? [result.value] : [],
  )
  return ok({ coverages, organizations })
}
