import { createHash, randomBytes } from 'node:crypto'
import type { Launch } from './launches'

/** What one authorization gave: all its tokens fall together when it is revoked. */
export interface Grant {
  readonly clientId: string
  readonly launch: Launch
  readonly scopes: readonly string[]
  /** Id of the patient in context. */
  readonly patient?: string
  readonly nonce?: string
  revoked: boolean
}

interface Code {
  readonly grant: Grant
  readonly redirectUri: string
  readonly challenge: string
  readonly expiresAt: number
  used: boolean
}

interface AccessToken {
  readonly grant: Grant
  readonly scopes: readonly string[]
  /** Epoch milliseconds. */
  readonly expiresAt: number
  /** Refused although it is not expired: the fault of that name. */
  readonly refused: boolean
}

interface RefreshToken {
  readonly grant: Grant
  used: boolean
}

/** Lifetime of an authorization code (SMART 2.2 §2.0.10.2: short, 1 minute advised). */
const CODE_LIFETIME_MS = 60_000

function secret(): string {
  return randomBytes(32).toString('base64url')
}

/** Codes and tokens. Every look-up that fails answers undefined; why is nobody's business but the log's. */
export class GrantRegistry {
  private readonly codes = new Map<string, Code>()
  private readonly accessTokens = new Map<string, AccessToken>()
  private readonly refreshTokens = new Map<string, RefreshToken>()

  constructor(private readonly now: () => number) {}

  issueCode(grant: Grant, redirectUri: string, challenge: string): string {
    const code = secret()
    this.codes.set(code, {
      grant,
      redirectUri,
      challenge,
      expiresAt: this.now() + CODE_LIFETIME_MS,
      used: false,
    })
    return code
  }

  /** The grant of a code, once. A second use revokes what the first gave (RFC 6749 §4.1.2), and so does nothing else. */
  redeemCode(code: string, clientId: string, redirectUri: string, verifier: string): Grant | undefined {
    const entry = this.codes.get(code)
    if (entry === undefined) return undefined
    if (entry.used) {
      entry.grant.revoked = true
      return undefined
    }
    entry.used = true
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    const holds =
      this.now() <= entry.expiresAt &&
      entry.grant.clientId === clientId &&
      entry.redirectUri === redirectUri &&
      entry.challenge === challenge
    return holds ? entry.grant : undefined
  }

  issueAccessToken(
    grant: Grant,
    scopes: readonly string[],
    lifetimeSeconds: number,
    refused: boolean,
  ): string {
    const token = secret()
    this.accessTokens.set(token, { grant, scopes, expiresAt: this.now() + lifetimeSeconds * 1000, refused })
    return token
  }

  issueRefreshToken(grant: Grant): string {
    const token = secret()
    this.refreshTokens.set(token, { grant, used: false })
    return token
  }

  /** Rotation: a refresh token works once. One that comes back was stolen or replayed, and the whole grant ends (OAuth 2.1 §4.3.1). */
  redeemRefreshToken(token: string, clientId: string): Grant | undefined {
    const entry = this.refreshTokens.get(token)
    if (entry === undefined || entry.grant.clientId !== clientId) return undefined
    if (entry.used) entry.grant.revoked = true
    if (entry.grant.revoked) return undefined
    entry.used = true
    return entry.grant
  }

  /** The grant behind a live access token, with the scopes of that token, for one personality's FHIR base. */
  findAccess(token: string | undefined, personality: string): AccessToken | undefined {
    const entry = this.grantOf(token)
    const live =
      entry !== undefined &&
      !entry.refused &&
      !entry.grant.revoked &&
      this.now() < entry.expiresAt &&
      entry.grant.launch.personality === personality
    return live ? entry : undefined
  }

  /** The token's entry even if it is expired or refused: faults are bound to the launch, whatever became of the token. */
  grantOf(token: string | undefined): AccessToken | undefined {
    return token === undefined ? undefined : this.accessTokens.get(token)
  }
}

/** The token in `Authorization: Bearer …`. */
export function bearer(header: string | undefined): string | undefined {
  return /^Bearer +(\S+)$/i.exec(header ?? '')?.[1]
}
