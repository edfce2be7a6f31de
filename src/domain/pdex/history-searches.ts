import { searchOffer } from '../fhir/capability'
import type { FhirJson } from '../json'
import type { SearchParams } from '../ports'
import { type HistoryType, TYPE_SEARCHES } from './history-types'

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
  const { includes, member } = TYPE_SEARCHES[type]
  const count = ['_count', String(pageSize)] as const
  if (statement === undefined) {
    const base: SearchParams = [['patient', patientId], count]
    return type === 'MedicationRequest' ? [...base, ['_include', 'MedicationRequest:medication']] : base
  }
  const offer = searchOffer(statement, type)
  if (!offer.offered) return undefined
  const lists = (offered: readonly string[], wanted: string): boolean =>
    offered.includes(wanted) || offered.includes('*')
  return [
    memberParameter(offer.params, patientId, member),
    count,
    ...includes
      .filter((include) => lists(offer.includes, include))
      .map((include) => ['_include', include] as const),
    ...(lists(offer.revIncludes, 'Provenance:target') ? [['_revinclude', 'Provenance:target'] as const] : []),
  ]
}

/** `patient`, unless the statement lists parameters and only another one among them names the member. */
function memberParameter(
  listed: readonly string[],
  patientId: string,
  own: string | undefined,
): readonly [string, string] {
  const other = listed.includes('patient') ? undefined : [own, 'subject'].find((n) => n && listed.includes(n))
  return other === undefined ? ['patient', patientId] : [other, `Patient/${patientId}`]
}

/** The same search for the records alone: some servers refuse an include, even one that they list. */
const withoutIncludes = (search: SearchParams): SearchParams =>
  search.filter(([name]) => name !== '_include' && name !== '_revinclude')

/** One way to ask for a type. */
export interface SearchWay {
  readonly search: SearchParams
  /** Leaves out what has no usual value of this parameter. */
  readonly narrowed?: string
  /** Leaves out what is not dated within the period, by this parameter. */
  readonly limited?: string
}

/**
 * The ways to ask for one type, best first; the next one is for a server that refuses the one before (400, 422): the records alone,
 * then by the combination that US Core makes a SHALL; where a period was wanted, at last the same without it.
 */
export function searchWays(
  type: HistoryType,
  search: SearchParams,
  period: SearchParams = [],
): readonly SearchWay[] {
  const plain = withoutIncludes(search)
  const { narrowed } = TYPE_SEARCHES[type]
  const ways: readonly SearchWay[] = [
    { search },
    ...(plain.length < search.length ? [{ search: plain }] : []),
    ...(narrowed ? [{ search: [...plain, ...narrowed], narrowed: narrowed[0]?.[0] ?? '' }] : []),
  ]
  const limited = period[0]?.[0]
  if (limited === undefined) return ways
  return [...ways.map((way) => ({ ...way, search: [...way.search, ...period], limited })), ...ways]
}

const REPEATED: ReadonlySet<string | undefined> = new Set([
  '_count',
  '_include',
  '_revinclude',
  '_sort',
  '_total',
  '_format',
  '_summary',
  '_elements',
  '_id',
  '_lastUpdated',
])

/** Names that mean the member, whichever of them a server writes into its `self` link. */
const MEMBER = ['patient', 'subject', 'beneficiary']

/**
 * What of a search the `self` link does not show: the server did not use it (R4 search §self-link). A link without a query says
 * nothing. Page size and what comes along are left to the server.
 */
export function ignoredParameters(search: SearchParams, self: string | undefined): readonly string[] {
  if (self === undefined || !self.includes('?')) return []
  const used = new Set(
    [...new URLSearchParams(self.slice(self.indexOf('?') + 1)).keys()].map((name) => name.split(/[:.]/)[0]),
  )
  // A link that names a stored search ("?_getpages=…") repeats no parameter at all.
  if (used.size === 0 || [...used].some((name) => name?.startsWith('_') && !REPEATED.has(name))) return []
  return [...new Set(search.map(([name]) => name))]
    .filter((name) => !name.startsWith('_') || name === '_lastUpdated')
    .filter((name) => !(MEMBER.includes(name) ? MEMBER.some((m) => used.has(m)) : used.has(name)))
}
