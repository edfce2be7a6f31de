import { setTimeout as delay } from 'node:timers/promises'
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context, MiddlewareHandler } from 'hono'
import type { Ehr } from '../context'
import { bearer } from '../smart/grants'
import type { ArmedFaults } from './faults'

type Bound = { Bindings: HttpBindings; Variables: { ignoresCondition?: boolean } }

const SLOW_MS = 3000

/** The FHIR type that a request is about: the first segment after the base; none for the base itself. */
function typeOf(path: string): string | undefined {
  return /\/fhir\/([A-Z][A-Za-z]+)/.exec(path)?.[1]
}

function isWrite(c: Context): boolean {
  const { method, path } = c.req
  if (method === 'POST') return !/\/(_search|\$[a-z-]+)$/.test(path)
  return method === 'PUT' || method === 'PATCH' || method === 'DELETE'
}

/** Breaks the connection, as a proxy or a lost network would: the client gets no status at all. */
function dropConnection(c: Context<Bound>): Response {
  c.env.incoming.socket.destroy()
  return RESPONSE_ALREADY_SENT
}

/** Any origin may read what a fault answers, as it may read what the server answers. */
const READABLE = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': 'Retry-After' }

function outcome(
  status: number,
  code: string,
  diagnostics: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, diagnostics }] }
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/fhir+json', ...READABLE, ...headers },
  })
}

const serverError = (): Response => outcome(500, 'exception', 'The server failed. Nothing was stored.')

const isCreate = (c: Context): boolean => c.req.method === 'POST' && isWrite(c)

/** A create refused against what the CapabilityStatement says; 403 comes with an empty body, as it does from the largest EHR (PDex facts 6.3). */
function createRefused(status: number): Response {
  if (status === 403) return new Response(null, { status, headers: READABLE })
  return outcome(status, 'not-supported', 'This cannot be created here.')
}

/** What is answered instead of doing what was asked: too many requests, no creates, no conditional ones. */
function refusalOf(c: Context, faults: ArmedFaults, type: string | undefined): Response | undefined {
  const busy = faults.take('http-429', type)
  if (busy !== undefined)
    return outcome(429, 'throttled', 'Too many requests.', { 'Retry-After': busy.arg ?? '1' })
  if (!isCreate(c)) return undefined
  const refused = faults.take('no-create', type)
  if (refused !== undefined) return createRefused(Number(refused.arg ?? 405))
  const unfit = faults.take('refuse', type)
  if (unfit !== undefined) return outcome(Number(unfit.arg ?? 422), 'processing', 'This cannot be stored.')
  const isConditional = c.req.header('If-None-Exist') !== undefined
  return isConditional && faults.take('no-conditional-create', type)
    ? outcome(412, 'not-supported', 'There is no conditional create here.')
    : undefined
}

/** Takes a created record out of the store, as if it had never come. */
function forget(ehr: Ehr, created: Response): void {
  const [, type, id] =
    /([A-Z][A-Za-z]+)\/([^/]+)(?:\/_history\/\d+)?$/.exec(created.headers.get('Location') ?? '') ?? []
  if (type !== undefined && id !== undefined) ehr.store.forget(type, id)
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The same page with its `next` link on 127.0.0.1 instead of localhost: another origin for a browser, and yet this server, so that the log
 * shows whether a token went there.
 */
function withForeignNext(text: string, requestUrl: string): string {
  let bundle: unknown
  try {
    bundle = JSON.parse(text)
  } catch {
    // A Binary in its own format has no next page.
    return text
  }
  if (!isObject(bundle) || bundle.resourceType !== 'Bundle' || bundle.type !== 'searchset') return text
  const links = Array.isArray(bundle.link) ? bundle.link.filter(isObject) : []
  const own = links.find((link) => link.relation === 'next')
  const next = new URL(typeof own?.url === 'string' ? own.url : requestUrl)
  next.hostname = '127.0.0.1'
  const others = links.filter((link) => link !== own)
  return JSON.stringify({ ...bundle, link: [...others, { relation: 'next', url: next.href }] })
}

async function rewriteBody(c: Context, rewrite: (text: string) => string): Promise<void> {
  const { status, headers } = c.res
  const text = await c.res.text()
  const kept = new Headers(headers)
  kept.delete('Content-Length')
  c.res = undefined
  c.res = new Response(rewrite(text), { status, headers: kept })
}

async function spoilAnswer(c: Context, faults: ArmedFaults, type: string | undefined): Promise<void> {
  if (!c.res.ok || isWrite(c)) return
  if (c.req.path.endsWith('/metadata') && faults.has('no-conditional-create'))
    await rewriteBody(c, (text) => text.replaceAll('"conditionalCreate":true', '"conditionalCreate":false'))
  if (faults.take('foreign-next', type)) await rewriteBody(c, (text) => withForeignNext(text, c.req.url))
  if (faults.take('malformed-json', type))
    await rewriteBody(c, (text) => text.slice(0, Math.ceil(text.length / 2)))
}

/** Plays the faults of the launch that a request's token came from. Stands around the FHIR API. */
export function faultMiddleware(ehr: Ehr): MiddlewareHandler<Bound> {
  return async (c, next) => {
    const faults = ehr.grants.grantOf(bearer(c.req.header('Authorization')))?.grant.launch.faults
    if (faults === undefined) return next()
    const type = typeOf(c.req.path)
    const slow = faults.take('slow', type)
    if (slow !== undefined) await delay(Number(slow.arg ?? SLOW_MS))
    if (faults.take('http-500', type)) return serverError()
    if (isWrite(c) && faults.take('drop-before', type)) return dropConnection(c)
    const refused = refusalOf(c, faults, type)
    if (refused !== undefined) return refused
    if (isCreate(c) && faults.take('duplicates', type)) c.set('ignoresCondition', true)
    await next()
    if (isCreate(c) && c.res.status === 201 && faults.take('forgets', type)) forget(ehr, c.res)
    if (isWrite(c) && c.res.ok && faults.take('drop-after', type)) {
      c.res = undefined
      c.res = dropConnection(c)
      return
    }
    if (isWrite(c) && c.res.ok && faults.take('http-202', type)) {
      c.res = undefined
      c.res = new Response(null, { status: 202, headers: READABLE })
      return
    }
    await spoilAnswer(c, faults, type)
  }
}
