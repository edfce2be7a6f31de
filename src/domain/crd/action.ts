import { at, isObject, isResource, type JsonObject, list, text } from '../json'
import type { Action, Unreadable } from './cds-response'
import { payerText } from './payer-text'

/** What could be read, and what could not. */
export interface Read<T> {
  readonly found: readonly T[]
  readonly unreadable: readonly Unreadable[]
}

/** Reads a list element by element; what is beyond `most` or cannot be read is told with its place. */
export function readEach<T>(
  items: readonly unknown[],
  path: string,
  most: number,
  read: (item: JsonObject, path: string) => T | string,
): Read<T> {
  const found: T[] = []
  const unreadable: Unreadable[] = []
  items.slice(0, most).forEach((item, index) => {
    const here = `${path}[${index}]`
    const result = isObject(item) ? read(item, here) : 'This is not an object.'
    if (typeof result === 'string') unreadable.push({ path: here, reason: result })
    else found.push(result)
  })
  if (items.length > most)
    unreadable.push({ path, reason: `There are ${items.length}; only the first ${most} are shown.` })
  return { found, unreadable }
}

/** Reads a suggestion's action or a system action; a sentence where it cannot be read. Never applied by itself. */
export function readAction(action: JsonObject): Action | string {
  const given = payerText(action.description, 500)
  const description = given === undefined ? {} : { description: given }
  const resource = action.resource
  switch (action.type) {
    case 'create': {
      if (!isResource(resource)) return 'An action to create something does not say what.'
      const ifNoneExist =
        text(action, 'extension', 'davinci-crd.if-none-exist') ?? text(action, 'davinci-crd.if-none-exist')
      return { type: 'create', resource, ...description, ...(ifNoneExist !== undefined && { ifNoneExist }) }
    }
    case 'update':
      if (!isResource(resource)) return 'An action to change something does not say to what.'
      return { type: 'update', resource, ...description }
    case 'delete': {
      const targets = readTargets(action)
      if (targets.length === 0) return 'An action to remove something does not say what.'
      return { type: 'delete', targets, ...description }
    }
    default:
      return 'The type of an action is not known.'
  }
}

/** `resourceId` is one reference or (CDS Hooks 2.0) a list; older services give the resource itself. */
function readTargets(action: JsonObject): readonly string[] {
  const given = typeof action.resourceId === 'string' ? [action.resourceId] : list(action, 'resourceId')
  const references = given.flatMap((target) => text(target) ?? [])
  if (references.length > 0) return references
  const type = text(action, 'resource', 'resourceType')
  const id = text(at(action, 'resource'), 'id')
  return type !== undefined && id !== undefined ? [`${type}/${id}`] : []
}
