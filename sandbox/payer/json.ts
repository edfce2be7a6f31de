/** A JSON object whose fields have not been looked at yet. */
export type JsonObject = { readonly [field: string]: unknown }

/** True for a JSON object; false for null, lists and everything that is not an object. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The objects in a list; nothing when it is not a list. */
export const objectsIn = (value: unknown): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : []

/** A non-empty string, else undefined. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined

/** What stands at a path of field names (and list indexes), undefined as soon as a step is missing. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let here: unknown = value
  for (const step of path) {
    if (typeof step === 'number') here = Array.isArray(here) ? here[step] : undefined
    else here = isObject(here) ? here[step] : undefined
  }
  return here
}

/** The resources of a Bundle, in order; nothing when it is not a Bundle. */
export const resourcesIn = (bundle: unknown): readonly JsonObject[] =>
  at(bundle, 'resourceType') === 'Bundle'
    ? objectsIn(at(bundle, 'entry')).flatMap((entry) => (isObject(entry.resource) ? [entry.resource] : []))
    : []

/** `Type/id` of a reference string, absolute or relative, without a version; undefined when it is neither. */
export function localReference(reference: unknown): string | undefined {
  const match = /([A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64})(\/_history\/[A-Za-z0-9\-.]+)?$/.exec(
    textOf(reference) ?? '',
  )
  return match?.[1]
}
