import { literal } from '../fhir/references'
import { type FhirJson, type JsonObject, objects, text } from '../json'
import { recordKey } from './record'

/** Identifiers that are URIs (FHIR R4 §identifier-registry). */
const URI_SYSTEM = 'urn:ietf:rfc:3986'

/** Where a payer's record lives: the identifier that its copies in a chart carry, so that they are found again (PDex Ingesting). */
export const sourceUrl = (payerBase: string, resource: FhirJson): string =>
  `${payerBase}${recordKey('', resource)}`

/**
 * A record in the version that the payer sent, as a versioned URL where it says one: what a document names the records in it by, so that
 * a newer version is not taken for the one that is there.
 */
export const versionUrl = (payerBase: string, resource: FhirJson): string => {
  const version = text(resource, 'meta', 'versionId')
  const url = sourceUrl(payerBase, resource)
  return version === undefined ? url : `${url}${HISTORY}${version}`
}

/** The URL without its version. */
export const withoutVersion = (url: string): string => url.split(HISTORY)[0] ?? url

const HISTORY = '/_history/'

/** The identifier as it stands in a resource. */
export const sourceIdentifier = (value: string): JsonObject => ({ system: URI_SYSTEM, value })

/** `system|value` as a search token; the characters that mean something in a search are escaped (R4 search §escaping). */
export const identifierToken = (value: string): string => `${URI_SYSTEM}|${value.replace(/[\\$,|]/g, '\\$&')}`

/** The URIs that a resource of the chart has as identifiers. */
export const uriIdentifiers = (resource: FhirJson): readonly string[] =>
  urisIn(objects(resource, 'identifier'))

/** The URIs among identifiers. */
export const urisIn = (identifiers: readonly JsonObject[]): readonly string[] =>
  identifiers.flatMap((i) => (i.system === URI_SYSTEM && typeof i.value === 'string' ? [i.value] : []))

/** Whether a resource of the chart is about another patient. */
export function isAnothers(resource: FhirJson, patientId: string): boolean {
  const about = literal(text(resource, 'subject', 'reference') ?? text(resource, 'patient', 'reference'))
  return about?.type === 'Patient' && about.id !== patientId
}

/** Whether a resource of the chart has the identifier of this search token, and is about no other patient. */
export const carriesIdentifier = (resource: FhirJson, token: string, patientId: string): boolean =>
  !isAnothers(resource, patientId) && uriIdentifiers(resource).some((uri) => identifierToken(uri) === token)

/**
 * The search of a conditional create. `patient` keeps a copy in another chart from counting. Encoded as a URL needs it, but with
 * the signs left readable that a query may carry.
 */
export const ifNoneExist = (token: string, patientId: string): string =>
  `identifier=${encodeURIComponent(token).replace(/%3A/g, ':').replace(/%2F/g, '/').replace(/%7C/g, '|')}&patient=${encodeURIComponent(patientId)}`
