import { isShared } from './compartment'
import { rangeOf } from './date-range'
import { referenceKey, referencesIn } from './references'
import { Refusal } from './refusal'
import { splitValues } from './search-filter'
import { parameterTypes } from './search-parameters'
import { planSearch } from './search-plan'
import { firstPage, furtherPage } from './searching'
import { type FhirRequest, type FhirResponse, requireOffered, type Session } from './session'
import type { Stored } from './types'

/**
 * `Patient/{id}/$everything`: the patient, all of the compartment that the caller may see, and the people, places and medications these refer to; paged.
 * Takes `_type`, `_since` and `_count`.
 */
export const everything = (session: Session, id: string, request: FhirRequest): FhirResponse => {
  if (!session.offer.everything) throw new Refusal(404, `${session.offer.name} has no $everything`)
  requireOffered(session, 'Patient', 'read')
  const path = `Patient/${id}/$everything`
  const token = request.query.get('_page')
  session.access.require('r', 'Patient')
  if (token !== null) return furtherPage(session, token, path)
  const patient = session.store.get('Patient', id)
  if (!patient) throw new Refusal(404, `There is no Patient/${id}`)
  session.access.requireFor('r', patient)
  const matches = collect(session, patient).filter(wanted(request.query))
  const paging = new URLSearchParams([...request.query].filter(([name]) => name === '_count'))
  return firstPage(
    session,
    { ...planSearch('Patient', paging), honoured: honoured(request.query) },
    matches,
    path,
  )
}

const honoured = (query: URLSearchParams): readonly (readonly [string, string])[] =>
  [...query].filter(([name]) => ['_type', '_since', '_count'].includes(name))

const collect = (session: Session, patient: Stored): readonly Stored[] => {
  const served = (type: string) => Object.hasOwn(session.offer.types, type)
  const types = [...new Set([...parameterTypes, ...session.store.types()])].filter(
    (type) => served(type) && type !== 'Patient' && !isShared(type),
  )
  const mine = types.flatMap((type) => session.store.all(type, patient.id)).filter(session.access.sees)
  const found = new Map(
    [patient, ...mine].map((resource) => [`${resource.resourceType}/${resource.id}`, resource]),
  )
  // Map iteration sees what is added on the way: Practitioners' Organizations come along too.
  for (const resource of found.values()) {
    for (const reference of referencesIn(resource)) {
      const key = referenceKey(reference)
      const [type = '', id = ''] = key?.split('/') ?? []
      const target = isShared(type) && served(type) ? session.store.get(type, id) : undefined
      if (key && target && !found.has(key) && session.access.sees(target)) found.set(key, target)
    }
  }
  return [...found.values()]
}

const wanted = (query: URLSearchParams): ((resource: Stored) => boolean) => {
  const types = query.getAll('_type').flatMap(splitValues)
  const since = query.get('_since')
  const from = since === null ? undefined : rangeOf(since)
  if (since !== null && !from)
    throw new Refusal(400, [{ code: 'value', diagnostics: `"${since}" is no date for _since` }])
  return ({ resourceType, meta }) =>
    (types.length === 0 || types.includes(resourceType)) &&
    (from === undefined || Date.parse(meta.lastUpdated) >= from.start)
}
