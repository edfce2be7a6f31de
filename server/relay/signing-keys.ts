import { exportJWK, generateKeyPair, importJWK, type JWK, type JWTPayload, SignJWT } from 'jose'
import * as v from 'valibot'

/** What CRD recommends; payers refuse others. */
const ALGORITHMS = ['ES384', 'RS384'] as const

const keyFile = v.object({
  keys: v.pipe(
    v.array(
      v.looseObject({
        kid: v.pipe(v.string(), v.minLength(1)),
        alg: v.picklist(ALGORITHMS),
        kty: v.string(),
      }),
    ),
    v.minLength(1),
  ),
})

/** The keys that the site signs with. The first one signs; all are published, so that a payer still knows the last one (rotation). */
export interface SigningKeys {
  /** A JSON Web Token of these claims, good for less than five minutes. `now`: epoch milliseconds. */
  sign(
    claims: { readonly iss: string; readonly aud: string; readonly jti: string } & JWTPayload,
    now: number,
  ): Promise<string>
  /** Public parts, as `jwks.json` answers. */
  readonly published: { readonly keys: readonly JWK[] }
}

/** CDS Hooks: at most five minutes. Clocks differ by less than the rest. */
const LIFETIME_SECONDS = 240

/** Parts of a JWK that are nobody's business. */
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

/** Reads a key file: a JWK set of private keys, the one to sign with first. Throws a sentence that tells nothing of the keys. */
export async function readSigningKeys(json: unknown): Promise<SigningKeys> {
  const read = v.safeParse(keyFile, json)
  if (!read.success)
    throw new Error(`The signing keys are no JWK set of ${ALGORITHMS.join(' or ')} keys, each with its kid.`)
  const keys = read.output.keys as readonly (JWK & { readonly kid: string; readonly alg: string })[]
  const [first] = keys
  if (first?.d === undefined) throw new Error('The first signing key has no private part.')
  if (new Set(keys.map(({ kid }) => kid)).size < keys.length)
    throw new Error('Two signing keys have one kid.')
  const secret = await importJWK(first, first.alg)
  return {
    sign: (claims, now) =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: first.alg, kid: first.kid, typ: 'JWT' })
        .setIssuedAt(Math.floor(now / 1000))
        .setExpirationTime(Math.floor(now / 1000) + LIFETIME_SECONDS)
        .sign(secret),
    published: {
      keys: keys.map((key) => ({
        ...Object.fromEntries(Object.entries(key).filter(([name]) => !PRIVATE.includes(name))),
        use: 'sig',
      })),
    },
  }
}

/** A new key file. `kid` tells when it was made. */
export async function newSigningKeys(kid: string): Promise<{ readonly keys: readonly JWK[] }> {
  const { privateKey } = await generateKeyPair('ES384', { extractable: true })
  return { keys: [{ ...(await exportJWK(privateKey)), kid, alg: 'ES384' }] }
}
