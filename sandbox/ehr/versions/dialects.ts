import type { CapabilityStatement } from 'fhir/r4'
import { type Dialect, Refusal, type Resource } from '../../fhir'
import { isJson, type Json, mapObjects } from '../../fhir/elements'
import { documentFrom } from './document'
import { DSTU2_TYPES } from './dstu2'
import { applyMapping, listOf, type TypeMapping } from './mapping'
import { STU3_TYPES } from './stu3'

type Version = 'DSTU2' | 'STU3'

const TYPES: Readonly<Record<Version, Readonly<Record<string, TypeMapping>>>> = {
  DSTU2: DSTU2_TYPES,
  STU3: STU3_TYPES,
}

/** References of older versions: no type; in DSTU2 no identifier either. */
const plainReferences = (version: Version, resource: Json): unknown =>
  mapObjects(resource, (object) => {
    if (typeof object.reference !== 'string') return object
    const { type: _, identifier, ...rest } = object
    return version === 'STU3' && identifier !== undefined ? { ...rest, identifier } : rest
  })

function outcomeOf(outcome: Json): Json {
  return { ...outcome, issue: listOf(outcome.issue).map(({ expression: _, ...issue }) => issue) }
}

function written(version: Version, resource: Json): Json {
  if (resource.resourceType === 'OperationOutcome') return outcomeOf(resource)
  if (resource.resourceType === 'Bundle') {
    const entry = listOf(resource.entry).map((item) =>
      isJson(item.resource) ? { ...item, resource: written(version, item.resource) } : item,
    )
    return { ...resource, ...(entry.length > 0 ? { entry } : {}) }
  }
  const mapping = TYPES[version][String(resource.resourceType)]
  // A type that is not served does not get here; a contained one stays as it is.
  if (mapping === undefined) return resource
  const mapped = plainReferences(version, applyMapping(mapping, resource))
  return isJson(mapped) ? mapped : resource
}

/** The only thing that these EHRs take (PDex facts 6, §49: records are never translated into older FHIR). */
function readBody(version: Version, body: unknown): unknown {
  if (!isJson(body)) return body
  if (body.resourceType === 'DocumentReference') return documentFrom(version, body)
  throw new Refusal(422, [
    {
      code: 'not-supported',
      diagnostics: `Only DocumentReference can be written here, not ${String(body.resourceType)}`,
    },
  ])
}

/** What older versions do not have in a statement's resource. */
function statedType(version: Version, type: Json): Json {
  const { conditionalRead, referencePolicy, operation: _, supportedProfile: __, ...rest } = type
  return version === 'STU3' ? { ...rest, conditionalRead, referencePolicy } : rest
}

const SERVICE = 'http://hl7.org/fhir/restful-security-service'

function stated(version: Version, statement: CapabilityStatement): object {
  const { rest = [], resourceType: _, fhirVersion: __, ...common } = statement
  return {
    ...common,
    resourceType: version === 'DSTU2' ? 'Conformance' : 'CapabilityStatement',
    fhirVersion: version === 'DSTU2' ? '1.0.2' : '3.0.1',
    acceptUnknown: 'no',
    format: version === 'DSTU2' ? ['json', 'application/json+fhir'] : statement.format,
    rest: rest.map(({ interaction: ___, resource = [], security, ...mode }) => ({
      ...mode,
      security: {
        ...security,
        ...(security?.service === undefined
          ? {}
          : { service: [{ coding: [{ system: SERVICE, code: 'SMART-on-FHIR' }] }] }),
      },
      resource: resource.map((type) => statedType(version, JSON.parse(JSON.stringify(type)) as Json)),
      ...(version === 'DSTU2' ? { transactionMode: 'not-supported' } : {}),
    })),
  }
}

function dialect(version: Version, contentType: string): Dialect {
  return {
    contentType,
    statement: (statement) => stated(version, statement),
    write: (resource: Resource) => written(version, JSON.parse(JSON.stringify(resource)) as Json),
    read: (body) => readBody(version, body),
  }
}

export const DSTU2: Dialect = dialect('DSTU2', 'application/json+fhir; charset=utf-8')

export const STU3: Dialect = dialect('STU3', 'application/fhir+json; charset=utf-8')

/** The types that an EHR of this version serves. */
export const typesOf = (version: Version): readonly string[] => Object.keys(TYPES[version])
