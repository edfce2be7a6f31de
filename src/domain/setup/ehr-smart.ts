import { list, text } from '../json'
import { type Issuer, reachedOrigins, type Site } from '../site'
import { doubtful, type Finding, fine, wrong } from './finding'

/** SMART discovery (SMART 2.2 `.well-known/smart-configuration`): where one signs in, and how safely. `base`: of the FHIR API. */
export function smartFindings(
  smart: unknown,
  { name }: Pick<Issuer, 'name'>,
  site: Site,
): readonly Finding[] {
  return [signIn(smart, name, site), pkce(smart, name), abilities(smart, name)]
}

function signIn(smart: unknown, name: string, site: Site): Finding {
  const what = 'Sign-in'
  const [authorize, token] = [text(smart, 'authorization_endpoint'), text(smart, 'token_endpoint')]
  if (authorize === undefined || token === undefined)
    return wrong(
      what,
      `${name} names no ${authorize === undefined ? 'sign-in page' : 'token endpoint'} in its SMART discovery.`,
      `Ask ${name} to switch SMART App Launch on for this FHIR address.`,
    )
  const bad = [authorize, token].find((url) => !URL.canParse(url) || !isSecure(new URL(url)))
  if (bad !== undefined)
    return wrong(
      what,
      `${name} names an insecure address for its sign-in.`,
      `Ask ${name} for https addresses in its SMART discovery.`,
    )
  const { origin } = new URL(token)
  if (!reachedOrigins(site).includes(origin))
    return wrong(
      what,
      `The token endpoint of ${name} is at ${origin}, which the configuration does not list. The browser would stop there.`,
      `Add "${origin}" to origins of this EHR, once ${name} has confirmed it.`,
    )
  return fine(what, `${name} names its sign-in page and token endpoint, and both are listed.`)
}

const isSecure = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname))

/** Whether somebody else who catches the code can use it: without S256 the app does not start. */
export function pkce(smart: unknown, name: string): Finding {
  const what = 'Protected sign-in (PKCE)'
  const methods = list(smart, 'code_challenge_methods_supported')
  return methods.includes('S256')
    ? fine(what, `${name} offers S256.`)
    : wrong(
        what,
        `${name} does not offer PKCE with S256${methods.length === 0 ? '' : `, only ${methods.join(', ').slice(0, 100)}`}. The app does not sign in without it.`,
        `Ask ${name} to offer S256 and to name it in code_challenge_methods_supported.`,
      )
}

/** `capabilities` that decide whether this app, a public one, can be opened from the chart. */
function abilities(smart: unknown, name: string): Finding {
  const what = 'Ways to open the app'
  const stated = list(smart, 'capabilities')
  const missing = (
    [
      ['launch-ehr', 'opening it from the chart'],
      ['launch-standalone', 'opening it by its address'],
      ['client-public', 'apps that keep no secret, as this one'],
      ['sso-openid-connect', 'saying who the user is'],
    ] as const
  ).filter(([code]) => !stated.includes(code))
  if (missing.length === 0) return fine(what, `${name} names all that this app uses.`)
  return doubtful(
    what,
    `${name} does not name ${missing.map(([code, words]) => `${code} (${words})`).join(', ')}.`,
    'Try it; where it fails, ask for it to be switched on for this client.',
  )
}

/** For a relay: whether the user's id_token can be verified, by keys on a listed server. */
export function vouching(smart: unknown, { name, issuer, origins }: Issuer): Finding {
  const what = 'Word for the user (id_token)'
  const [iss, keys] = [text(smart, 'issuer'), text(smart, 'jwks_uri')]
  if (iss === undefined || keys === undefined || !URL.canParse(keys))
    return wrong(
      what,
      `${name} does not say who vouches for its users (issuer and jwks_uri).`,
      `Ask ${name} for OpenID Connect. Without it the relay passes nothing on for its users.`,
    )
  const listed = [issuer.replace(/\/\*$/, ''), ...origins].map((url) => new URL(url).origin)
  const { origin } = new URL(keys)
  return listed.includes(origin)
    ? fine(what, `${name} names its keys, on a listed server.`)
    : wrong(
        what,
        `The keys of ${name} are at ${origin}, which the configuration does not list. The relay does not fetch them.`,
        `Add "${origin}" to origins of this EHR, once ${name} has confirmed it.`,
      )
}
