import type { FhirJson } from '../json'
import type { Payer } from '../payer-directory'
import type { CdsPort } from '../ports'
import { ok, type Result } from '../result'
import { type CoverageChoice, type CoverageRecords, chooseCoverage, payorReferences } from './coverage'
import type { Found, PrefetchCache } from './prefetch-cache'
import { type PayerStatement, readStatement, wellKnownOf } from './well-known'

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
  const statements = await readStatements(choice, question)
  return ok(statements.size === 0 ? choice : chooseCoverage({ ...facts, statements }))
}

/**
 * What payers say of the active coverages whose payer the identifiers do not tell (HRex 1.2 "Endpoint Discovery"). A file that
 * cannot be read is no failure: its payer stays unknown.
 */
async function readStatements(
  choice: CoverageChoice,
  { cds, payers }: CoverageQuestion,
): Promise<ReadonlyMap<string, PayerStatement>> {
  const all = choice.kind === 'none' ? choice.others : [choice.coverage, ...choice.others]
  const reads = all.map(async ({ id, resource, payer, isActive }) => {
    const wellKnown = payer === undefined && isActive ? wellKnownOf(resource, payers) : undefined
    if (cds === undefined || wellKnown === undefined) return []
    const file = await cds.wellKnown(wellKnown.host, wellKnown.location)
    return file.ok ? [[id, readStatement(file.value)] as const] : []
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
