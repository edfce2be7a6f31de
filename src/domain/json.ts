/**
 * Reading JSON that nobody vouches for. FHIR from the wire is read element by element with these: a wrong type reads as
 * absent and never throws, so that one bad element costs itself alone.
 */
export type JsonObject = { readonly [key: string]: unknown }

/** A FHIR resource as it came: known to have a resourceType, all else to be read with care. */
export interface FhirJson extends JsonObject {
  readonly resourceType: string
  readonly id?: string
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isResource = (value: unknown): value is FhirJson =>
  isObject(value) &&
  typeof value.resourceType === 'string' &&
  (value.id === undefined || typeof value.id === 'string')

/** The element at a path; a number steps into a list. Undefined wherever the path does not lead. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let here: unknown = value
  for (const step of path) {
    if (typeof step === 'number') here = Array.isArray(here) ? here[step] : undefined
    else here = isObject(here) && Object.hasOwn(here, step) ? here[step] : undefined
  }
  return here
}

/** Non-empty text, trimmed. */
export function text(value: unknown, ...path: readonly (string | number)[]): string | undefined {
  const found = at(value, ...path)
  if (typeof found !== 'string') return undefined
  const trimmed = found.trim()
  return trimmed === '' ? undefined : trimmed
}

export function number(value: unknown, ...path: readonly (string | number)[]): number | undefined {
  const found = at(value, ...path)
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined
}

export function flag(value: unknown, ...path: readonly (string | number)[]): boolean | undefined {
  const found = at(value, ...path)
  return typeof found === 'boolean' ? found : undefined
}

/** A list; one lone object where a list belongs is read as a list of one, anything else as an empty one. */
export function list(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(value, ...path)
  if (Array.isArray(found)) return found
  return isObject(found) ? [found] : []
}

/** The objects of a list. */
export const objects = (value: unknown, ...path: readonly (string | number)[]): readonly JsonObject[] =>
  list(value, ...path).filter(isObject)
