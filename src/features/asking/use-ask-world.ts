import { useMemo } from 'react'
import type { AskWorld } from '../../domain/crd/ask'
import { createPrefetchCache } from '../../domain/crd/prefetch-cache'
import { useWork } from '../work'

/** The world of this launch as asking needs it, with one cache of chart reads for as long as the task is open. */
export function useAskWorld(configurationOf: NonNullable<AskWorld['configurationOf']>): AskWorld {
  const { ports, session, site, chart } = useWork()
  return useMemo(() => {
    const cache = createPrefetchCache(ports.ehr)
    for (const known of [chart.patient, chart.user]) if (known !== undefined) cache.seed(known)
    const { ehr, cds, clock, newId, fhirPath } = ports
    const { patient } = chart
    return {
      ehr,
      cds,
      clock,
      newId,
      fhirPath,
      session,
      patient,
      payers: site.payers,
      policy: site.policy,
      cache,
      configurationOf,
      isDeIdentified: (payer) => payer.deIdentified === true,
    }
  }, [ports, session, site, chart, configurationOf])
}
