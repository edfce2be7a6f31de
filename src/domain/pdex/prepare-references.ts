import { words } from '../fhir/display'
import { contained, type LiteralReference, literal, type References, referenceName } from '../fhir/references'
import { type FhirJson, isObject, isResource, type JsonObject, list, objects, text } from '../json'

/** What a payer's references become in the chart. */
export interface ReferenceContext {
  readonly references: References
  /** The member's Patient id at the payer, and the chart's. */
  readonly memberPatientId: string
  readonly patientId: string
}

/** `keptAsText`: kinds of people and places that are named in words now; `leftOut`: elements that are gone. */
export interface Rewritten {
  readonly resource: FhirJson
  readonly keptAsText: readonly string[]
  readonly leftOut: readonly string[]
}

const NPI = 'http://hl7.org/fhir/sid/us-npi'

/** People and places: the chart has its own list of these, so that they are carried in words and by identifier. */
const NAMED = new Set([
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Location',
  'RelatedPerson',
  'CareTeam',
  'HealthcareService',
  'Device',
])

/** No reference to the payer's server is left: the member becomes the chart's patient, people are named, the rest is left out and told. */
export function rewriteReferences(original: FhirJson, context: ReferenceContext): Rewritten {
  const keptAsText = new Set<string>()
  const leftOut = new Set<string>()

  const reference = (value: JsonObject, element: string, depth: number): JsonObject | undefined => {
    const written = text(value, 'reference')
    const display = text(value, 'display')
    if (written?.startsWith('#') && contained(original, written.slice(1))) return value
    const target = literal(written) ?? byUrn(value, original, context.references)
    const isMember = target?.type === 'Patient' && target.id === context.memberPatientId
    if (isMember && context.references.isOwn(target.base))
      return { reference: `Patient/${context.patientId}` }
    const type = target?.type ?? text(value, 'type') ?? ''
    if (NAMED.has(type) || type === '') {
      const identifier = identifierOf(value, context.references, original)
      const name = referenceName(value, context.references, original)
      // It points to nothing that the payer sent, and says not even what that would be.
      const isEmpty = type === '' && name === undefined && identifier === undefined
      if (isEmpty) return dropped(element, depth, 'Not sent by the payer')
      keptAsText.add(type === '' ? 'Name' : words(type))
      return { ...(identifier && { identifier }), display: name ?? `${words(type)}, not named` }
    }
    return dropped(element, depth, display ?? `${words(type)}, not carried over`)
  }

  /** Inside of a group the element may be required: a few words stand in its place. */
  const dropped = (element: string, depth: number, instead: string): JsonObject | undefined => {
    leftOut.add(element)
    return depth > 1 ? { display: instead } : undefined
  }

  const walk = (value: unknown, element: string, depth: number): unknown => {
    if (Array.isArray(value)) {
      const kept = value.map((item) => walk(item, element, depth)).filter((item) => item !== undefined)
      return kept.length === 0 ? undefined : kept
    }
    if (!isObject(value)) return value
    if (typeof value.reference === 'string' && value.url === undefined)
      return reference(value, element, depth)
    const kept = Object.entries(value).flatMap(([name, inner]) => {
      const next = walk(inner, depth === 0 ? name : element, depth + 1)
      return next === undefined ? [] : [[name, next] as const]
    })
    return kept.length === 0 ? undefined : Object.fromEntries(kept)
  }

  const { contained: parts, ...rest } = original
  const resource = walk(rest, '', 0)
  const main = isResource(resource) ? resource : { resourceType: original.resourceType }
  const carried = usedParts(list({ parts }, 'parts').filter(isResource), main).map((part) => {
    const { text: _narrative, meta: _meta, ...content } = part
    return walk(content, 'contained', 1)
  })
  return {
    resource: carried.length === 0 ? main : { ...main, contained: carried },
    keptAsText: [...keptAsText],
    leftOut: [...leftOut],
  }
}

/** What a `urn:` of the payer's answer means, as far as that was sent. */
function byUrn(value: JsonObject, container: FhirJson, references: References): LiteralReference | undefined {
  const found = text(value, 'reference')?.startsWith('urn:') ? references.find(value, container) : undefined
  return found && { type: found.resourceType, id: found.id ?? '' }
}

/** Contained resources that are still referred to, directly or through another of them (R4 dom-3). */
function usedParts(parts: readonly FhirJson[], main: FhirJson): readonly FhirJson[] {
  const used = new Set<FhirJson>()
  const visit = (from: FhirJson): void => {
    const referred = JSON.stringify(from)
    for (const part of parts) {
      if (used.has(part) || part.id === undefined || !referred.includes(`"#${part.id}"`)) continue
      used.add(part)
      visit(part)
    }
  }
  visit(main)
  return parts.filter((part) => used.has(part))
}

/** By NPI where there is one: the only number that payer and chart share. */
function identifierOf(
  value: JsonObject,
  references: References,
  container: FhirJson,
): JsonObject | undefined {
  const own = isObject(value.identifier) ? [value.identifier] : []
  const all = [...own, ...objects(references.find(value, container), 'identifier')]
  const chosen = all.find((i) => i.system === NPI) ?? all[0]
  const [system, number] = [text(chosen, 'system'), text(chosen, 'value')]
  return number === undefined ? undefined : { ...(system !== undefined && { system }), value: number }
}
