import { base64url } from 'jose'
import { list, number, text } from '../domain/json'
import type { Payer } from '../domain/payer-directory'
import type { SignInFailure } from '../domain/pdex/payer-sign-in'
import { ok, type Problem, type Result } from '../domain/result'
import { createHttp } from './http'
import {
  failedCall,
  noSafeSignIn,
  notOffered,
  otherIssuer,
  refusedByPayer,
  unlistedHost,
  unreadable,
} from './payer-sign-in-words'

/** Where a payer signs people in, by its `.well-known/smart-configuration`. */
export interface Endpoints {
  readonly authorize: string
  readonly token: string
  readonly revoke?: string
  readonly issuer?: string
}

/** What a payer gave. `until`: epoch milliseconds. */
export interface Tokens {
  readonly access: string
  readonly until?: number
  readonly refresh?: string
}

/** One sign-in that was begun. `verifier` never leaves but to the token endpoint. */
export interface Attempt {
  readonly state: string
  readonly verifier: string
  readonly redirectUri: string
  readonly address: string
  readonly endpoints: Endpoints
}

type Outcome<T> = Result<T, SignInFailure>

const stop = (problem: SignInFailure): Outcome<never> => ({ ok: false, problem })

const TIMEOUT_MS = 20_000

/** SMART 2.2 discovery. The payer's own host and those that the site lists for it; S256 or nothing. */
export async function discover(payer: Payer): Promise<Outcome<Endpoints>> {
  const base = payer.fhirBase ?? ''
  const http = createHttp({ name: payer.name, base, timeoutMs: TIMEOUT_MS, maxBytes: 200_000 })
  const answer = await http.send({ method: 'GET', url: `${base}/.well-known/smart-configuration` })
  if (!answer.ok) {
    const { problem } = answer
    return stop(
      problem.kind === 'http' && problem.status < 500 && problem.status !== 429
        ? notOffered(payer.name, `.well-known/smart-configuration answers ${problem.status}`)
        : failedCall(payer.name, problem),
    )
  }
  const { json } = answer.value
  const authorize = text(json, 'authorization_endpoint')
  const token = text(json, 'token_endpoint')
  if (authorize === undefined || token === undefined)
    return stop(
      notOffered(payer.name, 'its SMART discovery names no authorization_endpoint or no token_endpoint'),
    )
  // SMART 2.2 §considerations-for-pkce-support.
  if (!list(json, 'code_challenge_methods_supported').includes('S256')) return stop(noSafeSignIn(payer.name))
  if (!isListed(authorize, payer)) return stop(unlistedHost(payer.name, 'sign-in page', authorize))
  if (!isListed(token, payer)) return stop(unlistedHost(payer.name, 'token endpoint', token))
  const revoke = text(json, 'revocation_endpoint')
  const issuer = text(json, 'issuer')
  return ok({
    authorize,
    token,
    ...(revoke !== undefined && isListed(revoke, payer) && { revoke }),
    ...(issuer !== undefined && { issuer }),
  })
}

/** A host of this payer. The configuration takes https alone, but for loopback, so that a listed host is a secure one. */
function isListed(url: string, { fhirBase, origins = [] }: Payer): boolean {
  if (!URL.canParse(url)) return false
  const { origin, username, password } = new URL(url)
  return (
    username === '' &&
    password === '' &&
    [fhirBase, ...origins].some((listed) => listed !== undefined && new URL(listed).origin === origin)
  )
}

/** A new attempt: random state and PKCE verifier (256 bits each), and the address to send the user to. */
export async function newAttempt(payer: Payer, endpoints: Endpoints, redirectUri: string): Promise<Attempt> {
  const random = () => base64url.encode(crypto.getRandomValues(new Uint8Array(32)))
  const [state, verifier] = [random(), random()]
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  const url = new URL(endpoints.authorize)
  const parameters = {
    response_type: 'code',
    client_id: payer.clientId ?? '',
    redirect_uri: redirectUri,
    scope: payer.scopes ?? '',
    state,
    aud: payer.fhirBase ?? '',
    code_challenge: base64url.encode(new Uint8Array(digest)),
    code_challenge_method: 'S256',
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return { state, verifier, redirectUri, address: url.href, endpoints }
}

/** The code that came back, for tokens. `answer`: the redirect's parameters, whose state was checked. */
export async function exchange(
  payer: Payer,
  attempt: Attempt,
  answer: URLSearchParams,
  now: () => number,
): Promise<Outcome<Tokens>> {
  const [issuer, error, code] = [answer.get('iss'), answer.get('error'), answer.get('code')]
  if (issuer !== null && attempt.endpoints.issuer !== undefined && issuer !== attempt.endpoints.issuer)
    return stop(otherIssuer(payer.name))
  if (error !== null) return stop(refusedByPayer(payer.name, error, answer.get('error_description')))
  if (code === null || code === '')
    return stop(unreadable(payer.name, 'the redirect has neither code nor error'))
  const sent = await post(payer, attempt.endpoints.token, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: attempt.redirectUri,
    code_verifier: attempt.verifier,
    client_id: payer.clientId ?? '',
  })
  if (!sent.ok) return stop(failedCall(payer.name, sent.problem))
  const tokens = readTokens(sent.value, now())
  return tokens === undefined
    ? stop(unreadable(payer.name, 'the token response has no Bearer access_token'))
    : ok(tokens)
}

/** A rotated refresh token replaces the one before; where none came, the old one stays good (RFC 6749 §6). */
export async function refresh(
  payer: Payer,
  endpoints: Endpoints,
  refreshToken: string,
  now: () => number,
): Promise<Result<Tokens>> {
  const sent = await post(payer, endpoints.token, {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: payer.clientId ?? '',
  })
  if (!sent.ok) return sent
  const tokens = readTokens(sent.value, now())
  return tokens === undefined
    ? { ok: false, problem: { kind: 'expired', server: payer.name, byUser: true } }
    : ok({ refresh: refreshToken, ...tokens })
}

/** RFC 7009, where the payer offers it. What it answers changes nothing here. */
export async function revoke(payer: Payer, endpoints: Endpoints, tokens: Tokens): Promise<void> {
  if (endpoints.revoke === undefined) return
  const token = tokens.refresh ?? tokens.access
  await post(payer, endpoints.revoke, { token, client_id: payer.clientId ?? '' })
}

async function post(
  payer: Payer,
  url: string,
  form: Readonly<Record<string, string>>,
): Promise<Result<unknown, Problem>> {
  const http = createHttp({ name: payer.name, base: url, timeoutMs: TIMEOUT_MS, maxBytes: 200_000 })
  const answer = await http.send({
    method: 'POST',
    url,
    body: new URLSearchParams(form).toString(),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  })
  return answer.ok ? ok(answer.value.json) : answer
}

/** The token response. Its `patient` is not read: who the member is, the match says (HRex), and the comparison with the chart. */
function readTokens(json: unknown, now: number): Tokens | undefined {
  const access = text(json, 'access_token')
  // RFC 6750: what else there may be is no Bearer token, and could break out of the header.
  if (access === undefined || !/^[A-Za-z0-9\-._~+/]+=*$/.test(access)) return undefined
  if ((text(json, 'token_type') ?? 'Bearer').toLowerCase() !== 'bearer') return undefined
  const seconds = number(json, 'expires_in')
  const refreshToken = text(json, 'refresh_token')
  return {
    access,
    ...(seconds !== undefined && seconds >= 0 && { until: now + seconds * 1000 }),
    ...(refreshToken !== undefined && { refresh: refreshToken }),
  }
}
