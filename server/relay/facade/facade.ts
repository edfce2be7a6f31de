import { isResource, type JsonObject, objects } from '../../../src/domain/json'
import type { KeptLog } from '../kept-log'
import { capability } from './capability'
import type { FacadeStore, OpenInvocation } from './facade-store'
import { searchInvocation } from './invocation-search'

/** What a payer asks of the facade. */
export interface FacadeRead {
  readonly method: string
  readonly payer: string
  readonly hookInstance: string
  /** Below the invocation's base. */
  readonly path: string
  readonly query: URLSearchParams
  readonly authorization: string | undefined
}

export interface FacadeAnswer {
  readonly status: number
  readonly body: JsonObject
  readonly headers?: Readonly<Record<string, string>>
}

interface World {
  readonly store: Pick<FacadeStore, 'find'>
  readonly log: Pick<KeptLog, 'append'>
  readonly baseOf: (payer: string, hookInstance: string) => string
  readonly now: () => number
}

const refusal = (
  status: number,
  code: string,
  diagnostics: string,
  headers: Readonly<Record<string, string>> = {},
): FacadeAnswer => ({
  status,
  headers,
  body: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, diagnostics }] },
})

const INVALID_TOKEN = { 'WWW-Authenticate': 'Bearer error="invalid_token"' }

/**
 * A read-only FHIR server for one payer and one question: it gives the resources of that question and nothing else, for the token of
 * that question. The EHR is never asked for it. What is read is kept before it is given.
 */
export function facade({ store, log, baseOf, now }: World) {
  return async (read: FacadeRead): Promise<FacadeAnswer> => {
    const base = baseOf(read.payer, read.hookInstance)
    if (read.method !== 'GET' && read.method !== 'HEAD')
      return refusal(405, 'not-supported', 'Nothing can be written here.', { Allow: 'GET, HEAD' })
    if (read.path === 'metadata') return { status: 200, body: capability(base) }
    const token = /^Bearer ([A-Za-z0-9_-]{20,100})$/i.exec(read.authorization ?? '')?.[1]
    const open = token === undefined ? undefined : await store.find(token)
    if (open === undefined)
      return refusal(401, 'login', 'The access token of the call is needed, in time.', INVALID_TOKEN)
    const isOwn = open.payer === read.payer && open.hookInstance === read.hookInstance
    const answer = isOwn
      ? find(open, read, base)
      : refusal(403, 'forbidden', 'This access token is for another call.')
    try {
      await log.append({
        at: now(),
        kind: 'read',
        invocation: open.invocation,
        payer: open.payer,
        hookInstance: open.hookInstance,
        user: open.user,
        ...(open.fhirUser !== undefined && { fhirUser: open.fhirUser }),
        ...(open.patient !== undefined && { patient: open.patient }),
        content: JSON.stringify({
          session: open.session,
          path: [read.path, read.query.toString()].filter((part) => part !== '').join('?'),
          status: answer.status,
          resources: namesOf(answer.body),
        }),
      })
    } catch {
      return refusal(503, 'transient', 'The log of this site could not be written. Nothing is given.')
    }
    return answer
  }
}

function find(open: OpenInvocation, { path, query }: FacadeRead, base: string): FacadeAnswer {
  const [, type, id] = /^([A-Z][A-Za-z]+)(?:\/([A-Za-z0-9\-.]{1,64}))?$/.exec(path) ?? []
  if (type === undefined) return refusal(404, 'not-found', 'There are only reads and searches by type here.')
  if (id !== undefined) {
    const resource = open.resources.find((each) => each.resourceType === type && each.id === id)
    return resource === undefined
      ? refusal(404, 'not-found', 'This is not among what was sent with the call.')
      : { status: 200, body: resource }
  }
  const found = searchInvocation(open, type, query, base)
  return 'bundle' in found
    ? { status: 200, body: found.bundle }
    : refusal(
        400,
        'not-supported',
        `The search parameter ${found.unsupported.slice(0, 60)} is not supported.`,
      )
}

/** What was given, by name. */
function namesOf(body: JsonObject): readonly string[] {
  const given =
    body.resourceType === 'Bundle' ? objects(body, 'entry').map(({ resource }) => resource) : [body]
  return given
    .filter(isResource)
    .flatMap(({ resourceType, id }) => (id === undefined ? [] : [`${resourceType}/${id}`]))
}
