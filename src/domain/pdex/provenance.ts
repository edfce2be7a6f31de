import { codes } from '../fhir/coding'
import { type References, referenceName } from '../fhir/references'
import { type FhirJson, type JsonObject, objects, text } from '../json'

/** Where a record comes from, as its Provenance says (PDex ProvenanceSourceFrom). Without one: `unknown`. */
export type Origin = 'billing-derived' | 'clinical' | 'unknown'

export interface RecordProvenance {
  readonly origin: Origin
  /** Code of ProvenancePayerDataSource, e.g. `x12837`. */
  readonly sourceFormat?: string
  /** Who made the record, by name. */
  readonly author?: string
  /** Who handed it on last, by name. */
  readonly transmitter?: string
  /** All who handed it on, first to last, where they are more than one (payer to payer). */
  readonly chain?: readonly string[]
  /** Instant, as written. */
  readonly recorded?: string
  /** The Provenance resources it was read from. */
  readonly resources: readonly FhirJson[]
}

/**
 * Reads the Provenance resources of one record together. Read leniently, as PDex's own examples differ: the source format may
 * stand at an entity or at the root, its url may be the canonical or the word `sourceFormat`, an agent may carry two roles.
 */
export function readProvenance(resources: readonly FhirJson[], references: References): RecordProvenance {
  const latestFirst = [...resources].sort((a, b) => instant(b) - instant(a))
  const first = <T>(read: (resource: FhirJson) => T | undefined): T | undefined =>
    latestFirst.map(read).find((found) => found !== undefined)
  const sourceFormat = first(readSourceFormat)
  const author = first((r) => agentName(r, ['author', 'source', 'composer'], references))
  const transmitter = first((r) => agentName(r, ['transmitter'], references))
  const chain = hops(latestFirst, references)
  const recorded = first((r) => text(r, 'recorded'))
  return {
    origin: originOf(sourceFormat),
    resources: latestFirst,
    ...(sourceFormat !== undefined && { sourceFormat }),
    ...(author !== undefined && { author }),
    ...(transmitter !== undefined && { transmitter }),
    ...(chain.length > 1 && { chain }),
    ...(recorded !== undefined && { recorded }),
  }
}

/** One hop a Provenance; the same name in a row is one. */
function hops(latestFirst: readonly FhirJson[], references: References): readonly string[] {
  const names = latestFirst
    .toReversed()
    .flatMap((resource) => agentName(resource, ['transmitter'], references) ?? [])
  return names.filter((name, index) => name !== names[index - 1])
}

function instant(resource: FhirJson): number {
  const at = Date.parse(text(resource, 'recorded') ?? '')
  return Number.isNaN(at) ? 0 : at
}

function readSourceFormat(resource: FhirJson): string | undefined {
  const extensions = [resource, ...objects(resource, 'entity')].flatMap((element) =>
    objects(element, 'extension'),
  )
  const found = extensions.find((extension) => isSourceFormat(text(extension, 'url')))
  return (
    codes(found?.valueCodeableConcept)[0]?.code ??
    text(found, 'valueCoding', 'code') ??
    text(found, 'valueCode')
  )
}

const isSourceFormat = (url: string | undefined): boolean =>
  url === 'sourceFormat' || url?.endsWith('/ProvenanceSourceFrom') === true

function agentName(resource: FhirJson, roles: readonly string[], references: References): string | undefined {
  const agent = objects(resource, 'agent').find((a) => playsOneOf(a, roles))
  if (agent === undefined) return undefined
  return (
    referenceName(agent.who, references, resource) ?? referenceName(agent.onBehalfOf, references, resource)
  )
}

const playsOneOf = (agent: JsonObject, roles: readonly string[]): boolean =>
  [agent.type, ...objects(agent, 'role')].flatMap(codes).some((code) => roles.includes(code.code))

/** PDex facts 9: claims, prior authorizations and pharmacy claims against clinical messages. All else says nothing of its kind. */
function originOf(sourceFormat: string | undefined): Origin {
  if (sourceFormat === undefined) return 'unknown'
  if (['x12837', 'x12278', 'ncpdp'].includes(sourceFormat)) return 'billing-derived'
  return sourceFormat.startsWith('hl7') ? 'clinical' : 'unknown'
}
