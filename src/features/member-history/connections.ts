import {
  type CoverageChoice,
  type CoverageSummary,
  chooseCoverage,
  payorReferences,
  type StatedPayer,
} from '../../domain/crd/coverage'
import type { FhirJson } from '../../domain/json'
import type { Payer } from '../../domain/payer-directory'
import { coverageMemberId, coverageSubscriberId } from '../../domain/pdex/member-match'
import type { CdsPort, EhrPort } from '../../domain/ports'
import { ok, type Problem, type Result } from '../../domain/result'
import type { Session } from '../../domain/session'

/** One way to a member: a payer that shares history, with the chart's coverage where there is one. */
export interface Connection {
  readonly id: string
  readonly payer: Payer
  readonly coverage?: CoverageSummary
  readonly memberId?: string
  /** Where it is another one than the member id. */
  readonly subscriberId?: string
}

export interface Connections {
  /** The chart's coverages first, the most likely one at the top; then the other payers of this site. */
  readonly list: readonly Connection[]
  /** How many of the list come from the chart. */
  readonly fromChart: number
  /** Coverages whose payer we cannot read from, by name. */
  readonly unreachable: readonly string[]
}

const pagesAtMost = 10

/** A chart that knows no Coverage at all (DSTU2 has it in another shape): payer and member id are entered by hand. */
const isUnknownThere = (problem: Problem): boolean =>
  problem.kind === 'http' && [404, 405, 501].includes(problem.status)

/**
 * Reads the chart's coverages. Problems: those of the chart. An Organization or a payer's well-known file that cannot be read costs
 * only itself.
 */
export async function readConnections(
  { ehr, cds }: { readonly ehr: EhrPort; readonly cds: Pick<CdsPort, 'wellKnown'> },
  session: Session,
  payers: readonly Payer[],
  today: string,
  signal: AbortSignal,
): Promise<Result<Connections>> {
  const coverages: FhirJson[] = []
  let page = await ehr.search('Coverage', [['patient', session.patientId]], { signal })
  for (let n = 1; ; n += 1) {
    if (!page.ok) {
      if (n === 1 && isUnknownThere(page.problem)) break
      return page
    }
    coverages.push(...page.value.matches)
    const { next } = page.value
    if (next === undefined || n === pagesAtMost) break
    page = await ehr.next(next, { signal })
  }
  const read = await Promise.all(
    payorReferences(coverages, session.fhirBase).map((id) => ehr.read('Organization', id, { signal })),
  )
  const organizations = read.flatMap((result) => (result.ok ? [result.value] : []))
  const { patientId, fhirBase } = session
  const facts = { patientId, fhirBase, coverages, organizations, payers, dates: [today] }
  const choice = chooseCoverage(facts)
  const stated = await readStated(choice, payers, cds)
  return ok(connections(stated.size === 0 ? choice : chooseCoverage({ ...facts, stated }), payers))
}

/** Who pays where identifiers do not tell, by the file that a coverage names (HRex 1.2 "Endpoint Discovery"). Ended ones too: they have a history. */
async function readStated(
  choice: CoverageChoice,
  payers: readonly Payer[],
  cds: Pick<CdsPort, 'wellKnown'>,
): Promise<ReadonlyMap<string, StatedPayer>> {
  const open = summariesOf(choice).filter(({ payer, resource }) => payer === undefined && resource.extension)
  // Seldom needed, so loaded when it is.
  const rules =
    open.length === 0 ? undefined : await import('../../domain/crd/well-known').catch(() => undefined)
  const reads = open.map(async ({ id, resource }) => {
    const stated = await rules?.readStatedPayer(resource, payers, cds)
    return stated === undefined ? [] : [[id, stated] as const]
  })
  return new Map((await Promise.all(reads)).flat())
}

const summariesOf = (choice: CoverageChoice): readonly CoverageSummary[] => [
  ...(choice.kind === 'none' ? [] : [choice.coverage]),
  ...choice.others,
]

function connections(choice: CoverageChoice, payers: readonly Payer[]): Connections {
  const summaries = summariesOf(choice)
  const own = summaries.flatMap((coverage): Connection[] => {
    const { payer } = coverage
    if (payer?.fhirBase === undefined) return []
    const memberId = coverageMemberId(coverage.resource) ?? coverage.memberId
    const subscriberId = coverageSubscriberId(coverage.resource)
    return [
      {
        id: coverage.id,
        payer,
        coverage,
        ...(memberId !== undefined && { memberId }),
        ...(subscriberId !== undefined && { subscriberId }),
      },
    ]
  })
  const others = payers
    .filter((payer) => payer.fhirBase !== undefined && !own.some((c) => c.payer.id === payer.id))
    .map((payer) => ({ id: `payer ${payer.id}`, payer }))
  return {
    list: [...own, ...others],
    fromChart: own.length,
    unreachable: summaries.filter((c) => c.payer?.fhirBase === undefined).map((c) => c.name),
  }
}
