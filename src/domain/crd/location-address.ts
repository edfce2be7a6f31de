import { type FhirJson, text } from '../json'
import type { PrefetchCache } from './prefetch-cache'

/** Room, floor, wing, building, campus, and one to spare. */
const mostLevels = 6

/**
 * A Location as it goes to the payer: one without an address of its own, such as a room, takes that of the place that it is part of
 * (CRD prof-13). Unchanged where the chart does not say it or does not let it be read.
 */
export async function withAddress(
  location: FhirJson,
  read: PrefetchCache['read'],
  fhirBase: string,
): Promise<FhirJson> {
  if (location.resourceType !== 'Location' || location.address !== undefined) return location
  let here: FhirJson = location
  for (let level = 0; level < mostLevels; level += 1) {
    const above = partOf(here, fhirBase)
    if (above === undefined) return location
    const found = await read('Location', above)
    if (!found.ok || found.value === undefined) return location
    here = found.value
    if (here.address !== undefined) return { ...location, address: here.address }
  }
  return location
}

function partOf(location: FhirJson, fhirBase: string): string | undefined {
  const reference = text(location, 'partOf', 'reference')
  const local = reference?.startsWith(`${fhirBase}/`) ? reference.slice(fhirBase.length + 1) : reference
  return /^Location\/([A-Za-z0-9\-.]{1,64})$/.exec(local ?? '')?.[1]
}
