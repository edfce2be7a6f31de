import { at, isObject, type JsonObject, objectsIn, textOf } from './json'
import { type Refusal, refuse } from './refusal'

/** What a resource id looks like in R4. */
export const ID = /^[A-Za-z0-9\-.]{1,64}$/

/** The Bundle of a context, or what is wrong with its frame (CRD facts A2: collection, no total, fullUrl and id on every entry). */
export function checkBundle(bundle: unknown, field: string): Refusal | undefined {
  if (at(bundle, 'resourceType') !== 'Bundle')
    return refuse(400, 'structure', `context.${field} must be a Bundle`)
  if (at(bundle, 'type') !== 'collection')
    return refuse(400, 'value', `context.${field}.type must be collection`)
  if (at(bundle, 'total') !== undefined)
    return refuse(400, 'structure', `context.${field} must not have a total`)
  const entries = objectsIn(at(bundle, 'entry'))
  if (entries.length === 0) return refuse(400, 'required', `context.${field} has no entry`)
  const seen = new Set<string>()
  for (const [index, entry] of entries.entries()) {
    const where = `context.${field}.entry[${index}]`
    const id = textOf(at(entry, 'resource', 'id'))
    const fullUrl = textOf(entry.fullUrl)
    if (!isObject(entry.resource)) return refuse(400, 'required', `${where} has no resource`)
    if (!fullUrl) return refuse(400, 'required', `${where} has no fullUrl`)
    if (!id || !ID.test(id))
      return refuse(400, 'required', `${where}.resource has no id that can be referred to`)
    if (seen.has(fullUrl)) return refuse(400, 'value', `${where}.fullUrl is there twice`)
    seen.add(fullUrl)
  }
  return undefined
}

/** The resources of a checked Bundle of the context. */
export const drafted = (context: unknown, field: string): readonly JsonObject[] =>
  objectsIn(at(context, field, 'entry')).flatMap((entry) =>
    isObject(entry.resource) ? [entry.resource] : [],
  )

/** The path of the first thing that is there and says nothing: `""`, `[]`, `{}` or null (FHIR and CDS Hooks leave such fields out). */
export function blankIn(value: unknown, path: string): string | undefined {
  if (value === null || (typeof value === 'string' && value.trim() === '')) return path
  if (typeof value !== 'object') return undefined
  const children = Array.isArray(value)
    ? value.map((child, index) => [`[${index}]`, child] as const)
    : Object.entries(value).map(([name, child]) => [`.${name}`, child] as const)
  if (children.length === 0) return path
  for (const [step, child] of children) {
    const blank = blankIn(child, path + step)
    if (blank) return blank
  }
  return undefined
}
