import { literal } from '../fhir/references'
import { type FhirJson, isObject, type JsonObject } from '../json'

/** JSON nested deeper than this is no FHIR resource; what lies below is left as it is. */
const deepest = 100

/** Whether a resource is nested deeper than any real one: such a one could not even be sent. */
export function isTooDeep(resource: FhirJson): boolean {
  let level: readonly unknown[] = [resource]
  for (let depth = 0; depth < deepest; depth += 1) {
    level = level.flatMap((value) =>
      Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [],
    )
    if (level.length === 0) return false
  }
  return true
}

/** `Type/id` of a resource; undefined where it has no id. */
export const referenceOf = (resource: FhirJson): string | undefined =>
  resource.id === undefined || resource.id === '' ? undefined : `${resource.resourceType}/${resource.id}`

/** `Type/id` of a reference, absolute or relative, with or without a version. Undefined for any other form. */
export function relativeOf(reference: string): string | undefined {
  const found = literal(reference.trim())
  return found && `${found.type}/${found.id}`
}

/**
 * Which of these resources a reference names: `Type/id`, absolute (payers put their own base before it), `urn:uuid:` with the id,
 * or the bare id where only one resource has it.
 */
export function findReferenced<T extends FhirJson>(
  reference: string,
  resources: readonly T[],
): T | undefined {
  const relative = relativeOf(reference)
  if (relative !== undefined) return resources.find((each) => referenceOf(each) === relative)
  const id = reference.trim().replace(/^urn:uuid:/i, '')
  const found = resources.filter((each) => each.id === id)
  return found.length === 1 ? found[0] : undefined
}

/** What becomes of a reference: another one, itself, or none. */
export type Rewrite = (reference: string) => string | undefined

/** The resource with each `Reference.reference` rewritten. Where nothing is left to refer to, its display remains. */
export const rewriteReferences = (resource: FhirJson, rewrite: Rewrite): FhirJson => ({
  ...rewriteObject(resource, rewrite, 0),
  resourceType: resource.resourceType,
})

function rewriteValue(value: unknown, rewrite: Rewrite, depth: number): unknown {
  if (depth > deepest) return value
  if (Array.isArray(value)) return value.map((item) => rewriteValue(item, rewrite, depth + 1))
  return isObject(value) ? rewriteObject(value, rewrite, depth + 1) : value
}

function rewriteObject(value: JsonObject, rewrite: Rewrite, depth: number): JsonObject {
  // fromEntries defines own properties, so that a key "__proto__" stays a key.
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, child]) => {
      if (key !== 'reference' || typeof child !== 'string' || child.startsWith('#'))
        return [[key, rewriteValue(child, rewrite, depth)] as const]
      const next = rewrite(child)
      if (next !== undefined) return [[key, next] as const]
      return typeof value.display === 'string' ? [] : [['display', 'Not part of this question'] as const]
    }),
  )
}

/** Every reference that stands anywhere in a resource. */
export function referencesIn(resource: FhirJson): readonly string[] {
  const found: string[] = []
  rewriteReferences(resource, (reference) => {
    found.push(reference)
    return reference
  })
  return found
}
