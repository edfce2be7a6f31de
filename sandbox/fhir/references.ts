import { asText, isJson, type Json } from './elements'

/** A literal reference to a resource of this server. */
interface Target {
  readonly type: string
  readonly id: string
}

const literal = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/

/** Reads `Type/id`, `Type/id/_history/v`, or the same behind one of the server's own base URLs; undefined for all else. */
export const parseReference = (reference: string, bases: readonly string[] = []): Target | undefined => {
  const base = bases.find((b) => reference.startsWith(`${b}/`))
  const found = literal.exec(base ? reference.slice(base.length + 1) : reference)
  return found?.[1] && found[2] ? { type: found[1], id: found[2] } : undefined
}

/** `Type/id` of a Reference element, without version; undefined when it is not a literal reference to this server. */
export const referenceKey = (value: unknown): string | undefined => {
  const text = isJson(value) ? asText(value.reference) : undefined
  const target = text === undefined ? undefined : parseReference(text)
  return target && `${target.type}/${target.id}`
}

/** Every Reference element of a resource, at any depth; contained resources and inner Bundles included. */
export const referencesIn = (value: unknown): readonly Json[] => {
  if (Array.isArray(value)) return value.flatMap(referencesIn)
  if (!isJson(value)) return []
  const inner = Object.values(value).flatMap((v) => (typeof v === 'object' ? referencesIn(v) : []))
  return typeof value.reference === 'string' ? [value, ...inner] : inner
}
