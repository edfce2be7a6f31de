import { type Ehr, fhirBase } from '../context'

/** Where a personality's authorization server listens. */
export function smartEndpoints(ehr: Pick<Ehr, 'url'>, personality: string) {
  const oauth = `${ehr.url}/${personality}/oauth`
  return { authorize: `${oauth}/authorize`, token: `${oauth}/token`, jwks: `${oauth}/jwks` } as const
}

/** `.well-known/smart-configuration` (SMART 2.2 §7): only what this server really does. */
export function smartConfiguration(ehr: Pick<Ehr, 'url'>, personality: string): object {
  const endpoints = smartEndpoints(ehr, personality)
  return {
    issuer: fhirBase(ehr, personality),
    jwks_uri: endpoints.jwks,
    authorization_endpoint: endpoints.authorize,
    token_endpoint: endpoints.token,
    token_endpoint_auth_methods_supported: ['none'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
    scopes_supported: [
      'launch',
      'launch/patient',
      'openid',
      'fhirUser',
      'profile',
      'online_access',
      'offline_access',
      'patient/*.cruds',
      'user/*.cruds',
      'patient/*.read',
      'patient/*.write',
      'user/*.read',
      'user/*.write',
    ],
    capabilities: [
      'launch-ehr',
      'launch-standalone',
      'authorize-post',
      'client-public',
      'sso-openid-connect',
      'context-banner',
      'context-style',
      'context-ehr-patient',
      'context-ehr-encounter',
      'context-standalone-patient',
      'permission-online',
      'permission-offline',
      'permission-patient',
      'permission-user',
      'permission-v1',
      'permission-v2',
    ],
  }
}

/** `.well-known/openid-configuration`, which must stand beneath the id_token's issuer (OpenID Connect Discovery §4). */
export function openidConfiguration(ehr: Pick<Ehr, 'url'>, personality: string): object {
  return {
    ...smartConfiguration(ehr, personality),
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'nonce', 'name', 'fhirUser'],
  }
}
