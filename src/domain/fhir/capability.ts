import { type FhirJson, flag, type JsonObject, list, objects, text } from '../json'
import { hasRight } from './scopes'

type Permission = 'yes' | 'no-capability' | 'no-scope'

/** The releases whose DocumentReference this app knows how to write. */
export type FhirRelease = 'DSTU2' | 'STU3' | 'R4' | 'other'

/** What one FHIR server says it can do, joined with what this launch may do (PDex facts 6.1). */
export interface ServerCapability {
  /** As stated, e.g. "4.0.1"; empty where it is not. */
  readonly fhirVersion: string
  /** A statement without a version is taken for R4. */
  readonly release: FhirRelease
  canCreate(type: string): Permission
  canSearch(type: string): Permission
  canRead(type: string): Permission
  /** `POST` with `If-None-Exist` is understood. */
  conditionalCreate(type: string): boolean
}

/**
 * Reads a CapabilityStatement, or the Conformance of DSTU2. Every `rest` with mode `server` counts, not the first alone; `interaction` may be missing, and then
 * nothing is offered (R4 `CapabilityStatement.rest.resource.interaction` 0..*).
 */
export function serverCapability(statement: FhirJson, scopes: readonly string[]): ServerCapability {
  const resources = servedResources(statement)
  const permission = (type: string, interaction: string, right: 'c' | 'r' | 's'): Permission => {
    if (!offers(resources, type, interaction)) return 'no-capability'
    return hasRight(scopes, type, right) ? 'yes' : 'no-scope'
  }
  const fhirVersion = text(statement, 'fhirVersion') ?? ''
  return {
    fhirVersion,
    release: releaseOf(fhirVersion),
    canCreate: (type) => permission(type, 'create', 'c'),
    canSearch: (type) => permission(type, 'search-type', 's'),
    canRead: (type) => permission(type, 'read', 'r'),
    conditionalCreate: (type) =>
      resources.some((r) => r.type === type && flag(r, 'conditionalCreate') === true),
  }
}

function releaseOf(fhirVersion: string): FhirRelease {
  if (fhirVersion === '' || fhirVersion.startsWith('4.')) return 'R4'
  if (fhirVersion.startsWith('3.0')) return 'STU3'
  return fhirVersion.startsWith('1.0') ? 'DSTU2' : 'other'
}

/** All `rest.resource` of the server side. */
function servedResources(statement: FhirJson): readonly JsonObject[] {
  return objects(statement, 'rest')
    .filter((rest) => rest.mode === 'server')
    .flatMap((rest) => objects(rest, 'resource'))
}

const offers = (resources: readonly JsonObject[], type: string, interaction: string): boolean =>
  resources.some(
    (r) => r.type === type && objects(r, 'interaction').some((i) => text(i, 'code') === interaction),
  )

/**
 * What a server lists for searching one type. `offered` is false where it does not name the type, or names interactions with it
 * but no search. A type that stands there without any interaction may be searched for all that is said (R4: 0..*).
 */
export interface SearchOffer {
  readonly offered: boolean
  readonly includes: readonly string[]
  readonly revIncludes: readonly string[]
  /** Names of its search parameters; empty where it lists none. */
  readonly params: readonly string[]
}

export function searchOffer(statement: FhirJson, type: string): SearchOffer {
  const served = servedResources(statement)
  const named = served.filter((r) => r.type === type)
  const isSilent = named.length > 0 && named.every((r) => list(r, 'interaction').length === 0)
  const strings = (element: string): readonly string[] =>
    named.flatMap((r) => list(r, element)).filter((s): s is string => typeof s === 'string')
  return {
    offered: isSilent || offers(named, type, 'search-type'),
    includes: strings('searchInclude'),
    revIncludes: strings('searchRevInclude'),
    params: named.flatMap((r) => objects(r, 'searchParam').flatMap((p) => text(p, 'name') ?? [])),
  }
}
