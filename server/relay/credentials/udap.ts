import { createPrivateKey, type KeyObject, randomUUID, X509Certificate } from 'node:crypto'
import { SignJWT } from 'jose'
import type { PayerHttp } from '../payer-http'
import { accessTokens, requestToken } from './access-tokens'
import type { Caller, Credential } from './credential'
import type { ConfigOf } from './credential-config'
import { JWT_BEARER } from './smart-backend'

/** UDAP: at most five minutes. Clocks differ by less than the rest. */
const LIFETIME_SECONDS = 240

/** National Provider Identifier (HL7 UDAP Security, `subject_id`). */
const NPI = 'urn:oid:2.16.840.1.113883.4.6'

interface World {
  readonly http: PayerHttp
  readonly now: () => number
  /** The text of a file that the configuration names. */
  readonly read: (name: string) => string
}

/**
 * UDAP client credentials with the HL7 B2B extension: the assertion carries the certificate chain, and says for which organization,
 * why, and for whom by NPI. Who is named has a token of their own. Throws a sentence where certificate and key do not fit.
 */
export function udap(own: ConfigOf<'udap'>, { http, now, read }: World): Credential {
  const chain = certificates(own.certificate, read(own.certificate))
  const key = privateKey(own.key, read(own.key))
  const [leaf] = chain
  if (!leaf?.checkPrivateKey(key)) throw new Error(`${own.key} is not the key of ${own.certificate}.`)
  if (now() > Date.parse(leaf.validTo))
    throw new Error(`The certificate in ${own.certificate} ended on ${leaf.validTo}.`)
  const alg = algorithm(own.key, key)
  const x5c = chain.map(({ raw }) => raw.toString('base64'))
  const assertion = (caller: Caller): Promise<string> =>
    new SignJWT({
      iss: own.clientId,
      sub: own.clientId,
      aud: own.tokenUrl,
      jti: randomUUID(),
      extensions: { 'hl7-b2b': b2b(own, caller) },
    })
      .setProtectedHeader({ alg, x5c, typ: 'JWT' })
      .setIssuedAt(Math.floor(now() / 1000))
      .setExpirationTime(Math.floor(now() / 1000) + LIFETIME_SECONDS)
      .sign(key)
  const fetchToken = async (caller: Caller) =>
    requestToken(
      http,
      own.tokenUrl,
      {
        grant_type: 'client_credentials',
        client_assertion_type: JWT_BEARER,
        client_assertion: await assertion(caller),
        udap: '1',
        ...(own.scope !== undefined && { scope: own.scope }),
      },
      now,
    )
  return accessTokens(fetchToken, ({ npi = '' }) => npi, now)
}

const b2b = (own: ConfigOf<'udap'>, { npi }: Caller) => ({
  version: '1',
  organization_id: own.organizationId,
  ...(own.organizationName !== undefined && { organization_name: own.organizationName }),
  purpose_of_use: own.purposeOfUse,
  ...(npi !== undefined && { subject_id: `${NPI}#${npi}` }),
  ...(npi !== undefined && own.subjectRole !== undefined && { subject_role: own.subjectRole }),
})

function certificates(name: string, pem: string): readonly X509Certificate[] {
  const parts = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  try {
    const chain = parts.map((part) => new X509Certificate(part))
    if (chain.length > 0) return chain
  } catch {
    // Told below.
  }
  throw new Error(`${name} holds no certificate in PEM.`)
}

function privateKey(name: string, pem: string): KeyObject {
  try {
    return createPrivateKey(pem)
  } catch {
    throw new Error(`${name} holds no private key in PEM.`)
  }
}

/** RS256 is what every UDAP server takes; of elliptic keys the curve says which. */
function algorithm(name: string, key: KeyObject): string {
  if (key.asymmetricKeyType === 'rsa') return 'RS256'
  const curve = key.asymmetricKeyDetails?.namedCurve
  if (curve === 'prime256v1') return 'ES256'
  if (curve === 'secp384r1') return 'ES384'
  throw new Error(`${name} has to be an RSA key, or one on P-256 or P-384.`)
}
