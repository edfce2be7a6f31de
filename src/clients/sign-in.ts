import { text } from '../domain/json'
import { reachedOrigins, type Site } from '../domain/site'

/** Why a launch ended, in words, with what to do. */
export interface LaunchStop {
  readonly title: string
  readonly next: string
  readonly technical?: string
}

export interface Stopped {
  readonly kind: 'stopped'
  readonly stop: LaunchStop
}

/** `technical`: for the person who looks after the app; at most 300 characters are kept. */
export const stopped = (title: string, next: string, technical?: string): Stopped => ({
  kind: 'stopped',
  stop: { title, next, ...(technical !== undefined && { technical: technical.slice(0, 300) }) },
})

export const FROM_CHART = 'Open the app from the chart again.'
export const TELL = 'tell the person who looks after this app.'
export const ADMIN = 'Tell the person who looks after this app.'
const NOTHING_SENT = `Nothing was sent to it. ${ADMIN}`

interface Begun {
  readonly site: Site
  readonly redirectUri: string
  /** What fhirclient keeps of this launch, as JSON. */
  readonly state: string | null
}

/** The EHR's sign-in page for this launch, or why the browser is not sent there: each would fail later, without a reason. */
export function signInAddress(
  url: unknown,
  { site, redirectUri, state }: Begun,
): Stopped | { readonly kind: 'address'; readonly url: string } {
  if (typeof url !== 'string' || !URL.canParse(url) || !isSecure(url))
    return stopped(
      'This EHR names an insecure sign-in page.',
      NOTHING_SENT,
      'authorization_endpoint is not https',
    )
  // fhirclient takes an EHR without an authorization endpoint for an open one, and leads straight back.
  if (url.startsWith(`${redirectUri}?`))
    return stopped(
      'This EHR offers no SMART sign-in.',
      NOTHING_SENT,
      'discovery names no authorization endpoint',
    )
  const endpoint = tokenEndpoint(state)
  if (endpoint === undefined || !URL.canParse(endpoint) || !isSecure(endpoint))
    return stopped(
      'This EHR names no secure address for its sign-in.',
      NOTHING_SENT,
      'token_endpoint is not https',
    )
  const { origin } = new URL(endpoint)
  if (!reachedOrigins(site).includes(origin))
    return stopped(
      'This EHR signs people in at a server that is not set up for this app.',
      NOTHING_SENT,
      `the token endpoint is at ${origin}: list it in "origins" of this issuer`,
    )
  // An authorization endpoint may have a query of its own; fhirclient begins a second one.
  return { kind: 'address', url: url.replace(/^([^?]*\?[^?]*)\?/, '$1&') }
}

/** Why fhirclient could not even find the sign-in page, by what it said. */
export function failedDiscovery(said: string): Stopped {
  // SMART 2.2 §considerations-for-pkce-support: an app sends nothing to an EHR that does not support S256.
  if (/PKCE/.test(said))
    return stopped(
      'This EHR does not offer the safe sign-in that this app needs.',
      NOTHING_SENT,
      'its SMART discovery (.well-known/smart-configuration) has no code_challenge_methods_supported with S256 (PKCE)',
    )
  return stopped(
    'The sign-in at this EHR could not be started.',
    'It may be out of reach, or not allow this app to call it from a browser. Try again. If it goes on, tell the person who looks after this app.',
    said,
  )
}

function tokenEndpoint(state: string | null): string | undefined {
  try {
    return text(JSON.parse(state ?? 'null'), 'tokenUri')
  } catch {
    return undefined
  }
}

const isSecure = (url: string): boolean => {
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || (protocol === 'http:' && /^(localhost$|127\.|\[::1\]$)/.test(hostname))
}

/** What the EHR's `error` at the redirect means (RFC 6749 §4.1.2.1). */
export function refusedByEhr(error: string, description?: string): Stopped {
  const technical = [error, description]
    .filter((part) => part !== undefined && part !== '')
    .join(': ')
    .slice(0, 300)
  if (error === 'access_denied')
    return stopped(
      'The EHR did not give this app access.',
      `You or the EHR said no. ${FROM_CHART}`,
      technical,
    )
  if (error === 'invalid_client' || error === 'unauthorized_client')
    return stopped(
      'The EHR does not know this app.',
      `The client id in the configuration may be wrong. ${ADMIN}`,
      technical,
    )
  if (error === 'invalid_scope')
    return stopped(
      'The EHR does not offer the rights this app asks for.',
      `The scopes in the configuration may be wrong. ${ADMIN}`,
      technical,
    )
  if (error === 'temporarily_unavailable' || error === 'server_error')
    return stopped('The EHR’s sign-in has a fault of its own.', 'Try again in a few minutes.', technical)
  return stopped('The EHR refused the sign-in.', `${FROM_CHART} If it goes on, ${TELL}`, technical)
}

/** fhirclient puts the code into the token request as it is: encode it beforehand, so that `+` and `=` arrive. */
export function encodeCode(): void {
  const url = new URL(location.href)
  const code = url.searchParams.get('code')
  if (code === null || encodeURIComponent(code) === code) return
  url.searchParams.set('code', encodeURIComponent(code))
  history.replaceState(history.state, '', url.href)
}
