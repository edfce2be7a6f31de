import { type CoverageChoice, type CoverageSummary, chooseCoverage } from '../../domain/crd/coverage'
import type { Payer } from '../../domain/payer-directory'
import type { Problem, Result } from '../../domain/result'
import type { CoverageReading } from './use-chart'

/** Which coverage would be asked about, as far as that is known. */
export type CoverageView =
  | { readonly kind: 'reading' }
  | { readonly kind: 'failed'; readonly problem: Problem; readonly retry: () => void }
  | { readonly kind: 'read'; readonly choice: CoverageChoice; readonly active: readonly CoverageSummary[] }

interface Facts {
  readonly patientId: string
  readonly fhirBase: string
  readonly payers: readonly Payer[]
  /** Day of the service, YYYY-MM-DD; empty where none is entered. */
  readonly when: string
  /** Empty: the likely primary. */
  readonly coverageId: string
}

/** The choice that asking will make too, from the same reading. */
export function viewCoverage(
  reading: Result<CoverageReading> | undefined,
  retry: () => void,
  facts: Facts,
): CoverageView {
  if (reading === undefined) return { kind: 'reading' }
  if (!reading.ok) return { kind: 'failed', problem: reading.problem, retry }
  const choice = chooseCoverage({
    ...reading.value,
    patientId: facts.patientId,
    fhirBase: facts.fhirBase,
    payers: facts.payers,
    dates: facts.when === '' ? [] : [facts.when],
    ...(facts.coverageId !== '' && { coverageId: facts.coverageId }),
  })
  const all = choice.kind === 'none' ? choice.others : [choice.coverage, ...choice.others]
  const active = all.filter((coverage) => coverage.isActive).sort((a, b) => a.id.localeCompare(b.id))
  return { kind: 'read', choice, active }
}

/** The payer's name for buttons and headings; "the payer" where none is known. */
export function payerNameOf(view: CoverageView): string {
  return view.kind === 'read' && view.choice.kind === 'chosen' ? view.choice.payer.name : 'the payer'
}

/** The coverage in words; absent where none was found. */
export const coverageNameOf = (view: CoverageView): string | undefined =>
  view.kind === 'read' && view.choice.kind !== 'none' ? view.choice.coverage.name : undefined
