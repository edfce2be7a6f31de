import type { FhirJson } from '../json'
import type { Payer } from '../payer-directory'
import type { CdsPort } from '../ports'
import { ok, type Result } from '../result'
import {
  type CoverageChoice,
  type CoverageRecords,
  chooseCoverage,
  payorReferences,
  type StatedPayer,
} from './coverage'
import type { Found, PrefetchCache } from './prefetch-cache'

/** What the coverage of a question is chosen by. `dates`: YYYY-MM-DD. */
export interface CoverageQuestion {
  readonly patientId: string
  readonly fhirBase: string
  readonly payers: readonly Payer[]
  readonly dates: readonly string[]
  readonly coverageId?: string
  /** To read what payers say at the well-known location that a coverage names; absent: identifiers alone tell the payer. */
  readonly cds?: Pick<CdsPort, 'wellKnown'>
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
  const facts: CoverageRecords = { ...question, coverages, organizations }
  const choice = chooseCoverage(facts)
  const stated = await readStated(choice, question)
  return ok(stated.size === 0 ? choice : chooseCoverage({ ...facts, stated }))
}

/** Who pays the active coverages whose payer the identifiers do not tell, by the files that they name (HRex 1.2 "Endpoint Discovery"). */
async function readStated(
  choice: CoverageChoice,
  { cds, payers }: CoverageQuestion,
): Promise<ReadonlyMap<string, StatedPayer>> {
  const all = choice.kind === 'none' ? choice.others : [choice.coverage, ...choice.others]
  const open = all.filter((each) => each.isActive && each.payer === undefined && each.resource.extension)
  if (cds === undefined || open.length === 0) return new Map()
  // Seldom needed, so loaded when it is. Where that fails, the payer stays unknown.
  const rules = await import('./well-known').catch(() => undefined)
  const reads = open.map(async ({ id, resource }) => {
    const stated = await rules?.readStatedPayer(resource, payers, cds)
    return stated === undefined ? [] : [[id, stated] as const]
  })
  return new Map((await Promise.all(reads)).flat())
}

/** The payers come along where the EHR includes them: one round trip less. Some EHRs refuse an include that they do not know. */
async function searchCoverages(patientId: string, cache: PrefetchCache): Promise<Result<Found>> {
  const patient = ['patient', patientId] as const
  const found = await cache.search('Coverage', [patient, ['_include', 'Coverage:payor']])
  const isRefused = !found.ok && found.problem.kind === 'http' && found.problem.status === 400
  return isRefused ? cache.search('Coverage', [patient]) : found
}
