import { Hono } from 'hono'
import { findClient } from '../clients'
import type { Ehr } from '../context'
import { fhirBase } from '../context'
import { displayName } from '../display'
import { findPersonality } from '../personalities'
import { oneOf } from '../records'
import { findUser } from '../users'
import type { Grant } from './grants'
import { signIdToken } from './id-token'
import { launchContext } from './launch-context'
import { mayRefresh } from './scopes'

const LIFETIME_SECONDS = 3600

type TokenError =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_scope'
  | 'unsupported_grant_type'

/** RFC 6749 §5.2. */
class TokenRefusal extends Error {
  constructor(
    readonly error: TokenError,
    description: string,
  ) {
    super(description)
  }
}

function idToken(ehr: Ehr, grant: Grant): Promise<string> {
  const { launch } = grant
  const iss = fhirBase(ehr, launch.personality)
  const issuedAt = Math.floor(ehr.now() / 1000)
  const named = grant.scopes.includes('fhirUser') && !launch.faults.has('no-fhiruser')
  return signIdToken(ehr.key, {
    issuer: iss,
    audience: grant.clientId,
    subject: `sandbox-user-${launch.user}`,
    name: displayName(oneOf(ehr.store, 'Practitioner', launch.user)),
    ...(named
      ? { fhirUser: `${iss}/${findUser(launch.user)?.fhirUser ?? `Practitioner/${launch.user}`}` }
      : {}),
    ...(grant.nonce === undefined ? {} : { nonce: grant.nonce }),
    issuedAt,
    expiresAt: issuedAt + LIFETIME_SECONDS,
  })
}

async function tokenResponse(
  ehr: Ehr,
  grant: Grant,
  scopes: readonly string[],
  first: boolean,
): Promise<object> {
  const { faults } = grant.launch
  const expires_in = faults.number('short-token', LIFETIME_SECONDS)
  const refused = first && faults.has('expired-token')
  return {
    access_token: ehr.grants.issueAccessToken(grant, scopes, expires_in, refused),
    token_type: 'Bearer',
    expires_in,
    scope: scopes.join(' '),
    ...(mayRefresh(grant.scopes) ? { refresh_token: ehr.grants.issueRefreshToken(grant) } : {}),
    ...(first && grant.scopes.includes('openid') ? { id_token: await idToken(ehr, grant) } : {}),
    ...launchContext(ehr, grant),
  }
}

function redeemCode(ehr: Ehr, form: URLSearchParams, clientId: string): Grant {
  const code = form.get('code')
  const redirectUri = form.get('redirect_uri')
  const verifier = form.get('code_verifier')
  if (!code || !redirectUri) throw new TokenRefusal('invalid_request', 'code and redirect_uri are required')
  if (!verifier) throw new TokenRefusal('invalid_request', 'code_verifier is required')
  const grant = ehr.grants.redeemCode(code, clientId, redirectUri, verifier)
  if (grant === undefined)
    throw new TokenRefusal(
      'invalid_grant',
      'The code is unknown, used, expired, or was given to another request',
    )
  return grant
}

/** RFC 6749 §6: a refresh may ask for less, never for more. */
function narrowed(grant: Grant, scope: string | null): readonly string[] {
  if (scope === null || scope.trim() === '') return grant.scopes
  const asked = scope.trim().split(/\s+/)
  if (asked.some((s) => !grant.scopes.includes(s)))
    throw new TokenRefusal('invalid_scope', 'A refresh cannot ask for more than was granted')
  return asked
}

/** Client authentication: every client here is public, so its name is all it sends. */
function clientOf(form: URLSearchParams, authorization: string | undefined): string {
  if (authorization !== undefined)
    throw new TokenRefusal('invalid_client', 'This app is registered as a public client')
  const client = findClient(form.get('client_id') ?? undefined)
  if (client === undefined) throw new TokenRefusal('invalid_client', 'client_id is missing or not registered')
  return client.id
}

async function exchange(
  ehr: Ehr,
  personality: string,
  form: URLSearchParams,
  authorization: string | undefined,
) {
  const clientId = clientOf(form, authorization)
  const check = (grant: Grant): Grant => {
    if (grant.launch.personality !== personality)
      throw new TokenRefusal('invalid_grant', 'Given by another authorization server')
    if (grant.launch.faults.take('bad-client'))
      throw new TokenRefusal('invalid_client', 'This app is not registered here')
    return grant
  }
  switch (form.get('grant_type')) {
    case 'authorization_code': {
      const grant = check(redeemCode(ehr, form, clientId))
      return tokenResponse(ehr, grant, grant.scopes, true)
    }
    case 'refresh_token': {
      const grant = ehr.grants.redeemRefreshToken(form.get('refresh_token') ?? '', clientId)
      if (grant === undefined)
        throw new TokenRefusal('invalid_grant', 'The refresh token is unknown, used or revoked')
      return tokenResponse(ehr, check(grant), narrowed(grant, form.get('scope')), false)
    }
    default:
      throw new TokenRefusal('unsupported_grant_type', 'authorization_code or refresh_token')
  }
}

/** SMART's token endpoint and the key set. CORS is set around them. */
export function tokenRoutes(ehr: Ehr): Hono {
  const app = new Hono()
  app.get('/:personality/oauth/jwks', (c) => c.json({ keys: [ehr.key.jwk] }))
  app.post('/:personality/oauth/token', async (c) => {
    c.header('Cache-Control', 'no-store')
    c.header('Pragma', 'no-cache')
    const personality = c.req.param('personality')
    if (findPersonality(personality) === undefined) return c.notFound()
    try {
      const form = new URLSearchParams(await c.req.text())
      return c.json(await exchange(ehr, personality, form, c.req.header('Authorization')))
    } catch (error) {
      if (!(error instanceof TokenRefusal)) throw error
      const status = error.error === 'invalid_client' ? 401 : 400
      return c.json({ error: error.error, error_description: error.message }, status)
    }
  })
  return app
}
