import { useQuery } from '@tanstack/react-query'
import { hasRight } from '../../domain/fhir/scopes'
import type { HistorySnapshot } from '../../domain/pdex/history'
import { recordReading } from '../../domain/pdex/history'
import { COMPARE_TYPES } from '../../domain/pdex/reconcile-types'
import { useWork } from '../work'

/** The chart may have been written to since: read anew when the step opens again. */
const FRESH_MS = 15_000
const PAGES_AT_MOST = 100

/** The chart's side, two types at a time, in pages; the payer's list does not wait for it. Of a type this launch may not read nothing is asked. */
export function useChartRecords(enabled: boolean) {
  const { session, chart, ports } = useWork()
  return useQuery({
    queryKey: ['member-history', session.key, 'chart-records'],
    queryFn: ({ signal }): Promise<HistorySnapshot> => {
      const reading = recordReading({
        reader: ports.ehr,
        owner: { source: 'chart', patient: chart.patient, patientId: session.patientId },
        types: COMPARE_TYPES,
        isAllowed: (type) => hasRight(session.scopes, type, 's') || hasRight(session.scopes, type, 'r'),
        pageLimit: PAGES_AT_MOST,
        atOnce: 2,
        onChange: () => {},
      })
      signal.addEventListener('abort', reading.stop)
      return reading.read()
    },
    enabled,
    retry: false,
    staleTime: FRESH_MS,
    gcTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    structuralSharing: false,
  })
}
