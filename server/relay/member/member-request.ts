/** What a browser wants of a payer's FHIR API. Only this much is ever asked there. */
export type MemberRequest =
  | { readonly kind: 'metadata' }
  | { readonly kind: 'match' }
  /** The member whom a payer's card names, for whoever knows the same of the patient as a match asks. */
  | { readonly kind: 'card' }
  /** A further page, sealed by this relay. */
  | { readonly kind: 'page'; readonly token: string }
  /** The Patient behind the identifier of a match (HRex mm-3). */
  | { readonly kind: 'find'; readonly identifier: string }
  | { readonly kind: 'read'; readonly type: string; readonly id: string }
  /** People, places and medications by id, whom records refer to. */
  | { readonly kind: 'names'; readonly type: string }
  | { readonly kind: 'search'; readonly type: string; readonly patients: readonly string[] }
  | { readonly kind: 'refused'; readonly status: number; readonly words: string }

/** About nobody's health: read by id alone, where a member was matched. */
const SHARED: ReadonlySet<string> = new Set([
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Location',
  'Medication',
])

export const isShared = (type: string): boolean => SHARED.has(type)

const TYPE = '[A-Z][A-Za-z]{1,63}'
const ID = '[A-Za-z0-9\\-.]{1,64}'
const PATH = new RegExp(`^(${TYPE})(?:/(?!\\.{1,2}$)(${ID}))?$`)
const MEMBER = new RegExp(`^(?:Patient/)?(${ID})$`)

/** Parameters that name whose records are wanted. */
const SUBJECTS = ['patient', 'subject', 'beneficiary']
/** What shapes an answer. */
const SHAPING = ['_id', '_count', '_format', '_elements', '_summary', '_total']

const refused = (words: string, status = 403): MemberRequest => ({ kind: 'refused', status, words })

/** `path` and `query` below the relay's address of a payer's FHIR API. Whose records a request is for is said, not whether they may be had. */
export function memberRequest(method: string, path: string, query: URLSearchParams): MemberRequest {
  if (method === 'POST' && path === 'Patient/$member-match' && query.size === 0) return { kind: 'match' }
  if (method === 'POST' && path === 'Patient/$card-member' && query.size === 0) return { kind: 'card' }
  if (method !== 'GET') return refused('Payers’ records are only read. Nothing was sent.', 405)
  if (path === 'metadata') return { kind: 'metadata' }
  const [, token] = /^_pages\/([\w-]+)$/.exec(path) ?? []
  if (token !== undefined) return { kind: 'page', token }
  const [, type, id] = PATH.exec(path) ?? []
  if (type === undefined) return refused('This relay only reads records and searches by type.', 404)
  if (id !== undefined) return { kind: 'read', type, id }
  const names = [...query.keys()]
  if (SHARED.has(type)) {
    const isById = query.has('_id') && names.every((name) => SHAPING.includes(name))
    return isById ? { kind: 'names', type } : refused('People and places are only read by id.')
  }
  const identifier = type === 'Patient' ? query.get('identifier') : null
  if (identifier !== null && names.every((name) => name === 'identifier' || SHAPING.includes(name)))
    return names.filter((name) => name === 'identifier').length === 1 && !query.has('_id')
      ? { kind: 'find', identifier }
      : refused('One member is found at a time.')
  return search(type, query)
}

function search(type: string, query: URLSearchParams): MemberRequest {
  const patients: string[] = []
  for (const [name, value] of query) {
    const [bare = '', modifier] = name.split(':')
    const isSubject = type === 'Patient' ? bare === '_id' : SUBJECTS.includes(bare)
    if (isSubject) {
      const ids = value.split(',').map((each) => MEMBER.exec(each)?.[1])
      if ((modifier !== undefined && modifier !== 'Patient') || ids.includes(undefined))
        return refused('Whose records are searched has to be said by the id of the matched member.')
      patients.push(...ids.filter((each) => each !== undefined))
    } else if (name.includes('.') || /^_(has|filter|query|list|contained)/.test(name))
      return refused(`The search parameter ${name.slice(0, 60)} would reach beyond the member.`)
    else if (bare === '_revinclude' && value !== 'Provenance:target')
      return refused('Only the provenance of records comes along with them.')
  }
  if (patients.length === 0) return refused('Only the records of the matched member are read.')
  return { kind: 'search', type, patients }
}
