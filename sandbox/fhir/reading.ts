import { Refusal } from './refusal'
import { type FhirRequest, type FhirResponse, requireOffered, type Session } from './session'
import type { Stored } from './types'
import { etag } from './writing'

/** `GET Type/id`. 404 when there never was one, 410 when it was deleted, 304 when If-None-Match says the client has it. */
export const readResource = (
  session: Session,
  type: string,
  id: string,
  request: FhirRequest,
): FhirResponse => {
  requireOffered(session, type, 'read')
  session.access.require('r', type)
  const resource = session.store.get(type, id)
  if (!resource) {
    if (session.store.isDeleted(type, id)) throw new Refusal(410, `${type}/${id} was deleted`)
    throw new Refusal(404, `There is no ${type}/${id}`)
  }
  return answer(session, resource, request)
}

/** `GET Type/id/_history/version`. */
export const readVersion = (
  session: Session,
  type: string,
  id: string,
  versionId: string,
  request: FhirRequest,
): FhirResponse => {
  requireOffered(session, type, 'vread')
  session.access.require('r', type)
  const resource = session.store.history(type, id, versionId)
  if (resource === 'deleted') throw new Refusal(410, `${type}/${id} was deleted with version ${versionId}`)
  if (!resource) throw new Refusal(404, `There is no version ${versionId} of ${type}/${id}`)
  return answer(session, resource, request)
}

const answer = (session: Session, resource: Stored, request: FhirRequest): FhirResponse => {
  session.access.requireFor('r', resource)
  const headers = { ETag: etag(resource), 'Last-Modified': new Date(resource.meta.lastUpdated).toUTCString() }
  if (request.ifNoneMatch === etag(resource)) return { status: 304, headers }
  return { status: 200, resource, headers }
}
