import type { FhirJson } from '../json'
import type { Payer } from '../payer-directory'
import { ok, type Result } from '../result'
import { type CoverageChoice, chooseCoverage, payorReferences } from './coverage'
import type { Found, PrefetchCache } from './prefetch-cache'

/** What the coverage of a question is chosen by. `dates`: YYYY-MM-DD. */
export interface CoverageQuestion {
  readonly patientId: string
  readonly fhirBase: string
  readonly payers: readonly Payer[]
  readonly dates: readonly string[]
  readonly coverageId?: string
}

/**
 * Reads the patient's coverages of any status, so that ended ones can be named, and the Organizations that pay; then chooses.
 * Problems: those of reading the chart. An Organization that the chart does not show is no failure: its payer stays unknown.
 */
export async function readCoverageChoice(
  question: CoverageQuestion,
  cache: PrefetchCache,
): Promise<Result<CoverageChoice>> {
  const found = await searchCoverages(question.patientId, cache)
  if (!found.ok) return found
  const coverages = found.value.matches
  const ids = payorReferences(coverages, question.fhirBase)
  const reads = await Promise.all(ids.map((id) => cache.read('Organization', id)))
  const organizations: FhirJson[] = []
  for (const read of reads) {
    if (read.ok) organizations.push(...(read.value === undefined ? [] : [read.value]))
    else if (read.problem.kind !== 'http' && read.problem.kind !== 'malformed') return read
  }
  return ok(chooseCoverage({ ...question, coverages, organizations }))
}

/** The payers come along where the EHR includes them: one round trip less. Some EHRs refuse an include that they do not know. */
async function searchCoverages(patientId: string, cache: PrefetchCache): Promise<Result<Found>> {
  const patient = ['patient', patientId] as const
  const found = await cache.search('Coverage', [patient, ['_include', 'Coverage:payor']])
  const isRefused = !found.ok && found.problem.kind === 'http' && found.problem.status === 400
  return isRefused ? cache.search('Coverage', [patient]) : found
}
