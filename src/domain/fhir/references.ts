import { at, type FhirJson, isResource, list, objects, text } from '../json'
import { nameText } from './person'

/** A literal reference, taken apart. */
export interface LiteralReference {
  readonly type: string
  readonly id: string
  /** The server it names; absent where it is relative. */
  readonly base?: string
}

const LITERAL = /^(?:(https?:\/\/.+)\/)?([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/

/** `Type/id`, relative or absolute, with or without a version. Undefined for contained, `urn:` and unreadable ones. */
export function literal(reference: string | undefined): LiteralReference | undefined {
  const found = LITERAL.exec(reference ?? '')
  const [, base, type, id] = found ?? []
  if (type === undefined || id === undefined) return undefined
  return base === undefined ? { type, id } : { type, id, base }
}

/** Finds what a reference of one server's resources points to, among the resources that came with them. */
export interface References {
  /** The resource that `Reference.reference` names; `container` is where the reference stands, for contained ones. */
  find(reference: unknown, container?: FhirJson): FhirJson | undefined
  /** Whether a literal reference with this base leads to this server. A relative one does. */
  isOwn(base: string | undefined): boolean
}

/** A growing set of one server's resources. */
export interface ReferenceSet extends References {
  /** `url`: where it stands in its Bundle, for those who refer to it by a `urn:`. */
  add(resource: FhirJson, url?: string): void
  /** Another address that the server gives itself. It is never called: what it leads to is asked for at the address that is known. */
  addBase(base: string): void
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Types that a logical reference names by an identifier (R4 references.html#logical). */
const IDENTIFIED: ReadonlySet<string> = new Set(['Practitioner', 'Organization', 'Location'])

/** `system|value`; a value without a system says too little to know anybody by. */
const identifierKeys = (identifier: unknown): readonly string[] =>
  objects(identifier).flatMap((each) => {
    const [system, value] = [text(each, 'system'), text(each, 'value')]
    return system === undefined || value === undefined ? [] : [`${system}|${value}`]
  })

const NPI = 'http://hl7.org/fhir/sid/us-npi'

/** An empty set for the server with this base URL: absolute references to other servers are not found in it. */
export function referenceSet(base: string): ReferenceSet {
  const byName = new Map<string, FhirJson>()
  /** By `urn:uuid:` of an id, as documents and transactions refer to each other; and people and places by their identifiers. */
  const byUrn = new Map<string, FhirJson>()
  const byIdentifier = new Map<string, FhirJson>()
  const bases = new Set([base.replace(/\/+$/, '')])
  const isOwn = (named: string | undefined): boolean => named === undefined || bases.has(named)
  return {
    isOwn,
    addBase: (other) => bases.add(other),
    add(resource, url) {
      if (url?.startsWith('urn:')) byUrn.set(url, resource)
      if (IDENTIFIED.has(resource.resourceType))
        for (const key of identifierKeys(resource.identifier)) byIdentifier.set(key, resource)
      if (resource.id === undefined) return
      byName.set(`${resource.resourceType}/${resource.id}`, resource)
      if (UUID.test(resource.id)) byUrn.set(`urn:uuid:${resource.id}`, resource)
    },
    find(reference, container) {
      const written = text(reference, 'reference')
      if (written?.startsWith('#')) return contained(container, written.slice(1))
      if (written?.startsWith('urn:')) return byUrn.get(written)
      if (written === undefined)
        return identifierKeys(at(reference, 'identifier')).flatMap((key) => byIdentifier.get(key) ?? [])[0]
      const target = literal(written)
      return target !== undefined && isOwn(target.base)
        ? byName.get(`${target.type}/${target.id}`)
        : undefined
    },
  }
}

/** Where nothing came along. Contained resources are found all the same. */
export const noReferences: References = referenceSet('')

/** The contained resource with this id. */
export function contained(container: FhirJson | undefined, id: string): FhirJson | undefined {
  return list(container, 'contained')
    .filter(isResource)
    .find((resource) => resource.id === id)
}

/** A Practitioner, Organization, Location or the like behind a reference, by name: its display, else the resource's name. */
export function referenceName(
  reference: unknown,
  references: References,
  container?: FhirJson,
): string | undefined {
  const display = text(reference, 'display')
  if (display !== undefined) return display
  const target = references.find(reference, container)
  return (target && resourceName(target, references)) ?? numberOf(reference)
}

/** Somebody of whom nothing but the NPI is known. */
const numberOf = (reference: unknown): string | undefined =>
  text(reference, 'identifier', 'system') === NPI
    ? `NPI ${text(reference, 'identifier', 'value') ?? 'not stated'}`
    : undefined

/** The name of a person, organization or place. A PractitionerRole is named by its practitioner, else its organization. */
function resourceName(resource: FhirJson, references: References): string | undefined {
  if (resource.resourceType === 'PractitionerRole')
    return (
      roleMember(resource.practitioner, references, resource) ??
      roleMember(resource.organization, references, resource)
    )
  return text(resource, 'name') ?? nameText(objects(resource, 'name')[0])
}

/** One step only: a role never names another role, so that a circle of references ends. */
function roleMember(reference: unknown, references: References, container: FhirJson): string | undefined {
  const display = text(reference, 'display')
  if (display !== undefined) return display
  const target = references.find(reference, container)
  return target && target.resourceType !== 'PractitionerRole' ? resourceName(target, references) : undefined
}
