import { useEffect } from 'react'
import type { Payer } from '../../domain/payer-directory'
import { useWork } from '../work'

/**
 * Learns what the patient's own payers offer while the user composes, kept for a day. Discovery says nothing about the patient
 * (CRD found-16).
 */
export function useEarlyDiscovery(payers: readonly (Payer | undefined)[]): void {
  const { cds } = useWork().ports
  const ids = payers.map((payer) => payer?.id).join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: equal payers are asked once
  useEffect(() => {
    // A failure is met again, and told, when the payer is asked.
    for (const payer of payers) if (payer?.cdsBase !== undefined) void cds.discover(payer)
  }, [cds, ids])
}
