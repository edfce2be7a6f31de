import { type FhirJson, isObject, isResource, type JsonObject, objects, text } from '../../../src/domain/json'

const TYPE = /^[A-Z][A-Za-z]{1,63}$/
const ID = /^[A-Za-z0-9\-.]{1,64}$/

/**
 * The resources of a question, each once: what its context holds, hypothetical orders among it, and what was fetched for it. It is
 * what "what will be sent" shows, and all that a payer may read (CRD found-21).
 */
export function invocationResources(request: unknown): readonly FhirJson[] {
  const found = new Map<string, FhirJson>()
  // The context first: the order that is asked about goes before one of the chart's with its id.
  for (const part of ['context', 'prefetch']) {
    const held = isObject(request) ? request[part] : undefined
    for (const resource of isObject(held) ? Object.values(held).flatMap(resourcesIn) : []) {
      const { resourceType, id = '' } = resource
      const name = `${resourceType}/${id}`
      if (TYPE.test(resourceType) && ID.test(id) && !found.has(name)) found.set(name, resource)
    }
  }
  return [...found.values()]
}

function resourcesIn(value: unknown): readonly FhirJson[] {
  if (Array.isArray(value)) return value.flatMap(resourcesIn)
  if (!isResource(value)) return []
  return value.resourceType === 'Bundle'
    ? objects(value, 'entry').flatMap(({ resource }) => resourcesIn(resource))
    : [value]
}

/** What a payer is told of its token (CDS Hooks "Passing the Access Token to the CDS Service", SMART v2 scopes). */
export function authorization(
  token: string,
  seconds: number,
  subject: string,
  request: unknown,
  resources: readonly FhirJson[],
): JsonObject {
  const patient = text(request, 'context', 'patientId')
  const types = [...new Set(resources.map(({ resourceType }) => resourceType))].sort()
  return {
    access_token: token,
    token_type: 'Bearer',
    expires_in: seconds,
    scope: types.map((type) => `${patient === undefined ? 'user' : 'patient'}/${type}.rs`).join(' '),
    subject,
    ...(patient !== undefined && { patient }),
  }
}
