import { searchOffer } from '../fhir/capability'
import type { FhirJson } from '../json'
import type { SearchParams } from '../ports'
import { type HistoryType, TYPE_SEARCHES } from './history-types'

/** From when to when, ISO dates, both included; either may be open. */
export interface ReadPeriod {
  /** `event`: when it took place. `updated`: when the payer last changed its record (`_lastUpdated`). */
  readonly by: 'event' | 'updated'
  readonly from?: string
  readonly to?: string
}

/** What the user wants read; what is left out is not asked for. */
export interface ReadScope {
  /** Absent: all. */
  readonly types?: readonly HistoryType[]
  readonly period?: ReadPeriod
}

/**
 * The date parameter of a type that the payer's CapabilityStatement lists (PDex facts 5), with the period. Empty where it lists none,
 * or where there is no statement: then the whole type is asked for.
 */
export function periodParameters(
  type: HistoryType,
  period: ReadPeriod | undefined,
  statement: FhirJson | undefined,
): SearchParams {
  if (period === undefined || statement === undefined) return []
  const { params } = searchOffer(statement, type)
  const wanted = period.by === 'updated' ? ['_lastUpdated'] : TYPE_SEARCHES[type].dates
  const name = wanted?.find((each) => params.includes(each))
  if (name === undefined) return []
  return [
    ...(period.from === undefined ? [] : [[name, `ge${period.from}`] as const]),
    ...(period.to === undefined ? [] : [[name, `le${period.to}`] as const]),
  ]
}
