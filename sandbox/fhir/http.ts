import { type Context, Hono } from 'hono'
import { routePath } from 'hono/route'
import { Access } from './access'
import { decode } from './bundle-entry'
import { capabilityStatement, type OAuthUris } from './capability'
import type { Dialect } from './dialect'
import { interact } from './interactions'
import { Pages } from './pages'
import { applyPreference } from './preference'
import { outcome, Refusal } from './refusal'
import { readBody, requireJsonAccepted, searchForm } from './request-body'
import type { FhirRequest, FhirResponse, Session, ShippedValueSet } from './session'
import type { FhirStore } from './store'
import type { Caller, Offer } from './types'

/** What is asked for: method, and where below the base. */
interface RequestInfo {
  readonly method: string
  /** Path below the base, decoded. */
  readonly path: readonly string[]
}

/** How one FHIR endpoint is made. */
export interface FhirAppOptions {
  /** Public absolute base URL, without trailing slash. */
  readonly base: string
  readonly store: FhirStore
  readonly offer: Offer
  /** Who calls; a Response (401 …) goes out as it is. Not asked for /metadata. */
  readonly authorize: (c: Context) => Caller | Response | Promise<Caller | Response>
  readonly oauth?: OAuthUris
  /** Matches in a page when `_count` does not say; default 50. */
  readonly pageSize?: number
  /** Matches in a page at most, whatever `_count` says; default what the server can. */
  readonly largestPage?: (c: Context) => number | undefined
  /** What `ValueSet/$expand` knows; default nothing. */
  readonly valueSets?: readonly ShippedValueSet[]
  /** The FHIR version spoken, where it is not R4. */
  readonly dialect?: Dialect
  /** Whether If-None-Exist is looked at; default always. */
  readonly heedsCondition?: (c: Context) => boolean
}

/** A FHIR R4 endpoint, to be mounted with `app.route(path, createFhirApp(…))`. */
export const createFhirApp = (options: FhirAppOptions): Hono => {
  const app = new Hono()
  const pages = new Pages()
  app.all('*', async (c) => {
    const info = infoOf(c)
    if (c.req.method === 'OPTIONS') return withCors(new Response(null, { status: 204 }))
    try {
      return withCors(await respond(c, options, pages, info))
    } catch (error) {
      return withCors(refuse(error, c.req.method, options))
    }
  })
  return app
}

const infoOf = (c: Context): RequestInfo => {
  // Mounted at any depth: what is below the mount point is what the wildcard stands for.
  const mounted = routePath(c)
    .split('/')
    .filter((part) => part !== '' && part !== '*').length
  const method = c.req.method === 'HEAD' ? 'GET' : c.req.method
  return { method, path: c.req.path.split('/').filter(Boolean).slice(mounted).map(decode) }
}

const respond = async (
  c: Context,
  options: FhirAppOptions,
  pages: Pages,
  info: RequestInfo,
): Promise<Response> => {
  requireJsonAccepted(c)
  const { base, store, offer, oauth, valueSets = [], dialect } = options
  if (info.path.length === 1 && info.path[0] === 'metadata') {
    if (info.method !== 'GET') throw new Refusal(405, 'The CapabilityStatement can only be read')
    const date = store.now().toISOString()
    const statement = capabilityStatement(base, offer, date, oauth, valueSets.length > 0)
    return json(200, dialect?.statement(statement) ?? statement, {}, dialect)
  }
  const caller = await options.authorize(c)
  if (caller instanceof Response) return caller
  const session: Session = {
    store,
    offer,
    base,
    access: new Access(store, caller),
    pages,
    pageSize: options.pageSize ?? 50,
    largestPage: options.largestPage?.(c),
    valueSets,
    pending: new Set(),
  }
  const read = await readRequest(c, info)
  const request: FhirRequest = {
    ...read,
    body: read.body === undefined || !dialect ? read.body : dialect.read(read.body),
    ifNoneExist: (options.heedsCondition?.(c) ?? true) ? read.ifNoneExist : undefined,
  }
  const response = interact(session, request)
  const prefer = offer.answers === 'empty' ? 'return=minimal' : (c.req.header('Prefer') ?? '')
  return send(applyPreference(response, info.method, prefer), dialect)
}

const readRequest = async (c: Context, { method, path }: RequestInfo): Promise<FhirRequest> => {
  const query = new URL(c.req.url).searchParams
  const searching = method === 'POST' && path[1] === '_search'
  const form = searching ? await searchForm(c) : new URLSearchParams()
  return {
    method,
    path,
    query: new URLSearchParams([...query, ...form]),
    body: searching || method === 'GET' || method === 'DELETE' ? undefined : await readBody(c),
    ifNoneExist: c.req.header('If-None-Exist'),
    ifMatch: c.req.header('If-Match'),
    ifNoneMatch: c.req.header('If-None-Match'),
    strict: /handling\s*=\s*strict/.test(c.req.header('Prefer') ?? ''),
  }
}

const send = ({ status, resource, headers }: FhirResponse, dialect: Dialect | undefined): Response =>
  resource === undefined
    ? new Response(null, { status, headers: { ...headers } })
    : json(status, dialect?.write(resource) ?? resource, headers, dialect)

const json = (
  status: number,
  body: object,
  headers: Readonly<Record<string, string>>,
  dialect: Dialect | undefined,
): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { ...headers, 'Content-Type': dialect?.contentType ?? 'application/fhir+json; charset=utf-8' },
  })

const refuse = (error: unknown, method: string, { offer, dialect }: FhirAppOptions): Response => {
  if (!(error instanceof Refusal)) console.error('FHIR request failed', method, error)
  const refusal =
    error instanceof Refusal ? error : new Refusal(500, 'The server failed; nothing was written')
  const { status, complaints, headers } = refusal
  const isSilent = complaints.length === 0 || (status === 403 && offer.silentForbidden === true)
  return send({ status, headers, ...(isSilent ? {} : { resource: outcome(complaints) }) }, dialect)
}

const withCors = (response: Response): Response => {
  const headers = new Headers(response.headers)
  headers.set('Access-Control-Allow-Origin', '*')
  headers.set('Access-Control-Allow-Methods', 'GET, POST, PUT, DELETE, OPTIONS')
  headers.set(
    'Access-Control-Allow-Headers',
    'Authorization, Accept, Content-Type, If-Match, If-None-Match, If-None-Exist, Prefer, X-Request-Id',
  )
  headers.set('Access-Control-Expose-Headers', 'Location, ETag, Last-Modified, Retry-After, WWW-Authenticate')
  return new Response(response.body, { status: response.status, headers })
}
