import { runBatch } from './batch'
import { everything } from './everything'
import { expandValueSet } from './expand'
import { readResource, readVersion } from './reading'
import { Refusal } from './refusal'
import { searchType } from './searching'
import { type FhirRequest, type FhirResponse, rulesOf, type Session } from './session'
import { runTransaction } from './transaction'
import { createResource, deleteResource, updateResource } from './writing'

/** Does what a FHIR request asks for; throws Refusal where it cannot. The one place that knows which URL means which interaction. */
export const interact = (session: Session, request: FhirRequest): FhirResponse => {
  const { method, path } = request
  const [type = '', id = '', third, fourth] = path
  switch (path.length) {
    case 0:
      return atBase(session, request)
    case 1:
      rulesOf(session, type)
      if (method === 'GET') return searchType(session, type, request)
      if (method === 'POST') return createResource(session, type, request)
      throw notHere(request)
    case 2:
      return atInstance(session, type, id, request)
    case 3:
      if (type === 'Patient' && third === '$everything' && (method === 'GET' || method === 'POST')) {
        return everything(session, id, request)
      }
      throw new Refusal(404, `There is nothing at ${path.join('/')}`)
    case 4:
      if (third !== '_history' || fourth === undefined) break
      if (method === 'GET') return readVersion(session, type, id, fourth, request)
      throw notHere(request)
  }
  throw new Refusal(404, `There is nothing at ${path.join('/')}`)
}

const atInstance = (session: Session, type: string, id: string, request: FhirRequest): FhirResponse => {
  const { method } = request
  if (type === 'ValueSet' && id === '$expand' && session.valueSets.length > 0) {
    if (method === 'GET' || method === 'POST') return expandValueSet(session, request)
    throw notHere(request)
  }
  rulesOf(session, type)
  if (id === '_search') {
    if (method === 'POST') return searchType(session, type, request)
    throw notHere(request)
  }
  if (id.startsWith('$'))
    throw new Refusal(404, [{ code: 'not-supported', diagnostics: `There is no operation ${id} on ${type}` }])
  switch (method) {
    case 'GET':
      return readResource(session, type, id, request)
    case 'PUT':
      return updateResource(session, type, id, request)
    case 'DELETE':
      return deleteResource(session, type, id)
    default:
      throw notHere(request)
  }
}

const atBase = (session: Session, request: FhirRequest): FhirResponse => {
  if (request.method !== 'POST') throw notHere(request)
  const { body } = request
  const kind = typeof body === 'object' && body !== null && 'type' in body ? body.type : undefined
  const isBundle =
    typeof body === 'object' && body !== null && 'resourceType' in body && body.resourceType === 'Bundle'
  if (!isBundle || (kind !== 'batch' && kind !== 'transaction')) {
    throw new Refusal(400, 'What is posted to the base has to be a Bundle of type batch or transaction')
  }
  if (!session.offer[kind]) throw new Refusal(405, `${session.offer.name} does not offer ${kind}`)
  return kind === 'batch' ? runBatch(session, body, interact) : runTransaction(session, body, interact)
}

const notHere = ({ method, path }: FhirRequest): Refusal =>
  new Refusal(405, `${method} is not possible on /${path.join('/')}`)
