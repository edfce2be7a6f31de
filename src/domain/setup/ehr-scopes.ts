import { hasRight } from '../fhir/scopes'
import { list } from '../json'
import type { Issuer } from '../site'
import { counted, doubtful, type Finding, fine, wrong } from './finding'
import { scopeOffer } from './scope-offer'

const scopesOf = (text: string): readonly string[] => text.split(/\s+/).filter((scope) => scope !== '')

/** What is configured against what the app needs, and against what the EHR says it offers. */
export function scopeFindings(issuer: Issuer, smart: unknown, isRelayed: boolean): readonly Finding[] {
  const asked = scopesOf(issuer.scopes)
  return [...needed(issuer, asked, isRelayed), offered(issuer, asked, smart)]
}

function needed({ name }: Issuer, asked: readonly string[], isRelayed: boolean): readonly Finding[] {
  const what = 'Scopes that this app needs'
  const missing = [
    ...['Patient', 'Coverage']
      .filter((type) => !hasRight(asked, type, 'r'))
      .map((type) => `patient/${type}.rs`),
    ...['openid', 'fhirUser'].filter((scope) => !asked.includes(scope)),
  ]
  if (missing.length > 0)
    return [
      wrong(
        what,
        `The configuration does not ask ${name} for ${missing.join(', ')}.`,
        `Add ${missing.join(' ')} to scopes. Patient and Coverage are in every question to a payer; openid and fhirUser say who asks${isRelayed ? ', and without them the relay passes nothing on' : ''}.`,
      ),
    ]
  return asked.some((scope) => scope === 'online_access' || scope === 'offline_access')
    ? [fine(what, 'All that this app cannot do without are asked for.')]
    : [
        doubtful(
          what,
          'online_access is not asked for: the session ends when its first token does.',
          'Add online_access, and have it granted to this client.',
        ),
      ]
}

function offered({ name }: Issuer, asked: readonly string[], smart: unknown): Finding {
  const what = 'Scopes that the EHR offers'
  const supported = list(smart, 'scopes_supported').filter((scope) => typeof scope === 'string')
  if (supported.length === 0)
    return doubtful(
      what,
      `${name} does not say which it offers.`,
      'Sign in once and look whether the chart opens; ask for what this client was registered with.',
    )
  const offers = asked.map((scope) => [scope, scopeOffer(scope, supported)] as const)
  const missing = offers.filter(([, { kind }]) => kind === 'missing').map(([scope]) => scope)
  if (missing.length > 0)
    return doubtful(
      what,
      `${name} does not name ${missing.join(', ')} among those it offers. It may refuse the sign-in, or leave them out.`,
      `Ask ${name} to grant these to this client, or take out of scopes what the site can do without.`,
    )
  const byType = offers.flatMap(([scope, offer]) => (offer.kind === 'by-type' ? [{ scope, ...offer }] : []))
  if (byType.length > 0)
    return doubtful(
      what,
      byType
        .map(({ scope, types }) => `${scope} is offered for ${counted(types.length, 'single type')} only.`)
        .join(' '),
      'Ask for these types by name if the sign-in refuses the star.',
    )
  return fine(what, `${name} offers all ${counted(asked.length, 'scope')} that are asked for.`)
}
