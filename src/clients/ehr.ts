import { isResource } from '../domain/json'
import type { ChartWriterPort, EhrPort } from '../domain/ports'
import { ok } from '../domain/result'
import { createExpand } from './expand'
import { createFhirReader } from './fhir-reader'
import type { Http } from './http'

/** The chart for reading. */
export function createEhr(http: Http): EhrPort {
  return {
    ...createFhirReader(http),
    expand: createExpand(http, 20),
  }
}

/** The chart for writing: one POST a call, never repeated. */
export function createChartWriter(http: Http): ChartWriterPort {
  return {
    async create(resource, options) {
      const answer = await http.send({
        method: 'POST',
        url: `${http.base}/${resource.resourceType}`,
        body: JSON.stringify(resource),
        headers: {
          'Content-Type': options?.mediaType ?? 'application/fhir+json',
          Prefer: 'return=minimal',
          ...(options?.ifNoneExist !== undefined && { 'If-None-Exist': options.ifNoneExist }),
        },
        ...(options?.signal && { signal: options.signal }),
      })
      if (!answer.ok) return answer
      const { status, headers, json } = answer.value
      const reference = locationReference(headers.get('Location')) ?? bodyReference(json)
      return ok({
        isNew: status !== 200,
        ...(reference !== undefined && { reference }),
        ...(status === 202 && { isAccepted: true }),
      })
    },
  }
}

/** `Type/id` out of a Location header, absolute or relative, with or without `/_history/v`. */
function locationReference(location: string | null): string | undefined {
  const found = /([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?\/?$/.exec(location ?? '')
  return found ? `${found[1]}/${found[2]}` : undefined
}

function bodyReference(json: unknown): string | undefined {
  return isResource(json) && json.id !== undefined && json.resourceType !== 'OperationOutcome'
    ? `${json.resourceType}/${json.id}`
    : undefined
}
