import { literal, type References } from '../fhir/references'
import { type FhirJson, isObject, type JsonObject, text } from '../json'
import { sourceUrl } from './source-identifier'
import type { WriteContext } from './write-plan'

type World = Pick<WriteContext, 'references' | 'payerBase'>

/**
 * A resource as it stands in the document, where references lead by URL (R4 bundle §references). A `urn:` means something only in the
 * payer's own answer, and another address of the payer only behind its gateway: both become the URL that the resource has here. What the
 * payer did not send is named in words. Anything else stays to the letter.
 */
export function inDocument(resource: FhirJson, { references, payerBase }: World): FhirJson {
  const place = (value: JsonObject): JsonObject => {
    const written = text(value, 'reference') ?? ''
    if (isLost(value, resource, references)) {
      const { reference: _gone, ...rest } = value
      return rest.display === undefined && rest.identifier === undefined
        ? { ...rest, display: 'Not sent by the payer' }
        : rest
    }
    if (written.startsWith('urn:')) {
      const target = references.find(value, resource)
      return target === undefined ? value : { ...value, reference: sourceUrl(payerBase, target) }
    }
    const { type, id, base } = literal(written) ?? {}
    return base === undefined || base === payerBase || !references.isOwn(base)
      ? value
      : { ...value, reference: `${payerBase}/${type}/${id}` }
  }
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk)
    if (!isObject(value)) return value
    return typeof value.reference === 'string' ? place(value) : within(value)
  }
  const within = (value: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(value).map(([name, each]) => [name, walk(each)]))
  return { ...within(resource), resourceType: resource.resourceType }
}

/** The elements of a record that point to what its payer did not send along: they lead nowhere from a document, which tells so. */
export function lostReferences(resource: FhirJson, references: References): readonly string[] {
  const holds = (value: unknown): boolean =>
    Array.isArray(value)
      ? value.some(holds)
      : isObject(value) && (isLost(value, resource, references) || Object.values(value).some(holds))
  return Object.entries(resource).flatMap(([name, value]) => (holds(value) ? [name] : []))
}

const isLost = (value: JsonObject, resource: FhirJson, references: References): boolean =>
  text(value, 'reference')?.startsWith('urn:') === true && references.find(value, resource) === undefined
