import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'

/** The EHR's signing key, made anew at every start. RS256, as SMART 2.2 §4 wants of every server. */
export interface SigningKey {
  readonly privateKey: CryptoKey
  readonly jwk: JWK
}

const KEY_ID = 'sandbox-ehr-1'

export async function createSigningKey(): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair('RS256')
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid: KEY_ID, alg: 'RS256', use: 'sig' } }
}

export interface IdClaims {
  readonly issuer: string
  readonly audience: string
  readonly subject: string
  readonly name: string
  /** Absolute URL of the user's resource; left out where the launch says so. */
  readonly fhirUser?: string
  readonly nonce?: string
  /** Epoch seconds. */
  readonly issuedAt: number
  readonly expiresAt: number
}

/** A signed OpenID Connect id_token. */
export function signIdToken(key: SigningKey, claims: IdClaims): Promise<string> {
  const extra = {
    name: claims.name,
    ...(claims.fhirUser === undefined ? {} : { fhirUser: claims.fhirUser }),
    ...(claims.nonce === undefined ? {} : { nonce: claims.nonce }),
  }
  return new SignJWT(extra)
    .setProtectedHeader({ alg: 'RS256', kid: KEY_ID, typ: 'JWT' })
    .setIssuer(claims.issuer)
    .setAudience(claims.audience)
    .setSubject(claims.subject)
    .setIssuedAt(claims.issuedAt)
    .setExpirationTime(claims.expiresAt)
    .sign(key.privateKey)
}
