import { createHash, randomBytes } from 'node:crypto'
import type { Caller } from '../fhir'

/** What one sign-in gave: all its tokens fall together when it is revoked. */
export interface Grant {
  readonly clientId: string
  readonly scopes: readonly string[]
  revoked: boolean
}

interface Code {
  readonly grant: Grant
  readonly redirectUri: string
  readonly challenge: string
  readonly ends: number
  used: boolean
}

const CODE_LIFETIME_MS = 60_000

const secret = (): string => randomBytes(32).toString('base64url')

/** Codes, access tokens and refresh tokens of the people who signed in; they end with the process. */
export class Grants {
  private readonly grants = new Set<Grant>()
  private readonly codes = new Map<string, Code>()
  private readonly access = new Map<string, { readonly grant: Grant; readonly ends: number }>()
  private readonly refresh = new Map<string, { readonly grant: Grant; used: boolean }>()

  constructor(private readonly now: () => Date) {}

  code(grant: Grant, redirectUri: string, challenge: string): string {
    const code = secret()
    this.grants.add(grant)
    const ends = this.now().getTime() + CODE_LIFETIME_MS
    this.codes.set(code, { grant, redirectUri, challenge, ends, used: false })
    return code
  }

  /** The grant of a code, once. A second use revokes what the first gave (RFC 6749 §4.1.2). */
  redeem(code: string, clientId: string, redirectUri: string, verifier: string): Grant | undefined {
    const entry = this.codes.get(code)
    if (entry === undefined) return undefined
    if (entry.used) entry.grant.revoked = true
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    const holds =
      !entry.used &&
      this.now().getTime() <= entry.ends &&
      entry.grant.clientId === clientId &&
      entry.redirectUri === redirectUri &&
      entry.challenge === challenge
    entry.used = true
    return holds ? entry.grant : undefined
  }

  accessToken(grant: Grant, seconds: number): string {
    const token = secret()
    this.access.set(token, { grant, ends: this.now().getTime() + seconds * 1000 })
    return token
  }

  refreshToken(grant: Grant): string {
    const token = secret()
    this.refresh.set(token, { grant, used: false })
    return token
  }

  /** A refresh token works once. One that comes back was stolen or replayed, and the whole grant ends (OAuth 2.1 §4.3.1). */
  renew(token: string, clientId: string): Grant | undefined {
    const entry = this.refresh.get(token)
    if (entry === undefined || entry.grant.clientId !== clientId) return undefined
    if (entry.used) entry.grant.revoked = true
    entry.used = true
    return entry.grant.revoked ? undefined : entry.grant
  }

  /** RFC 7009: one token ends the whole grant. */
  revoke(token: string): void {
    const grant = this.access.get(token)?.grant ?? this.refresh.get(token)?.grant
    if (grant !== undefined) grant.revoked = true
  }

  /** Who says no to an app takes back what it was given before. */
  revokeAll(clientId: string): void {
    for (const grant of this.grants) if (grant.clientId === clientId) grant.revoked = true
  }

  /** Who calls with this Authorization header; undefined where the token is unknown, over or revoked. */
  callerOf(header: string | undefined): Caller | undefined {
    const token = /^Bearer (\S+)$/i.exec(header ?? '')?.[1]
    const entry = token === undefined ? undefined : this.access.get(token)
    if (entry === undefined || entry.grant.revoked || entry.ends <= this.now().getTime()) return undefined
    return { scopes: entry.grant.scopes }
  }

  forget(): void {
    this.grants.clear()
    this.codes.clear()
    this.access.clear()
    this.refresh.clear()
  }
}
