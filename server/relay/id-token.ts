import { createRemoteJWKSet, type JWTVerifyGetKey, jwtVerify } from 'jose'
import * as v from 'valibot'
import { findIssuer, type Issuer, type Site } from '../../src/domain/site'
import { type AuditRole, hasAuditRole } from './audit-role'
import type { PayerHttp } from './payer-http'

/** Who signed in, as the EHR, or the site's own proxy, vouches for. */
export interface Identity {
  /** FHIR base of the EHR that the app was opened at. */
  readonly fhirBase: string
  /** `iss` and `sub`: unique for all EHRs. `proxy` where the proxy vouches. */
  readonly issuer: string
  readonly subject: string
  /** Absolute reference. */
  readonly fhirUser?: string
  /** National Provider Identifier. */
  readonly npi?: string
  /** May look into the whole log. */
  readonly audits: boolean
  readonly nonce?: string
}

/** Nobody vouches for this caller. The message is safe to show. */
export class NotVouched extends Error {}

const smartConfiguration = v.object({ issuer: v.string(), jwks_uri: v.string() })
const claims = v.object({
  sub: v.pipe(v.string(), v.minLength(1)),
  fhirUser: v.optional(v.string()),
  nonce: v.optional(v.string()),
})

/** SMART 2.2 "OpenID Connect": RS256 of every server; ES384 and the like of some. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'PS256']
const CLOCK_SECONDS = 60
const DAY_MS = 86_400_000

interface Keys {
  readonly at: number
  readonly issuer: string
  readonly get: JWTVerifyGetKey
}

/** Verifies id_tokens against the keys of the EHRs that the site lists; of no other EHR is anything fetched. */
export function idTokenCheck(
  site: Site,
  http: Pick<PayerHttp, 'getJson'>,
  now: () => number,
  auditRole?: AuditRole,
  npiOf: (claims: unknown) => string | undefined = () => undefined,
) {
  const known = new Map<string, Keys>()

  async function keysOf(fhirBase: string, issuer: Issuer): Promise<Keys> {
    const kept = known.get(fhirBase)
    if (kept !== undefined && now() - kept.at < DAY_MS) return kept
    const read = v.safeParse(
      smartConfiguration,
      await http.getJson(`${fhirBase}/.well-known/smart-configuration`),
    )
    if (!read.success)
      throw new NotVouched(`${issuer.name} does not say who vouches for its users (issuer and jwks_uri).`)
    const { issuer: iss, jwks_uri: uri } = read.output
    const origins = [issuer.issuer.replace(/\/\*$/, ''), ...issuer.origins].map((url) => new URL(url).origin)
    if (!URL.canParse(uri) || !origins.includes(new URL(uri).origin))
      throw new NotVouched(`The keys of ${issuer.name} lie on a server that is not listed among its origins.`)
    const keys = { at: now(), issuer: iss, get: createRemoteJWKSet(new URL(uri)) }
    known.set(fhirBase, keys)
    return keys
  }

  /** Throws `NotVouched`. */
  return async (idToken: string, fhirBase: string): Promise<Identity> => {
    const base = fhirBase.replace(/\/+$/, '')
    const issuer = findIssuer(site.issuers, base)
    if (issuer === undefined) throw new NotVouched('This EHR is not set up here.')
    const keys = await keysOf(base, issuer).catch((error: unknown) => {
      if (error instanceof NotVouched) throw error
      throw new NotVouched(`${issuer.name} could not be asked for its keys.`)
    })
    const { payload } = await jwtVerify(idToken, keys.get, {
      algorithms: ALGORITHMS,
      issuer: keys.issuer,
      audience: issuer.clientId,
      requiredClaims: ['sub', 'exp', 'iat'],
      clockTolerance: CLOCK_SECONDS,
      currentDate: new Date(now()),
    }).catch(() => {
      throw new NotVouched(`The sign-in at ${issuer.name} could not be confirmed.`)
    })
    const read = v.safeParse(claims, payload)
    if (!read.success) throw new NotVouched(`The sign-in at ${issuer.name} does not say who signed in.`)
    const { sub, fhirUser: named, nonce } = read.output
    const fhirUser = named === undefined || /^https?:/.test(named) ? named : `${base}/${named}`
    const npi = npiOf(payload)
    return {
      fhirBase: base,
      issuer: keys.issuer,
      subject: sub,
      audits: hasAuditRole(auditRole, payload, fhirUser),
      ...(fhirUser !== undefined && { fhirUser }),
      ...(npi !== undefined && { npi }),
      ...(nonce !== undefined && { nonce }),
    }
  }
}
