/** What narrows a grant below what was asked. */
export interface ScopeRules {
  /** A patient is in context; without one no `patient/` scope means anything. */
  readonly hasPatient: boolean
  readonly readOnly: boolean
  /** No `user/` scope. */
  readonly noUser: boolean
  /** No resource scope at all. */
  readonly noResources: boolean
  readonly noRefresh: boolean
}

const LAUNCH_SCOPES = new Set([
  'launch',
  'launch/patient',
  'launch/encounter',
  'openid',
  'fhirUser',
  'profile',
])
const REFRESH_SCOPES = new Set(['online_access', 'offline_access'])

// SMART 2.2 §3.0.2: v2 letters stand in the order c r u d s, each at most once; v1 has read, write and *.
const RESOURCE_SCOPE = /^(patient|user)\/(\*|[A-Z][A-Za-z]+)\.(read|write|\*|(?=[cruds])c?r?u?d?s?)(\?\S+)?$/

function readOnlyRight(right: string): string {
  switch (right) {
    case 'read':
    case '*':
      return 'read'
    case 'write':
      return ''
    default:
      return right.replace(/[cud]/g, '')
  }
}

function grantResourceScope(scope: string, rules: ScopeRules): readonly string[] {
  const [, level, type, right = '', query = ''] = RESOURCE_SCOPE.exec(scope) ?? []
  if (level === undefined || type === undefined || rules.noResources) return []
  if (level === 'patient' ? !rules.hasPatient : rules.noUser) return []
  const granted = rules.readOnly ? readOnlyRight(right) : right
  return granted === '' ? [] : [`${level}/${type}.${granted}${query}`]
}

/** The scopes granted out of those asked for (space separated), in the order they were asked for. Unknown ones are left out, not refused (SMART 2.2 §3). */
export function grantScopes(requested: string, rules: ScopeRules): readonly string[] {
  const granted = requested.split(/\s+/).flatMap((scope) => {
    if (LAUNCH_SCOPES.has(scope)) return [scope]
    if (REFRESH_SCOPES.has(scope)) return rules.noRefresh ? [] : [scope]
    return grantResourceScope(scope, rules)
  })
  return [...new Set(granted)]
}

export function mayRefresh(scopes: readonly string[]): boolean {
  return scopes.some((scope) => REFRESH_SCOPES.has(scope))
}
