import { searchOffer } from '../fhir/capability'
import type { FhirJson } from '../json'
import type { SearchParams } from '../ports'

/** The types that are read from a payer, in the order they are asked for. */
export const HISTORY_TYPES = [
  'Condition',
  'MedicationRequest',
  'MedicationDispense',
  'Procedure',
  'Encounter',
] as const

export type HistoryType = (typeof HISTORY_TYPES)[number]

/** What is wanted along with a type. PDex: Provenance on every clinical type. */
const INCLUDES: Readonly<Record<HistoryType, readonly string[]>> = {
  Condition: [],
  MedicationRequest: ['MedicationRequest:medication', 'MedicationRequest:requester'],
  MedicationDispense: ['MedicationDispense:medication', 'MedicationDispense:performer'],
  Procedure: ['Procedure:performer'],
  Encounter: ['Encounter:service-provider', 'Encounter:participant'],
}

/**
 * The search for one type of a member's records. Undefined where the payer's CapabilityStatement does not offer it. Without a
 * statement all types are asked for, and only the include that PDex makes a SHALL. Includes that the statement does not list
 * are not sent: a strict server would refuse the search.
 */
export function historySearch(
  type: HistoryType,
  patientId: string,
  pageSize: number,
  statement: FhirJson | undefined,
): SearchParams | undefined {
  const base: SearchParams = [
    ['patient', patientId],
    ['_count', String(pageSize)],
  ]
  if (statement === undefined)
    return type === 'MedicationRequest' ? [...base, ['_include', 'MedicationRequest:medication']] : base
  const offer = searchOffer(statement, type)
  if (!offer.offered) return undefined
  const lists = (offered: readonly string[], wanted: string): boolean =>
    offered.includes(wanted) || offered.includes('*')
  return [
    ...base,
    ...INCLUDES[type]
      .filter((include) => lists(offer.includes, include))
      .map((include) => ['_include', include] as const),
    ...(lists(offer.revIncludes, 'Provenance:target') ? [['_revinclude', 'Provenance:target'] as const] : []),
  ]
}

/** The same search for the records alone: some servers refuse an include, even one that they list. */
export const withoutIncludes = (search: SearchParams): SearchParams =>
  search.filter(([name]) => name !== '_include' && name !== '_revinclude')
