import { useEffect } from 'react'
import { useWork } from '../work'

/** A site with more payers asks only the patient's own, once the coverage is known. */
const FEW = 5

/** Learns what the site's payers offer while the user composes, kept for a day. Discovery says nothing about the patient (CRD found-16). */
export function useEarlyDiscovery(): void {
  const { ports, site } = useWork()
  useEffect(() => {
    const payers = site.payers.filter((payer) => payer.cdsBase !== undefined)
    // A failure is met again, and told, when the payer is asked.
    if (payers.length <= FEW) for (const payer of payers) void ports.cds.discover(payer)
  }, [ports, site])
}
