import { createHash, timingSafeEqual } from 'node:crypto'
import * as v from 'valibot'
import { findIssuer, type Site } from '../../src/domain/site'
import { type Identity, NotVouched } from './id-token'

const header = v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{1,100}$/, 'Expected the name of a header.'))

/** For EHRs that send no id_token: the site's own reverse proxy signs people in, and names them in a header that it alone can set. */
export const proxySignInSchema = v.strictObject({
  /** Whom the proxy signed in. */
  userHeader: header,
  /** Carries the secret, by which the relay knows the proxy. */
  secretHeader: header,
  /** A file with the secret, at least 32 characters. */
  secret: v.pipe(v.string(), v.minLength(1)),
})

type ProxySignIn = v.InferOutput<typeof proxySignInSchema>

/** Who called, as the proxy vouches for. Throws `NotVouched`. `header`: of the request; `fhirBase`: the EHR that the app was opened at. */
export type ProxyCheck = (header: (name: string) => string | undefined, fhirBase: string) => Identity

const digest = (value: string): Buffer => createHash('sha256').update(value).digest()

/** Throws a sentence where the secret could be guessed. `read`: the text of a file that the configuration names. */
export function proxyCheck(
  site: Pick<Site, 'issuers'>,
  config: ProxySignIn,
  read: (file: string) => string,
): ProxyCheck {
  const secret = read(config.secret).trim()
  if (secret.length < 32) throw new Error(`${config.secret} cannot be used. Expected at least 32 characters.`)
  return (header, fhirBase) => {
    const base = fhirBase.replace(/\/+$/, '')
    if (findIssuer(site.issuers, base) === undefined) throw new NotVouched('This EHR is not set up here.')
    // Digests have one length, whatever was sent.
    if (!timingSafeEqual(digest(header(config.secretHeader) ?? ''), digest(secret)))
      throw new NotVouched('This site’s sign-in did not vouch for the call.')
    const user = header(config.userHeader)?.trim() ?? ''
    if (user === '' || user.length > 200) throw new NotVouched('This site’s sign-in does not say who it is.')
    return { fhirBase: base, issuer: 'proxy', subject: user, audits: false }
  }
}
