import type { PrefetchCache } from '../../domain/crd/prefetch-cache'
import { type FhirJson, objects } from '../../domain/json'
import { ok } from '../../domain/result'

/**
 * The chart as asking reads it, with another member id in one coverage: for one question, in what is sent, never in the chart
 * (U20: a wrong or missing id can be corrected for this question).
 */
export function withMemberId(cache: PrefetchCache, coverageId: string, memberId: string): PrefetchCache {
  const corrected = (resource: FhirJson): FhirJson =>
    resource.resourceType === 'Coverage' && resource.id === coverageId
      ? correctedCoverage(resource, memberId)
      : resource
  return {
    seed: cache.seed,
    async read(type, id) {
      const read = await cache.read(type, id)
      return read.ok && read.value !== undefined ? ok(corrected(read.value)) : read
    },
    async search(type, params) {
      const found = await cache.search(type, params)
      if (!found.ok) return found
      const { matches, includes } = found.value
      return ok({ matches: matches.map(corrected), includes: includes.map(corrected) })
    },
  }
}

/** In both places where a Coverage may carry it: one of them alone would leave the wrong one standing. */
function correctedCoverage(coverage: FhirJson, memberId: string): FhirJson {
  const identifiers = objects(coverage, 'identifier').map((identifier) =>
    objects(identifier, 'type', 'coding').some(({ code }) => code === 'MB')
      ? { ...identifier, value: memberId }
      : identifier,
  )
  return {
    ...coverage,
    subscriberId: memberId,
    ...(identifiers.length > 0 && { identifier: identifiers }),
  }
}
