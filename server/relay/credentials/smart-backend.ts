import { randomUUID } from 'node:crypto'
import { text } from '../../../src/domain/json'
import { NoAnswer, type PayerHttp } from '../payer-http'
import type { SigningKeys } from '../signing-keys'
import { accessTokens, requestToken } from './access-tokens'
import type { Credential } from './credential'
import type { ConfigOf } from './credential-config'

export const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

interface World {
  /** Where the payer's `.well-known` lies below. */
  readonly base: string
  readonly keys: SigningKeys
  readonly http: PayerHttp
  readonly now: () => number
}

/** SMART 2.2 "Backend Services": one access token for the whole site, for an assertion that this site signs (private_key_jwt). */
export function smartBackend(own: ConfigOf<'smart-backend'>, { base, keys, http, now }: World): Credential {
  const fetchToken = async () => {
    const url = own.tokenUrl ?? (await discover(http, base))
    const assertion = await keys.sign(
      { iss: own.clientId, sub: own.clientId, aud: url, jti: randomUUID() },
      now(),
    )
    return requestToken(
      http,
      url,
      {
        grant_type: 'client_credentials',
        scope: own.scope,
        client_assertion_type: JWT_BEARER,
        client_assertion: assertion,
      },
      now,
    )
  }
  return accessTokens(fetchToken, () => '', now)
}

/** The payer's own host, or none: what its discovery says must not lead this site's assertions elsewhere. */
async function discover(http: PayerHttp, base: string): Promise<string> {
  const json = await http.getJson(`${base}/.well-known/smart-configuration`).catch(() => undefined)
  const url = text(json, 'token_endpoint')
  if (url === undefined || !URL.canParse(url))
    throw new NoAnswer('credential', 'its SMART discovery names no token endpoint')
  const { origin, username, password } = new URL(url)
  if (origin !== new URL(base).origin || username !== '' || password !== '')
    throw new NoAnswer(
      'credential',
      'its SMART discovery names a token endpoint on another host, which tokenUrl has to name',
    )
  return url
}
