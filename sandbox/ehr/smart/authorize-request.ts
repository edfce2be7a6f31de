import type { Client } from '../clients'
import { findClient, isRegisteredRedirect } from '../clients'
import type { Ehr } from '../context'
import { fhirBase } from '../context'
import type { Launch } from './launches'

export type Parameters = Readonly<Record<string, string>>

/** An authorization request that may go on. */
export interface AuthorizeRequest {
  readonly client: Client
  readonly redirectUri: string
  readonly state: string
  readonly scope: string
  readonly challenge: string
  readonly nonce?: string
  /** Set in an EHR launch. */
  readonly launch?: Launch
}

/** `page`: nothing to trust to redirect to, so a person is told. `redirect`: the app is told (RFC 6749 §4.1.2.1). */
export type AuthorizeCheck =
  | { readonly kind: 'ok'; readonly request: AuthorizeRequest }
  | { readonly kind: 'page'; readonly message: string }
  | { readonly kind: 'redirect'; readonly to: string }

/** The redirect URI with these parameters added to what it has. */
export function redirectWith(uri: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const url = new URL(uri)
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value)
  }
  return url.href
}

/** What is wrong with a request whose client and redirect URI are good: error code and description. */
function complaint(p: Parameters, iss: string): readonly [error: string, description: string] | undefined {
  if (p.response_type !== 'code') return ['unsupported_response_type', 'response_type must be code']
  if (!p.state) return ['invalid_request', 'state is required']
  // SMART 2.2 §2.0.2: S256 for all; plain must not be supported.
  if (!p.code_challenge) return ['invalid_request', 'PKCE is required: code_challenge is missing']
  if (p.code_challenge_method !== 'S256') return ['invalid_request', 'code_challenge_method must be S256']
  if (!/^[A-Za-z0-9_-]{43}$/.test(p.code_challenge))
    return ['invalid_request', 'code_challenge is not a SHA-256 in base64url']
  if (p.aud !== iss) return ['invalid_request', `aud must be ${iss}`]
  if (!p.scope?.trim()) return ['invalid_scope', 'scope is required']
  return undefined
}

function launchComplaint(
  p: Parameters,
  launch: Launch | undefined,
  personality: string,
): readonly [string, string] | undefined {
  const asksForLaunch = p.scope?.split(/\s+/).includes('launch') === true
  if (!p.launch)
    return asksForLaunch
      ? ['invalid_request', 'scope launch needs the launch value that the EHR gave']
      : undefined
  if (!asksForLaunch) return ['invalid_scope', 'a launch value needs scope launch']
  if (launch?.personality !== personality)
    return ['invalid_request', 'this launch is unknown or too old: open the app again from the chart']
  return undefined
}

/** Holds an authorization request to SMART 2.2 and this EHR's client registry. */
export function checkAuthorize(ehr: Ehr, personality: string, p: Parameters): AuthorizeCheck {
  const client = findClient(p.client_id)
  if (client === undefined)
    return { kind: 'page', message: 'This EHR does not know the app that sent you here.' }
  const redirectUri = p.redirect_uri
  if (!isRegisteredRedirect(client, ehr.app, redirectUri)) {
    return {
      kind: 'page',
      message: `${client.name} asked to be answered at an address that is not registered for it.`,
    }
  }
  const launch = ehr.launches.find(p.launch)
  const wrong = complaint(p, fhirBase(ehr, personality)) ?? launchComplaint(p, launch, personality)
  if (wrong !== undefined) {
    const [error, error_description] = wrong
    return {
      kind: 'redirect',
      to: redirectWith(redirectUri, { error, error_description, state: p.state || undefined }),
    }
  }
  const { state = '', scope = '', code_challenge: challenge = '', nonce } = p
  return {
    kind: 'ok',
    request: {
      client,
      redirectUri,
      state,
      scope,
      challenge,
      ...(nonce ? { nonce } : {}),
      ...(launch ? { launch } : {}),
    },
  }
}
