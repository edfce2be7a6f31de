import { type FhirJson, isObject, objects } from '../json'

/** CRD coverage-information extension, all versions. */
export const coverageInformationUrl =
  'http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-coverage-information'

/**
 * Elements in which a returned order differs from the one that was sent, leaving coverage-information aside: that alone may a
 * payer add (CRD coverage-information response type). Sorted.
 */
export function foreignChanges(sent: FhirJson, returned: FhirJson): readonly string[] {
  const names = new Set([...Object.keys(sent), ...Object.keys(returned)])
  return [...names].filter((name) => !isSame(comparable(sent, name), comparable(returned, name))).sort()
}

/** The element; of extensions only those that are not coverage-information, and nothing where none remains. */
function comparable(resource: FhirJson, name: string): unknown {
  if (name !== 'extension') return resource[name]
  const others = objects(resource, 'extension').filter(
    (extension) => extension.url !== coverageInformationUrl,
  )
  return others.length === 0 ? undefined : others
}

/** Deep equality of JSON values; the order of an object's keys does not matter. */
function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => isSame(item, b[index]))
  if (isObject(a) && isObject(b)) {
    const keys = Object.keys(a)
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
    )
  }
  return a === b
}
