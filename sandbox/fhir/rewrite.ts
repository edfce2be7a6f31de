import { type Json, mapObjects } from './elements'
import type { Resource } from './types'

/** How references of a bundle's resources become references to what is stored. */
interface Rewriting {
  /** `Type/id` by fullUrl (urn:uuid:… or absolute). */
  readonly aliases: ReadonlyMap<string, string>
  /** Resolves `Type?criteria` to `Type/id`; throws when it cannot. */
  readonly conditional: (reference: string) => string
  /** Called with a urn: reference that the bundle does not contain. */
  readonly dangling?: (reference: string) => void
}

/** A copy of the resource with its references rewritten. A Bundle is left as it is: references inside mean entries of that Bundle. */
export const rewriteReferences = (resource: Resource, rewriting: Rewriting): Resource => {
  if (resource.resourceType === 'Bundle') return resource
  return mapObjects(resource, (object) => rewriteObject(object, rewriting)) as Resource
}

const rewriteObject = (object: Json, { aliases, conditional, dangling }: Rewriting): Json => {
  // Attachment.url may name an entry too (R4 §3.1.0.11.2)
  const url = typeof object.url === 'string' ? aliases.get(object.url) : undefined
  const withUrl = url === undefined ? object : { ...object, url }
  const { reference } = object
  if (typeof reference !== 'string') return withUrl
  const known = aliases.get(reference)
  if (known !== undefined) return { ...withUrl, reference: known }
  if (/^[A-Z][A-Za-z]+\?/.test(reference)) return { ...withUrl, reference: conditional(reference) }
  if (reference.startsWith('urn:uuid:')) dangling?.(reference)
  return withUrl
}
