import { hasRight, type Right } from '../fhir/scopes'

/** A scope about resources, taken apart. */
interface ResourceScope {
  readonly level: string
  readonly type: string
  readonly rights: readonly Right[]
}

const RIGHTS: readonly Right[] = ['c', 'r', 'u', 'd', 's']

const parts = (scope: string): ResourceScope | undefined => {
  const [, level, type] = /^(patient|user|system)\/(\*|[A-Z][A-Za-z]+)\./.exec(scope) ?? []
  if (level === undefined || type === undefined) return undefined
  const probe = type === '*' ? 'Patient' : type
  return { level, type, rights: RIGHTS.filter((right) => hasRight([scope], probe, right)) }
}

/** How a scope that is asked for stands in what an EHR offers. */
type Offer =
  | { readonly kind: 'offered' }
  | { readonly kind: 'missing' }
  /** A wildcard is asked for, and single types are offered: what is granted shows at sign-in. */
  | { readonly kind: 'by-type'; readonly types: readonly string[] }

/**
 * `scopes_supported` against one scope (SMART 2.2 "scopes_supported"; v1 spellings mean the same as v2 ones). Levels are kept apart:
 * `patient/` never stands for `user/`.
 */
export function scopeOffer(scope: string, supported: readonly string[]): Offer {
  if (supported.includes(scope)) return { kind: 'offered' }
  const wanted = parts(scope)
  if (wanted === undefined) return { kind: 'missing' }
  const level = supported.filter((each) => each.startsWith(`${wanted.level}/`))
  const type = wanted.type === '*' ? '' : wanted.type
  const stars = level.filter((each) => parts(each)?.type === '*')
  const within = type === '' ? stars : level
  const probe = type === '' ? 'Patient' : type
  if (wanted.rights.length > 0 && wanted.rights.every((right) => hasRight(within, probe, right)))
    return { kind: 'offered' }
  const types = [...new Set(level.flatMap((each) => parts(each)?.type ?? []))].filter(
    (each) => each !== '*' && wanted.rights.every((right) => hasRight(level, each, right)),
  )
  return type === '' && types.length > 0 ? { kind: 'by-type', types } : { kind: 'missing' }
}
