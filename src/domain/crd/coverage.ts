import type { FhirJson } from '../json'
import type { Payer, PayerIdentifier } from '../payer-directory'

/** A Coverage of the chart in words. */
export interface CoverageSummary {
  readonly id: string
  readonly resource: FhirJson
  /** Plan or payor name, as far as known. */
  readonly name: string
  readonly memberId?: string
  /** Coverage.order: 1 is primary. */
  readonly order?: number
  readonly isActive: boolean
  /** Why it is not active, e.g. "ended on 2024-12-31". */
  readonly whyNotActive?: string
  readonly payorIdentifiers: readonly PayerIdentifier[]
  /** The payer of the site's directory. */
  readonly payer?: Payer
}

/** Which coverage is asked about (CRD dev-28), and why in words. `others`: the ones not asked about. */
export type CoverageChoice =
  | {
      readonly kind: 'chosen'
      readonly coverage: CoverageSummary
      readonly payer: Payer
      readonly because: string
      readonly others: readonly CoverageSummary[]
    }
  | {
      readonly kind: 'not-in-directory'
      readonly coverage: CoverageSummary
      readonly message: string
      readonly others: readonly CoverageSummary[]
    }
  | { readonly kind: 'none'; readonly message: string; readonly others: readonly CoverageSummary[] }
