import { at, objects, text } from '../domain/json'
import { fail, ok, type Problem, type Result } from '../domain/result'

export interface HttpRequest {
  readonly method: 'GET' | 'POST'
  /** Absolute. Has to lie below the base. */
  readonly url: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
  readonly timeoutMs?: number
}

export interface HttpAnswer {
  readonly status: number
  readonly headers: Headers
  /** Undefined where the body is empty. */
  readonly json: unknown
}

export interface Http {
  readonly name: string
  readonly base: string
  /** Problems: cancelled, timeout, network, http (with the OperationOutcome's words), malformed, expired, refused (URL outside the base). */
  send(request: HttpRequest): Promise<Result<HttpAnswer>>
}

interface Options {
  /** Name for people. */
  readonly name: string
  readonly base: string
  /** Where requests may go, if that is more than `base`: a path above it on the same server. */
  readonly within?: string
  /** This server's own bearer token. It is asked for each request, and sent nowhere but below `within`, else `base`. */
  readonly token?: () => Promise<Result<string | undefined>>
  readonly timeoutMs: number
  /** Larger answers are not read; bytes. */
  readonly maxBytes?: number
  /** For the app's own server alone: the session there is in a cookie. */
  readonly withCookies?: boolean
  /** Another reading of a refusal; `words`: of its OperationOutcome. */
  readonly problemOf?: (headers: Headers, words: string) => Problem | undefined
}

const FIFTY_MEGABYTES = 50 * 1024 * 1024

/**
 * The only place that fetches. One instance a server: it holds the rule that a token, a redirect or a `next` link never leaves
 * the origin and base path it belongs to, and turns every failure into a Problem.
 */
export function createHttp(options: Options): Http {
  const { name, base, within = base } = options
  return {
    name,
    base,
    async send(request) {
      if (!isBelow(request.url, within))
        return fail({
          kind: 'refused',
          rule: 'same-server',
          message: `${name} pointed to an address outside of its own. It was not followed.`,
        })
      const token = options.token ? await options.token() : ok(undefined)
      if (!token.ok) return token
      return exchange(options, request, token.value)
    },
  }
}

/** True where `url` has the base's origin and lies at or below its path. Dot segments are resolved first. */
export function isBelow(url: string, base: string): boolean {
  if (!URL.canParse(url) || !URL.canParse(base)) return false
  const [target, root] = [new URL(url), new URL(base)]
  if (target.username !== '' || target.password !== '') return false
  const path = root.pathname.replace(/\/+$/, '')
  return target.origin === root.origin && (target.pathname === path || target.pathname.startsWith(`${path}/`))
}

async function exchange(
  options: Options,
  request: HttpRequest,
  token: string | undefined,
): Promise<Result<HttpAnswer>> {
  const limit = request.timeoutMs ?? options.timeoutMs
  const timeout = AbortSignal.timeout(limit)
  const signal = request.signal ? AbortSignal.any([timeout, request.signal]) : timeout
  const failed = (): Result<never> => {
    if (request.signal?.aborted === true) return fail({ kind: 'cancelled' })
    if (timeout.aborted) return fail({ kind: 'timeout', server: options.name, afterMs: limit })
    return fail({ kind: 'network', server: options.name })
  }
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: {
        Accept: 'application/fhir+json, application/json',
        ...request.headers,
        ...(token && { Authorization: `Bearer ${token}` }),
      },
      ...(request.body !== undefined && { body: request.body }),
      signal,
      credentials: options.withCookies ? 'same-origin' : 'omit',
      referrerPolicy: 'no-referrer',
      // A redirect could carry the token or patient data to another server.
      redirect: 'error',
      cache: 'no-store',
    })
    const body = await readBody(response, options.maxBytes ?? FIFTY_MEGABYTES)
    if (body === undefined)
      return fail({ kind: 'malformed', server: options.name, path: '', message: 'The answer is too large.' })
    return understand(options, response, body)
  } catch {
    return failed()
  }
}

async function readBody(response: Response, maxBytes: number): Promise<string | undefined> {
  if (!response.body) return ''
  const reader = response.body.getReader()
  const decoder = decoderOf(response.headers.get('Content-Type'))
  let read = 0
  let body = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return body + decoder.decode()
    read += value.byteLength
    if (read > maxBytes) {
      await reader.cancel()
      return undefined
    }
    body += decoder.decode(value, { stream: true })
  }
}

/** FHIR is UTF-8. Some servers answer in another character set, and say so. */
function decoderOf(contentType: string | null): TextDecoder {
  const named = /charset="?([\w-]+)/i.exec(contentType ?? '')?.[1]
  try {
    return new TextDecoder(named)
  } catch {
    return new TextDecoder()
  }
}

function understand({ name, problemOf }: Options, response: Response, body: string): Result<HttpAnswer> {
  let json: unknown
  let readable = true
  if (body.trim() !== '') {
    try {
      json = JSON.parse(body)
    } catch {
      readable = false
    }
  }
  if (!response.ok)
    return fail(problemOf?.(response.headers, outcomeText(json) ?? '') ?? refusal(name, response, json))
  if (!readable) return fail({ kind: 'malformed', server: name, path: '', message: 'This is not JSON.' })
  return ok({ status: response.status, headers: response.headers, json })
}

function refusal(name: string, response: Response, json: unknown): Problem {
  const detail = outcomeText(json)
  const retryAfterSeconds = retryAfter(response.headers.get('Retry-After'))
  return {
    kind: 'http',
    server: name,
    status: response.status,
    ...(detail !== undefined && { detail }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  }
}

/** An OperationOutcome's own words, at most 500 characters. */
function outcomeText(json: unknown): string | undefined {
  const issues = objects(json, 'issue').flatMap(
    (issue) => text(issue, 'details', 'text') ?? text(issue, 'diagnostics') ?? text(issue, 'code') ?? [],
  )
  const said =
    issues.length > 0 ? issues.join('; ') : (text(json, 'error_description') ?? text(at(json, 'error')))
  return said?.slice(0, 500)
}

/** Seconds; the date form is read against the clock. */
function retryAfter(header: string | null): number | undefined {
  if (header === null) return undefined
  if (/^\d+$/.test(header)) return Number(header)
  const until = Date.parse(header)
  return Number.isNaN(until) ? undefined : Math.max(0, Math.ceil((until - Date.now()) / 1000))
}
