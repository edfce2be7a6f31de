import type { Caller } from './types'

/** What a scope may allow: create, read, update, delete, search (SMART App Launch 2.2). */
export type Action = 'c' | 'r' | 'u' | 'd' | 's'

/** One resource scope as read from a token. */
interface ResourceScope {
  readonly context: 'patient' | 'user' | 'system'
  /** A resource type or `*`. */
  readonly type: string
  readonly actions: ReadonlySet<Action>
  /** SMART 2.2 finer-grained constraint (`?category=…`): only resources that match these search parameters. */
  readonly constraint: string | undefined
}

const pattern = /^(patient|user|system)\/(\*|[A-Z][A-Za-z]+)\.(read|write|\*|c?r?u?d?s?)(?:\?(.+))?$/

/** v1 permissions in v2 letters: SMART 2.2 says read = rs, write = cud. */
const v1: Readonly<Record<string, string>> = { read: 'rs', write: 'cud', '*': 'cruds' }

/** Reads a SMART v1 or v2 resource scope; undefined for `launch`, `openid` and everything malformed (letters out of order are). */
export const parseScope = (scope: string): ResourceScope | undefined => {
  const found = pattern.exec(scope)
  const [, context, type, permission, constraint] = found ?? []
  if (context === undefined || type === undefined || !permission) return undefined
  const letters = v1[permission] ?? permission
  return {
    context: context as ResourceScope['context'],
    type,
    actions: new Set([...letters] as Action[]),
    constraint,
  }
}

/** What a caller may do with one type: without `patient`, everywhere; with it, in that patient's compartment only. */
export interface Grant {
  readonly patient: string | undefined
  readonly constraint: string | undefined
}

/** The caller's grants for any of these actions on a type; empty = none. A patient/ scope without a patient in the token grants nothing. */
export const grantsFor = (caller: Caller, actions: readonly Action[], type: string): readonly Grant[] =>
  caller.scopes.flatMap((text): readonly Grant[] => {
    const scope = parseScope(text)
    if (!scope || (scope.type !== '*' && scope.type !== type)) return []
    if (!actions.some((action) => scope.actions.has(action))) return []
    if (scope.context !== 'patient') return [{ patient: undefined, constraint: scope.constraint }]
    return caller.patient === undefined ? [] : [{ patient: caller.patient, constraint: scope.constraint }]
  })

/** The scope that would have been needed, for the 403's text: in the caller's own spelling and context. */
export const neededScope = (caller: Caller, action: Action, type: string): string => {
  const scopes = caller.scopes.flatMap((scope) => (parseScope(scope) ? [scope] : []))
  const usesV1 = scopes.some((scope) => /\.(read|write|\*)$/.test(scope))
  const context =
    caller.patient !== undefined && !scopes.some((s) => s.startsWith('user/')) ? 'patient' : 'user'
  const permission = usesV1 ? (action === 'r' || action === 's' ? 'read' : 'write') : action
  return `${context}/${type}.${permission}`
}
