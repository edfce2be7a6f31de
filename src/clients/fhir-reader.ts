import { readPage } from '../domain/fhir/bundle'
import { type FhirJson, isResource } from '../domain/json'
import type { CallOptions, FhirReader, SearchParams } from '../domain/ports'
import { fail, ok, type Result } from '../domain/result'
import type { Http } from './http'

/** Reads a FHIR R4 server through one `Http`, which holds it to its own origin and path. */
export function createFhirReader(http: Http): FhirReader {
  const get = async (path: string, options?: CallOptions): Promise<Result<unknown>> => {
    const answer = await http.send({
      method: 'GET',
      url: path,
      ...(options?.signal && { signal: options.signal }),
    })
    return answer.ok ? ok(answer.value.json) : answer
  }
  const resource = async (
    url: string,
    type: string,
    options?: CallOptions,
    also = type,
  ): Promise<Result<FhirJson>> => {
    const json = await get(url, options)
    if (!json.ok) return json
    if (isResource(json.value) && [type, also].includes(json.value.resourceType)) return ok(json.value)
    return fail({ kind: 'malformed', server: http.name, path: 'resourceType', message: `Expected ${type}.` })
  }
  const page = async (url: string, options?: CallOptions) => {
    const json = await get(url, options)
    return json.ok ? readPage(json.value, http.name) : json
  }
  return {
    name: http.name,
    base: http.base,
    // DSTU2 has the same content under the name `Conformance`.
    capability: (options) => resource(`${http.base}/metadata`, 'CapabilityStatement', options, 'Conformance'),
    read: (type, id, options) => resource(`${http.base}/${type}/${encodeURIComponent(id)}`, type, options),
    search: (type, params, options) => page(`${http.base}/${type}${query(params)}`, options),
    next: (url, options) => page(absolute(url, http.base), options),
  }
}

/** `?a=b&c=d`, encoded; empty for no parameters. */
export function query(params: SearchParams): string {
  if (params.length === 0) return ''
  return `?${params.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')}`
}

/** Some servers give `next` relative to the base. */
function absolute(url: string, base: string): string {
  return URL.canParse(url) ? url : URL.canParse(url, `${base}/`) ? new URL(url, `${base}/`).href : url
}
