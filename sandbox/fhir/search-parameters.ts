import { administrativeParameters } from './search-parameters-administrative'
import { clinicalParameters } from './search-parameters-clinical'
import { requestParameters } from './search-parameters-requests'

/** How a search parameter compares: the R4 search parameter types that this server knows. */
type ParameterKind = 'token' | 'reference' | 'date' | 'string' | 'uri'

/** One search parameter of one type: what it compares and where it looks (paths as in `valuesAt`). */
export interface SearchParameter {
  readonly kind: ParameterKind
  readonly paths: readonly string[]
  /** Reference parameters: types a bare id may mean, and the only types that count (`patient` on `subject` is Patients only). */
  readonly targets?: readonly string[]
}

export type ParameterTable = Readonly<Record<string, Readonly<Record<string, SearchParameter>>>>

/** Parameters that every type has. */
const common: Readonly<Record<string, SearchParameter>> = {
  _id: { kind: 'token', paths: ['id'] },
  _lastUpdated: { kind: 'date', paths: ['meta.lastUpdated'] },
  _tag: { kind: 'token', paths: ['meta.tag'] },
  _profile: { kind: 'uri', paths: ['meta.profile'] },
  _security: { kind: 'token', paths: ['meta.security'] },
  _source: { kind: 'uri', paths: ['meta.source'] },
}

const table: ParameterTable = {
  ...administrativeParameters,
  ...clinicalParameters,
  ...requestParameters,
}

/** Types that have parameters of their own. */
export const parameterTypes: readonly string[] = Object.keys(table)

/** All search parameters of a type by name, the common ones included. */
export const parametersOf = (type: string): Readonly<Record<string, SearchParameter>> => ({
  ...common,
  ...(Object.hasOwn(table, type) ? table[type] : {}),
})

/** One search parameter; undefined when the type has none of that name. */
export const parameterOf = (type: string, name: string): SearchParameter | undefined => {
  if (Object.hasOwn(common, name)) return common[name]
  const own = Object.hasOwn(table, type) ? table[type] : undefined
  return own && Object.hasOwn(own, name) ? own[name] : undefined
}
