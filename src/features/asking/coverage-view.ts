import type { CoverageChoice, CoverageSummary } from '../../domain/crd/coverage'
import type { Payer } from '../../domain/payer-directory'
import type { Problem, Result } from '../../domain/result'

/** Which coverage would be asked about, as far as that is known. */
export type CoverageView =
  | { readonly kind: 'reading' }
  | { readonly kind: 'failed'; readonly problem: Problem; readonly retry: () => void }
  | { readonly kind: 'read'; readonly choice: CoverageChoice; readonly active: readonly CoverageSummary[] }

/** The choice that asking will make too, as far as it has been read. */
export function viewCoverage(reading: Result<CoverageChoice> | undefined, retry: () => void): CoverageView {
  if (reading === undefined) return { kind: 'reading' }
  if (!reading.ok) return { kind: 'failed', problem: reading.problem, retry }
  const choice = reading.value
  const all = choice.kind === 'none' ? choice.others : [choice.coverage, ...choice.others]
  const active = all.filter((coverage) => coverage.isActive).sort((a, b) => a.id.localeCompare(b.id))
  return { kind: 'read', choice, active }
}

/** The payer's name for buttons and headings; "the payer" where none is known. */
export const payerNameOf = (view: CoverageView): string => payerOf(view)?.name ?? 'the payer'

/** The payer that would be asked; absent where none can be. */
export const payerOf = (view: CoverageView): Payer | undefined =>
  view.kind === 'read' && view.choice.kind === 'chosen' ? view.choice.payer : undefined

/** The coverage in words; absent where none was found. */
export const coverageNameOf = (view: CoverageView): string | undefined =>
  view.kind === 'read' && view.choice.kind !== 'none' ? view.choice.coverage.name : undefined

/** The payers of the other active coverages that can be asked too, each once (CRD dev-32). */
export function otherPayersOf(view: CoverageView): readonly Payer[] {
  if (view.kind !== 'read' || view.choice.kind !== 'chosen') return []
  const { payer } = view.choice
  const others = view.choice.others.flatMap((other) => (other.isActive && other.payer ? [other.payer] : []))
  return others.filter(
    (other, index) => other.id !== payer.id && others.findIndex(({ id }) => id === other.id) === index,
  )
}
