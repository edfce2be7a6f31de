import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeProtectedHeader, errors, importJWK, type JWK, jwtVerify } from 'jose'
import { at, type JsonObject, objectsIn, textOf } from './json'
import type { Refusal } from './refusal'
import { refuse } from './refusal'

const ALGORITHMS = ['ES384', 'RS384']
const LONGEST_SECONDS = 300

/** Keys of the CDS clients that a payer knows: `clients.json`, `{ "clients": [{ "iss", "jwks" | "jwksFile" }] }`. */
export interface KnownClient {
  readonly iss: string
  readonly keys: readonly JsonObject[]
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

function keyFor(
  token: string,
  clients: readonly KnownClient[],
): { readonly client: KnownClient; readonly key: JsonObject; readonly alg: string } | Refusal {
  let header: JsonObject
  try {
    header = { ...decodeProtectedHeader(token) }
  } catch {
    return no('it is not a signed JWT')
  }
  const alg = textOf(header.alg) ?? 'none'
  if (!ALGORITHMS.includes(alg)) return no(`alg is ${alg}; taken are ${ALGORITHMS.join(' and ')}`)
  if (header.typ !== 'JWT') return no('typ must be JWT')
  const kid = textOf(header.kid)
  if (!kid) return no('kid is missing')
  for (const client of clients) {
    const key = client.keys.find((candidate) => candidate.kid === kid)
    if (key) return { client, key, alg }
  }
  return no(`no registered client has the key ${kid}`)
}

/** Checks callers' tokens; remembers each `jti` until the process ends or it is told to forget. */
export class CallerCheck {
  private readonly used = new Set<string>()

  constructor(private readonly clients: readonly KnownClient[]) {}

  forget(): void {
    this.used.clear()
  }

  /** Verifies an Authorization header for a call to `audience`, the exact URL of the service (CRD facts A5). No header: undefined, such callers are taken in this sandbox. */
  async verify(header: string | undefined, audience: string, now: Date): Promise<Refusal | undefined> {
    if (header === undefined) return undefined
    const token = /^Bearer (\S+)$/.exec(header)?.[1]
    if (!token) return no('Authorization must be Bearer and a token')
    const found = keyFor(token, this.clients)
    if ('status' in found) return found
    try {
      const key = await importJWK(found.key as JWK, found.alg)
      const requiredClaims = ['iss', 'aud', 'exp', 'iat', 'jti']
      const { payload } = await jwtVerify(token, key, {
        algorithms: ALGORITHMS,
        audience,
        issuer: found.client.iss,
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
