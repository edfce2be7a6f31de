import { type Context, Hono } from 'hono'
import type { Caller } from '../fhir'
import type { Faults } from './fault'
import { ACCOUNTS, APPS, type App } from './oauth-accounts'
import type { Grants } from './oauth-grants'
import { SignInPage } from './oauth-page'
import { operationOutcome } from './refusal'

/** What signing in at a payer needs. */
export interface SignInDesk {
  /** The payer's name for people. */
  readonly payer: string
  /** Base of the door with sign-in, without a slash at the end: `{base}/fhir`, `{base}/oauth/…`. */
  readonly base: string
  /** Where the app is served, with a slash at the end. */
  readonly app: string
  readonly grants: Grants
  readonly faults: Faults
}

const LIFETIME_SECONDS = 900

const SCOPE =
  /^(openid|fhirUser|offline_access|online_access|(user|patient)\/(\*|[A-Z][A-Za-z]+)\.(read|rs|r|s))$/

type Parameters = Readonly<Record<string, string>>

const redirect = (uri: string, parameters: Readonly<Record<string, string | undefined>>): string => {
  const url = new URL(uri)
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) url.searchParams.set(name, value)
  return url.href
}

/** What is wrong with a request whose client and redirect URI are good (SMART 2.2: S256 for all). */
function complaint(p: Parameters, base: string): readonly [error: string, description: string] | undefined {
  if (p.response_type !== 'code') return ['unsupported_response_type', 'response_type must be code']
  if ((p.state ?? '').length < 22) return ['invalid_request', 'state with at least 122 bits is required']
  if (!/^[A-Za-z0-9_-]{43}$/.test(p.code_challenge ?? '') || p.code_challenge_method !== 'S256')
    return ['invalid_request', 'PKCE with S256 is required']
  if (p.aud !== `${base}/fhir`) return ['invalid_request', `aud must be ${base}/fhir`]
  if (!(p.scope ?? '').split(' ').some((scope) => SCOPE.test(scope)))
    return ['invalid_scope', 'none of these scopes is offered']
  return undefined
}

const granted = (p: Parameters): readonly string[] =>
  (p.scope ?? '').split(' ').filter((scope) => SCOPE.test(scope))

/** Where the browser goes after the person chose; a sandbox fault may make it a wrong place. */
function decided(desk: SignInDesk, app: App, p: Parameters): string {
  const { grants, faults } = desk
  const uri = `${desk.app}${app.redirect}`
  const state = faults.named('wrong-state') ? 'a-state-that-nobody-asked-with' : p.state
  const issuer = `${desk.base}/fhir`
  const no = (error_description: string) => {
    grants.revokeAll(app.id)
    return redirect(uri, { error: 'access_denied', error_description, state, iss: issuer })
  }
  const account = ACCOUNTS.find(({ id }) => id === p.account)
  if (faults.named('deny') || p.deny !== undefined) return no('The person did not allow it')
  if (!account?.readsRecords) return no("This account may not read members' records")
  const grant = { clientId: app.id, scopes: granted(p), revoked: false }
  return redirect(uri, { code: grants.code(grant, uri, p.code_challenge ?? ''), state, iss: issuer })
}

/** Who may call the FHIR API of this door: the bearers of a token that a person's sign-in gave. */
export const signedInAt =
  (grants: Grants) =>
  (c: Context): Caller | Response => {
    const caller = grants.callerOf(c.req.header('authorization'))
    if (caller) return caller
    const headers = { 'content-type': 'application/fhir+json', 'www-authenticate': 'Bearer' }
    return new Response(JSON.stringify(operationOutcome('error', 'login', 'sign in first')), {
      status: 401,
      headers,
    })
  }

/** Authorization endpoint, token endpoint (code and refresh, for public clients), revocation and SMART discovery of the door with sign-in. */
export function signInRoutes(desk: SignInDesk): Hono {
  const { payer, base, grants, faults } = desk
  const routes = new Hono()

  routes.get('/fhir/.well-known/smart-configuration', (c) =>
    c.json({
      issuer: `${base}/fhir`,
      authorization_endpoint: `${base}/oauth/authorize`,
      token_endpoint: `${base}/oauth/token`,
      revocation_endpoint: `${base}/oauth/revoke`,
      token_endpoint_auth_methods_supported: ['none'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
      scopes_supported: ['openid', 'fhirUser', 'offline_access', 'user/*.rs', 'patient/*.rs'],
      capabilities: [
        'launch-standalone',
        'client-public',
        'permission-user',
        'permission-offline',
        'permission-v2',
      ],
    }),
  )

  const authorize = (c: Context, p: Parameters) => {
    // As real ones do: a sign-in page in somebody else's frame could be a trap.
    c.header('X-Frame-Options', 'DENY')
    c.header(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
    )
    if (faults.named('no-opener')) c.header('Cross-Origin-Opener-Policy', 'same-origin')
    c.header('Cache-Control', 'no-store')
    const app = APPS.find(({ id }) => id === p.client_id)
    if (app === undefined) return c.text(`${payer} does not know the app that sent you here.`, 400)
    if (p.redirect_uri !== `${desk.app}${app.redirect}`)
      return c.text(`${app.name} asked to be answered at an address that is not registered for it.`, 400)
    const wrong = complaint(p, base)
    if (wrong !== undefined)
      return c.redirect(
        redirect(p.redirect_uri, { error: wrong[0], error_description: wrong[1], state: p.state }),
      )
    if (p.account !== undefined || p.deny !== undefined) return c.redirect(decided(desk, app, p))
    return c.html(SignInPage({ payer, app: app.name, scopes: granted(p), parameters: p }))
  }
  routes.get('/oauth/authorize', (c) => {
    const { account: _account, deny: _deny, ...asked } = c.req.query()
    return authorize(c, asked)
  })
  routes.post('/oauth/authorize', async (c) =>
    authorize(c, Object.fromEntries(new URLSearchParams(await c.req.text()))),
  )

  routes.post('/oauth/token', async (c) => {
    c.header('Cache-Control', 'no-store')
    const form = new URLSearchParams(await c.req.text())
    const field = (name: string): string => form.get(name) ?? ''
    if (c.req.header('authorization') !== undefined || !APPS.some(({ id }) => id === field('client_id')))
      return c.json(
        { error: 'invalid_client', error_description: 'A registered public client is needed' },
        401,
      )
    const isFirst = field('grant_type') === 'authorization_code'
    if (!isFirst && field('grant_type') !== 'refresh_token')
      return c.json({ error: 'unsupported_grant_type' }, 400)
    const grant = isFirst
      ? grants.redeem(field('code'), field('client_id'), field('redirect_uri'), field('code_verifier'))
      : grants.renew(field('refresh_token'), field('client_id'))
    if (grant === undefined)
      return c.json({ error: 'invalid_grant', error_description: 'Unknown, used, over or revoked' }, 400)
    const seconds = Number(faults.named('short-token')?.arg || LIFETIME_SECONDS)
    const mayRenew = !faults.named('no-refresh') && grant.scopes.some((s) => /^(off|on)line_access$/.test(s))
    return c.json({
      access_token: grants.accessToken(grant, seconds),
      token_type: 'Bearer',
      expires_in: seconds,
      scope: grant.scopes.join(' '),
      ...(mayRenew && { refresh_token: grants.refreshToken(grant) }),
    })
  })

  routes.post('/oauth/revoke', async (c) => {
    grants.revoke(new URLSearchParams(await c.req.text()).get('token') ?? '')
    return c.body(null, 200)
  })
  return routes
}
