import { literal } from '../fhir/references'
import { type FhirJson, type JsonObject, objects, text } from '../json'
import { recordKey } from './record'

/** Identifiers that are URIs (FHIR R4 §identifier-registry). */
const URI_SYSTEM = 'urn:ietf:rfc:3986'

/** Where a payer's record lives: the identifier that its copies in a chart carry, so that they are found again (PDex Ingesting). */
export const sourceUrl = (payerBase: string, resource: FhirJson): string =>
  `${payerBase}${recordKey('', resource)}`

/** The identifier as it stands in a resource. */
export const sourceIdentifier = (value: string): JsonObject => ({ system: URI_SYSTEM, value })

/** `system|value` as a search token; the characters that mean something in a search are escaped (R4 search §escaping). */
export const identifierToken = (value: string): string => `${URI_SYSTEM}|${value.replace(/[\\$,|]/g, '\\$&')}`

/** Whether a resource of the chart has the identifier of this search token, and is about no other patient. */
export function carriesIdentifier(resource: FhirJson, token: string, patientId: string): boolean {
  const about = literal(text(resource, 'subject', 'reference') ?? text(resource, 'patient', 'reference'))
  const isAnothers = about?.type === 'Patient' && about.id !== patientId
  return (
    !isAnothers &&
    objects(resource, 'identifier').some(
      (i) => i.system === URI_SYSTEM && typeof i.value === 'string' && identifierToken(i.value) === token,
    )
  )
}

/**
 * The search of a conditional create. `patient` keeps a copy in another chart from counting. Encoded as a URL needs it, but with
 * the signs left readable that a query may carry.
 */
export const ifNoneExist = (token: string, patientId: string): string =>
  `identifier=${encodeURIComponent(token).replace(/%3A/g, ':').replace(/%2F/g, '/').replace(/%7C/g, '|')}&patient=${encodeURIComponent(patientId)}`
