import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  createRemoteJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  importJWK,
  type JWK,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose'
import { at, type JsonObject, objectsIn, textOf } from './json'
import type { Refusal } from './refusal'
import { refuse } from './refusal'

const ALGORITHMS = ['ES384', 'RS384']
const LONGEST_SECONDS = 300

/** Keys of the CDS clients that a payer knows: `clients.json`, `{ "clients": [{ "iss", "jwks" | "jwksFile" }] }`. */
export interface KnownClient {
  readonly iss: string
  readonly keys: readonly JsonObject[]
  /** Where it publishes its keys, for one whose keys change. */
  readonly jwksUrl?: string
}

/** A site that signs, as the command line names it: `iss=jwksUrl`. Throws a sentence. */
export function clientFrom(text: string): KnownClient {
  const [iss = '', jwksUrl = ''] = text.split('=')
  if (iss === '' || !URL.canParse(jwksUrl))
    throw new Error(`--client wants iss=address of its keys, not ${text}`)
  return { iss, keys: [], jwksUrl }
}

/** Reads the clients of a payer's folder; a `jwksFile` is relative to it. */
export function loadClients(folder: string): readonly KnownClient[] {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'))
  return objectsIn(at(read('clients.json'), 'clients')).map((client) => {
    const file = textOf(client.jwksFile)
    return { iss: textOf(client.iss) ?? '', keys: objectsIn(at(file ? read(file) : client.jwks, 'keys')) }
  })
}

const no = (text: string): Refusal => refuse(401, 'security', `the JWT was refused: ${text}`)

/** Verifies a token's signature and claims by the key of the client that signed it. */
interface Known {
  readonly iss: string
  readonly verify: (options: JWTVerifyOptions) => ReturnType<typeof jwtVerify>
}

function knownFor(
  token: string,
  clients: readonly KnownClient[],
  keySet: (url: string) => ReturnType<typeof createRemoteJWKSet>,
): Known | Refusal {
  let header: JsonObject
  let issuer: string | undefined
  try {
    header = { ...decodeProtectedHeader(token) }
    issuer = decodeJwt(token).iss
  } catch {
    return no('it is not a signed JWT')
  }
  const alg = textOf(header.alg) ?? 'none'
  if (!ALGORITHMS.includes(alg)) return no(`alg is ${alg}; taken are ${ALGORITHMS.join(' and ')}`)
  if (header.typ !== 'JWT') return no('typ must be JWT')
  const kid = textOf(header.kid)
  if (!kid) return no('kid is missing')
  for (const { iss, keys, jwksUrl } of clients) {
    const key = keys.find((candidate) => candidate.kid === kid)
    if (key)
      return { iss, verify: async (options) => jwtVerify(token, await importJWK(key as JWK, alg), options) }
    if (jwksUrl !== undefined && iss === issuer)
      return { iss, verify: (options) => jwtVerify(token, keySet(jwksUrl), options) }
  }
  return no(`no registered client has the key ${kid}`)
}

/** Checks callers' tokens; remembers each `jti` until the process ends or it is told to forget. */
export class CallerCheck {
  private readonly used = new Set<string>()
  private readonly keySets = new Map<string, ReturnType<typeof createRemoteJWKSet>>()

  /** `signing`: sites that have a server which signs. Where there is one, no browser is let in without. */
  constructor(
    private readonly clients: readonly KnownClient[],
    private readonly signing: readonly KnownClient[] = [],
  ) {}

  forget(): void {
    this.used.clear()
  }

  private readonly keySet = (url: string): ReturnType<typeof createRemoteJWKSet> => {
    const known = this.keySets.get(url) ?? createRemoteJWKSet(new URL(url))
    this.keySets.set(url, known)
    return known
  }

  /**
   * Verifies an Authorization header for a call to `audience`, the exact URL of the service (CRD facts A5). No header: undefined, such
   * callers are taken in this sandbox, but for a browser (it names its `origin`) where its site could sign.
   */
  async verify(
    header: string | undefined,
    audience: string,
    now: Date,
    origin?: string,
  ): Promise<Refusal | undefined> {
    if (header === undefined)
      return origin !== undefined && this.signing.length > 0
        ? refuse(401, 'security', 'a browser is not let in: its site has a server that signs')
        : undefined
    const token = /^Bearer (\S+)$/.exec(header)?.[1]
    if (!token) return no('Authorization must be Bearer and a token')
    const found = knownFor(token, [...this.clients, ...this.signing], this.keySet)
    if ('status' in found) return found
    try {
      const requiredClaims = ['iss', 'aud', 'exp', 'iat', 'jti']
      const { payload } = await found.verify({
        algorithms: ALGORITHMS,
        audience,
        issuer: found.iss,
        requiredClaims,
        currentDate: now,
      })
      if (Array.isArray(payload.aud) && payload.aud.length !== 1) return no('aud must be this service alone')
      if ((payload.exp ?? 0) - (payload.iat ?? 0) > LONGEST_SECONDS)
        return no('exp is more than five minutes after iat')
      if ((payload.iat ?? 0) * 1000 > now.getTime() + 60_000) return no('iat is in the future')
      const use = `${payload.iss} ${payload.jti}`
      if (this.used.has(use)) return no('jti was used before')
      this.used.add(use)
      return undefined
    } catch (error) {
      return no(error instanceof errors.JOSEError ? error.message : 'its key cannot be read')
    }
  }
}
