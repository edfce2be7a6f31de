import { randomBytes } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { Payer } from './payer'

const LIFETIME_SECONDS = 300

const SCOPE = /^system\/(\*|[A-Z][A-Za-z]+)\.(read|rs|r|s)$/

/** Issues and knows access tokens for the payer's FHIR API; they end with the process. */
export class TokenDesk {
  private readonly tokens = new Map<string, { readonly scopes: readonly string[]; readonly ends: number }>()

  constructor(private readonly now: () => Date) {}

  issue(scopes: readonly string[]): string {
    const token = randomBytes(24).toString('base64url')
    this.tokens.set(token, { scopes, ends: this.now().getTime() + LIFETIME_SECONDS * 1000 })
    return token
  }

  /** Scopes of the token in an Authorization header; undefined when there is none or it has ended. */
  scopesOf(header: string | undefined): readonly string[] | undefined {
    const token = /^Bearer (\S+)$/i.exec(header ?? '')?.[1]
    const known = token === undefined ? undefined : this.tokens.get(token)
    return known && known.ends > this.now().getTime() ? known.scopes : undefined
  }

  forget(): void {
    this.tokens.clear()
  }
}

/** Client id and secret by Basic authentication or in the form (RFC 6749 2.3.1). */
function credentials(c: Context, form: URLSearchParams): readonly [string, string] {
  const basic = /^Basic (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
  if (basic === undefined) return [form.get('client_id') ?? '', form.get('client_secret') ?? '']
  const [id = '', ...secret] = Buffer.from(basic, 'base64').toString('utf8').split(':')
  return [id, secret.join(':')]
}

/** `POST /oauth/token` (client_credentials) and `GET /fhir/.well-known/smart-configuration`. */
export function oauthRoutes(payer: Payer, tokens: TokenDesk, base: string): Hono {
  const routes = new Hono()

  routes.post('/oauth/token', async (c) => {
    c.header('cache-control', 'no-store')
    const form = new URLSearchParams(await c.req.text())
    const [id, secret] = credentials(c, form)
    if (!payer.oauthClients.some((client) => client.id === id && client.secret === secret))
      return c.json({ error: 'invalid_client' }, 401)
    if (form.get('grant_type') !== 'client_credentials')
      return c.json({ error: 'unsupported_grant_type' }, 400)
    const asked = (form.get('scope') ?? 'system/*.rs').split(' ').filter(Boolean)
    const granted = asked.filter((scope) => SCOPE.test(scope))
    if (granted.length === 0) return c.json({ error: 'invalid_scope' }, 400)
    return c.json({
      access_token: tokens.issue(granted),
      token_type: 'bearer',
      expires_in: LIFETIME_SECONDS,
      scope: granted.join(' '),
    })
  })

  routes.get('/fhir/.well-known/smart-configuration', (c) =>
    c.json({
      token_endpoint: `${base}/oauth/token`,
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      grant_types_supported: ['client_credentials'],
      code_challenge_methods_supported: ['S256'],
      scopes_supported: ['system/*.rs'],
      capabilities: ['client-confidential-symmetric', 'permission-v1', 'permission-v2'],
    }),
  )
  return routes
}
