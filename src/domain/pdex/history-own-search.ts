import type { Page } from '../fhir/bundle'
import { searchOffer } from '../fhir/capability'
import type { FhirJson } from '../json'
import type { CallOptions, FhirReader, SearchParams } from '../ports'
import { fail, ok, type Result } from '../result'
import type { HistoryAccumulator } from './history-accumulator'
import { ignoredParameters } from './history-searches'
import { HISTORY_TYPES, type HistoryType } from './history-types'
import type { RecordKey } from './record'

/** A search that the user wrote, checked: it names no member, because that is added when it is sent. */
interface OwnSearch {
  readonly type: HistoryType
  readonly params: SearchParams
}

export interface SearchFound {
  readonly found: number
  /** How many of them were not read before. */
  readonly fresh: number
  /** Parameters that the payer's answer shows as not used. */
  readonly ignored: readonly string[]
  /** There are more pages than are read of one search. */
  readonly isPart: boolean
}

const LONGEST = 1000
const PAGES_AT_MOST = 50

/** Names that mean the member. */
const MEMBER: readonly string[] = ['patient', 'subject', 'beneficiary']

/** What shapes an answer rather than chooses records; and what reaches other records than the member's. */
const UNDERSCORED: readonly string[] = ['_id', '_lastUpdated', '_tag', '_profile', '_security', '_source']

const refused = (message: string): Result<never> => fail({ kind: 'refused', rule: 'PDex §65', message })

/**
 * Reads `Type?parameter=value`. Refused, in plain words: another address or operation, a type or parameter that the payer's
 * CapabilityStatement does not list, and whatever would reach beyond this member (PDex §69: any valid query, bounded by the
 * statement and the member).
 */
export function readOwnSearch(
  written: string,
  statement: FhirJson | undefined,
  memberId: string,
): Result<OwnSearch> {
  const line = written.trim()
  if (line === '') return refused('Type a search, for example Observation?code=4548-4.')
  if (line.length > LONGEST) return refused(`Type at most ${LONGEST} characters.`)
  if (/[\s<>"\\#]/.test(line))
    return refused('Leave out spaces and the signs < > " \\ #. Write a space as %20.')
  const [, type = '', query = ''] = /^([^?]*)\??(.*)$/s.exec(line) ?? []
  if (type.includes('$')) return refused('Operations ($…) cannot be asked for here.')
  if (type.includes('/') || type.includes(':') || type.startsWith('_'))
    return refused('Type a record type and parameters only, without an address: Type?parameter=value.')
  const known = HISTORY_TYPES.find((each) => each === type)
  if (known === undefined)
    return refused(
      `“${type}” is not a record type of a member's history. Types are: ${HISTORY_TYPES.join(', ')}.`,
    )
  if (statement === undefined)
    return refused('The payer does not say what can be searched for, so nothing of your own can be asked.')
  const offer = searchOffer(statement, known)
  if (!offer.offered) return refused(`The payer does not offer a search of ${known}.`)
  const params: (readonly [string, string])[] = []
  for (const [name, value] of new URLSearchParams(query)) {
    const wrong = wrongParameter(name, value, offer.params, memberId)
    if (wrong !== undefined) return refused(wrong)
    if (!MEMBER.includes(name)) params.push([name, value])
  }
  return ok({ type: known, params })
}

/** Why one parameter cannot be sent. */
function wrongParameter(
  written: string,
  value: string,
  listed: readonly string[],
  memberId: string,
): string | undefined {
  const [name = '', modifier] = written.split(':')
  const names = [...value.matchAll(/Patient\/([A-Za-z0-9\-.]+)/g)].map(([, id]) => id)
  if (names.some((id) => id !== memberId) || (MEMBER.includes(name) && !isMember(value, memberId)))
    return 'Only this member can be searched for. Leave the patient out: it is added by itself.'
  if (MEMBER.includes(name))
    return modifier === undefined ? undefined : 'Leave the patient out: it is added by itself.'
  if (value.includes('://') && /Patient/i.test(value)) return 'Leave the patient out: it is added by itself.'
  if (name === '_has' || written.includes('.') || /^[A-Z]/.test(modifier ?? ''))
    return `“${written}” looks through other records. Search with this type's own parameters.`
  if (name.startsWith('_') && !UNDERSCORED.includes(name))
    return `“${name}” is not a parameter that chooses records, so it cannot be used here.`
  if (!listed.includes(name))
    return `The payer does not list “${name}” for this type. It lists: ${listed.filter((each) => !MEMBER.includes(each)).join(', ') || 'none'}.`
  if (value.trim() === '') return `“${name}” has no value.`
  return undefined
}

const isMember = (value: string, memberId: string): boolean =>
  value === memberId || value === `Patient/${memberId}`

/** Follows the pages of one search and takes in what is the member's. What came before a problem is kept. */
export async function runOwnSearch(
  { type, search }: { readonly type: HistoryType; readonly search: SearchParams },
  reader: FhirReader,
  accumulator: HistoryAccumulator,
  call?: CallOptions,
): Promise<{ readonly keys: ReadonlySet<RecordKey>; readonly result: Result<SearchFound> }> {
  const keys = new Set<RecordKey>()
  const visited = new Set<string>()
  let fresh = 0
  let page: Result<Page> = await reader.search(type, search, call)
  const ignored = page.ok ? ignoredParameters(search, page.value.self) : []
  for (let n = 1; ; n += 1) {
    if (!page.ok) return { keys, result: page }
    fresh += accumulator.add(type, page.value, keys)
    const { next } = page.value
    const isEnd = next === undefined || visited.has(next)
    if (isEnd || n === PAGES_AT_MOST)
      return { keys, result: ok({ found: keys.size, fresh, ignored, isPart: !isEnd }) }
    visited.add(next)
    page = await reader.next(next, call)
  }
}
