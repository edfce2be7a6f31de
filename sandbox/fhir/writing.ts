import { isJson } from './elements'
import { Refusal } from './refusal'
import { runSearch } from './search'
import { planSearch } from './search-plan'
import { type FhirRequest, type FhirResponse, requireOffered, rulesOf, type Session } from './session'
import type { Resource, Stored } from './types'
import { requireValid } from './validate'

/** ETag of a version (weak, as FHIR wants it). */
export const etag = (resource: Stored): string => `W/"${resource.meta.versionId}"`

const locationOf = ({ base, offer }: Session, { resourceType, id, meta }: Stored): string =>
  offer.location === 'relative'
    ? `${resourceType}/${id}`
    : `${base}/${resourceType}/${id}/_history/${meta.versionId}`

/** Location, ETag and Last-Modified of a version. */
const versionHeaders = (session: Session, resource: Stored): Record<string, string> => ({
  Location: locationOf(session, resource),
  ETag: etag(resource),
  'Last-Modified': new Date(resource.meta.lastUpdated).toUTCString(),
})

/** The body as a resource of the type in the URL. Refuses 400. */
const resourceIn = (body: unknown, type: string): Resource => {
  if (!isJson(body))
    throw new Refusal(400, [{ code: 'structure', diagnostics: 'The body is no JSON object' }])
  if (typeof body.resourceType !== 'string') {
    throw new Refusal(400, [{ code: 'structure', diagnostics: 'The body has no resourceType' }])
  }
  if (body.resourceType !== type) {
    throw new Refusal(400, `The body is a ${body.resourceType}, but the URL says ${type}`)
  }
  return body as unknown as Resource
}

/** Resource that `If-None-Exist` finds already there, if any. Refuses (412) when there are several, (400) criteria that would match anything. */
export const existing = (session: Session, type: string, criteria: string): Stored | undefined => {
  if (!rulesOf(session, type).conditionalCreate) {
    throw new Refusal(412, [
      { code: 'not-supported', diagnostics: `${session.offer.name} has no conditional create on ${type}` },
    ])
  }
  const query = new URLSearchParams(criteria.slice(criteria.indexOf('?') + 1))
  const plan = planSearch(type, query, [session.base])
  if (plan.ignored.length > 0 || plan.filters.length === 0) {
    throw new Refusal(
      400,
      `If-None-Exist cannot be evaluated: ${plan.ignored.join('; ') || 'it has no criteria'}`,
    )
  }
  // Only what the caller sees, or could have written without being allowed to read it: other patients' records must not be given away.
  const { access } = session
  const found = runSearch(session.store, plan, (r) => access.sees(r) || access.allows('c', r))
  if (found.length > 1) {
    throw new Refusal(412, [
      { code: 'multiple-matches', diagnostics: `If-None-Exist matches ${found.length} ${type} resources` },
    ])
  }
  return found[0]
}

/** The answer (200) when If-None-Exist found the resource; its content only for callers who may read it. */
export const foundInstead = (session: Session, there: Stored): FhirResponse => ({
  status: 200,
  ...(session.access.sees(there) ? { resource: there } : {}),
  headers: versionHeaders(session, there),
})

/** Checks everything about a resource that is to be written: compartment, site rules, validity. */
const requireWritable = (session: Session, action: 'c' | 'u', resource: Resource): void => {
  requireValid(session.store, resource, session.pending)
  session.access.requireWrite(action, resource)
  const { offer, access, store } = session
  const find = (reference: string | undefined) => {
    const [type = '', id = ''] = reference?.split('/') ?? []
    return store.get(type, id)
  }
  const refused = offer.refuse?.(resource, { caller: access.caller, find })
  if (typeof refused === 'string') throw new Refusal(422, [{ code: 'business-rule', diagnostics: refused }])
  if (refused !== undefined) throw refused
}

/** `POST Type`: creates under an id of the server's (`id`: one that a transaction has already given out). */
export const createResource = (
  session: Session,
  type: string,
  request: FhirRequest,
  id?: string,
): FhirResponse => {
  requireOffered(session, type, 'create')
  session.access.require('c', type)
  const received = resourceIn(request.body, type)
  const there = request.ifNoneExist === undefined ? undefined : existing(session, type, request.ifNoneExist)
  if (there) return foundInstead(session, there)
  const newId = id ?? session.store.freshId()
  const resource = withoutServerMeta({ ...received, id: newId })
  requireWritable(session, 'c', resource)
  const stored = session.store.create(session.offer.keep?.(resource) ?? resource, newId)
  return { status: 201, resource: stored, headers: versionHeaders(session, stored) }
}

/** `PUT Type/id`: the next version. Ids that do not exist are not created (405): this server gives out ids itself. */
export const updateResource = (
  session: Session,
  type: string,
  id: string,
  request: FhirRequest,
): FhirResponse => {
  requireOffered(session, type, 'update')
  session.access.require('u', type)
  const resource = withoutServerMeta(resourceIn(request.body, type))
  if (resource.id !== id) {
    throw new Refusal(400, `The id in the body (${resource.id ?? 'none'}) is not the id in the URL (${id})`)
  }
  const current = session.store.get(type, id)
  if (!current) {
    throw new Refusal(
      405,
      `There is no ${type}/${id}, and clients cannot choose ids here (updateCreate is false)`,
    )
  }
  session.access.requireFor('u', current)
  if (request.ifMatch !== undefined && versionIn(request.ifMatch) !== current.meta.versionId) {
    throw new Refusal(412, `If-Match ${request.ifMatch}: the current version is ${etag(current)}`, {
      ETag: etag(current),
    })
  }
  requireWritable(session, 'u', resource)
  const stored = session.store.update(session.offer.keep?.(resource) ?? resource, id)
  return { status: 200, resource: stored, headers: versionHeaders(session, stored) }
}

/** `DELETE Type/id`: 204, also when there is nothing (any more). */
export const deleteResource = (session: Session, type: string, id: string): FhirResponse => {
  requireOffered(session, type, 'delete')
  session.access.require('d', type)
  const current = session.store.get(type, id)
  if (current) {
    session.access.requireFor('d', current)
    session.store.delete(type, id)
  }
  return { status: 204, headers: {} }
}

const versionIn = (header: string): string =>
  header
    .trim()
    .replace(/^W\//, '')
    .replace(/^"(.*)"$/, '$1')

/** versionId and lastUpdated are the server's; profile, tag and security labels the client's. */
const withoutServerMeta = (resource: Resource): Resource => {
  if (!isJson(resource.meta)) return resource
  const { versionId: _, lastUpdated: __, ...kept } = resource.meta as Record<string, unknown>
  const { meta: ___, ...rest } = resource
  return Object.keys(kept).length > 0 ? { ...rest, meta: kept } : rest
}
