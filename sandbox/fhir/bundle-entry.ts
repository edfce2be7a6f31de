import type { Bundle, BundleEntry, FhirResource } from 'fhir/r4'
import { asText, isJson, valuesAt } from './elements'
import { outcome, Refusal } from './refusal'
import type { FhirRequest, FhirResponse, Session } from './session'
import type { Resource } from './types'

/** What `interact` is to a bundle: passed in, so that bundles and interactions need not import each other. */
export type Interact = (session: Session, request: FhirRequest) => FhirResponse

/** One entry of a batch or transaction as read. */
export interface Entry {
  readonly index: number
  readonly fullUrl: string | undefined
  readonly request: FhirRequest
}

const methods = ['GET', 'POST', 'PUT', 'DELETE']

/** The entries of a batch or transaction in the order sent; an entry that cannot be read is a Refusal (400) in its place. */
export const readEntries = (session: Session, bundle: unknown): readonly (Entry | Refusal)[] =>
  valuesAt(bundle, 'entry').map((raw, index) => {
    try {
      return readEntry(session, raw, index)
    } catch (error) {
      if (error instanceof Refusal) return error
      throw error
    }
  })

const readEntry = (session: Session, raw: unknown, index: number): Entry => {
  const where = `Bundle.entry[${index}]`
  const request = isJson(raw) ? raw.request : undefined
  const method = isJson(request) ? asText(request.method) : undefined
  const url = isJson(request) ? asText(request.url) : undefined
  if (!isJson(raw) || !isJson(request) || method === undefined || url === undefined) {
    throw refusal(where, 'An entry needs request.method and request.url')
  }
  if (!methods.includes(method)) throw refusal(where, `${method} is not possible in a bundle`)
  const relative = url.startsWith(`${session.base}/`)
    ? url.slice(session.base.length + 1)
    : url.replace(/^\//, '')
  if (/^[a-z][a-z0-9+.-]*:/i.test(relative)) throw refusal(where, `${url} is not on this server`)
  const [path = '', query = ''] = split(relative)
  return {
    index,
    fullUrl: asText(raw.fullUrl),
    request: {
      method,
      path: path.split('/').filter(Boolean).map(decode),
      query: new URLSearchParams(query),
      body: raw.resource,
      ifNoneExist: asText(request.ifNoneExist),
      ifMatch: asText(request.ifMatch),
      ifNoneMatch: asText(request.ifNoneMatch),
      strict: false,
    },
  }
}

const refusal = (expression: string, diagnostics: string): Refusal =>
  new Refusal(400, [{ code: 'invalid', diagnostics: `${expression}: ${diagnostics}`, expression }])

const split = (url: string): readonly string[] => {
  const mark = url.indexOf('?')
  return mark < 0 ? [url] : [url.slice(0, mark), url.slice(mark + 1)]
}

/** Percent-decoding that leaves what is malformed as it is. */
export const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** An entry's answer; only reads and searches carry the resource (R4: the rest by Prefer, which the caller of the bundle applies). */
export const answerEntry = (response: FhirResponse, withResource: boolean): BundleEntry => {
  const { Location: location, ETag: etag } = response.headers
  const resource = withResource ? (response.resource as FhirResource | undefined) : undefined
  const lastModified = response.resource?.meta?.lastUpdated
  return {
    ...(resource ? { resource } : {}),
    response: {
      status: String(response.status),
      ...(location ? { location } : {}),
      ...(etag ? { etag } : {}),
      ...(lastModified ? { lastModified } : {}),
    },
  }
}

/** A refused entry's answer. */
export const refuseEntry = (refused: Refusal): BundleEntry => ({
  response: { status: String(refused.status), outcome: outcome(refused.complaints) },
})

/** The bundle that goes back. */
export const responseBundle = (
  type: 'batch-response' | 'transaction-response',
  entry: BundleEntry[],
): FhirResponse => {
  const resource: Bundle = { resourceType: 'Bundle', type, ...(entry.length > 0 ? { entry } : {}) }
  return { status: 200, resource: resource as Resource, headers: {} }
}
