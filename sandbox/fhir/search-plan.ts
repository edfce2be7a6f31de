import { parseReference } from './references'
import { Refusal } from './refusal'
import { type Filter, filterFor, splitValues } from './search-filter'
import { parameterOf, type SearchParameter } from './search-parameters'

/** `_include` or `_revinclude`: which references of which type to follow. */
export interface IncludeRule {
  readonly source: string
  readonly parameter: SearchParameter
  readonly target: string | undefined
  readonly iterate: boolean
}

/** One key of `_sort`. */
export interface SortKey {
  readonly parameter: SearchParameter
  readonly descending: boolean
}

/** A search as understood: what will be done, what was honoured, what was not. */
export interface SearchPlan {
  readonly type: string
  readonly filters: readonly Filter[]
  /** Patient ids the matches must belong to, where a `patient` parameter says so: lets the index be used. */
  readonly patients: readonly string[] | undefined
  readonly sort: readonly SortKey[]
  readonly count: number | undefined
  readonly countOnly: boolean
  readonly withTotal: boolean
  readonly elements: readonly string[] | undefined
  readonly includes: readonly IncludeRule[]
  readonly revincludes: readonly IncludeRule[]
  /** Name and value of each honoured parameter, for the self link. */
  readonly honoured: readonly (readonly [string, string])[]
  /** Parameters that were ignored, with the reason (400 under `Prefer: handling=strict`). */
  readonly ignored: readonly string[]
}

interface Draft {
  filters: Filter[]
  patients: readonly string[] | undefined
  sort: readonly SortKey[]
  count: number | undefined
  countOnly: boolean
  withTotal: boolean
  elements: readonly string[] | undefined
  includes: IncludeRule[]
  revincludes: IncludeRule[]
}

const unknown = (key: string, type: string): string => `Unknown search parameter "${key}" for ${type}`

/** Reads search parameters; `known` are those that this endpoint has, where it has not all. Refuses (400) values no one could honour; what is merely unknown is listed in `ignored`. */
export const planSearch = (
  type: string,
  query: URLSearchParams,
  bases: readonly string[] = [],
  known?: readonly string[],
): SearchPlan => {
  const draft: Draft = {
    filters: [],
    patients: undefined,
    sort: [],
    count: undefined,
    countOnly: false,
    withTotal: true,
    elements: undefined,
    includes: [],
    revincludes: [],
  }
  const honoured: [string, string][] = []
  const ignored: string[] = []
  for (const [key, value] of query) {
    if (key === '_format' || key === '_pretty' || value === '') continue
    const reason =
      control(draft, type, key, value) ??
      (known !== undefined && !known.includes(key.split(':')[0] ?? '')
        ? unknown(key, type)
        : condition(draft, type, key, value, bases))
    if (reason === 'done') honoured.push([key, value])
    else ignored.push(reason)
  }
  return { type, ...draft, honoured, ignored }
}

/** Handles the parameters that shape the answer. `done`, the reason it is ignored, or undefined when the key is none of these. */
const control = (draft: Draft, type: string, key: string, value: string): string | undefined => {
  switch (key) {
    case '_count':
      if (!/^\d+$/.test(value))
        throw new Refusal(400, [{ code: 'value', diagnostics: `_count=${value} is no number` }])
      draft.count = Number(value)
      if (draft.count === 0) draft.countOnly = true
      return 'done'
    case '_summary':
      if (value !== 'count' && value !== 'false') return `_summary=${value} is not supported`
      draft.countOnly = draft.countOnly || value === 'count'
      return 'done'
    case '_total':
      draft.withTotal = value !== 'none'
      return 'done'
    case '_elements':
      draft.elements = splitValues(value)
      return 'done'
    case '_sort':
      return sort(draft, type, value)
  }
  const [name = '', modifier] = key.split(':')
  if (name !== '_include' && name !== '_revinclude') return undefined
  // `:recurse` is what STU3 called it
  const rule = includeRule(value, modifier === 'iterate' || modifier === 'recurse')
  if (!rule) return `${key}=${value} is not supported`
  ;(name === '_include' ? draft.includes : draft.revincludes).push(rule)
  return 'done'
}

const sort = (draft: Draft, type: string, value: string): string => {
  const keys: SortKey[] = []
  for (const part of splitValues(value)) {
    const parameter = parameterOf(type, part.replace(/^-/, ''))
    if (!parameter || parameter.kind === 'reference') return `_sort=${part} is not supported on ${type}`
    keys.push({ parameter, descending: part.startsWith('-') })
  }
  draft.sort = keys
  return 'done'
}

const includeRule = (value: string, iterate: boolean): IncludeRule | undefined => {
  const [source = '', name = '', target] = value.split(':')
  if (name === '*') return { source, parameter: { kind: 'reference', paths: ['*'] }, target, iterate }
  const parameter = parameterOf(source, name)
  return parameter?.kind === 'reference' ? { source, parameter, target, iterate } : undefined
}

const condition = (
  draft: Draft,
  type: string,
  key: string,
  value: string,
  bases: readonly string[],
): string => {
  const colon = key.indexOf(':')
  const name = colon < 0 ? key : key.slice(0, colon)
  const modifier = colon < 0 ? undefined : key.slice(colon + 1)
  const parameter = parameterOf(type, name)
  if (!parameter || modifier?.includes('.')) return unknown(key, type)
  draft.filters.push(filterFor(name, parameter, modifier, value, bases))
  if (name === 'patient' && modifier === undefined) {
    draft.patients = splitValues(value).map((v) => parseReference(v, bases)?.id ?? v)
  }
  return 'done'
}

/** Patient ids that a search names, by `patient`, `subject`, `beneficiary` … or, on Patient itself, `_id`. */
export const namedPatients = (
  type: string,
  query: URLSearchParams,
  bases: readonly string[],
): readonly string[] =>
  [...query].flatMap(([key, value]) => {
    const [name = '', modifier] = key.split(':')
    if (type === 'Patient' && name === '_id') return splitValues(value)
    const parameter = parameterOf(type, name)
    if (parameter?.kind !== 'reference' || modifier === 'identifier' || modifier === 'missing') return []
    const bareMeansPatient = parameter.targets?.length === 1 && parameter.targets[0] === 'Patient'
    return splitValues(value).flatMap((part) => {
      const target = parseReference(part, bases)
      if (target) return target.type === 'Patient' ? [target.id] : []
      return bareMeansPatient || modifier === 'Patient' ? [part] : []
    })
  })
