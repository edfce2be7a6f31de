import * as v from 'valibot'
import { NoAnswer, type PayerHttp } from '../payer-http'
import { bearer, type Caller, type Credential } from './credential'

/** `until`: epoch milliseconds. */
interface AccessToken {
  readonly value: string
  readonly until: number
}

const tokenAnswer = v.object({
  // RFC 6750: what else there may be is no Bearer token, and could break out of the header.
  access_token: v.pipe(v.string(), v.regex(/^[A-Za-z0-9\-._~+/]+=*$/)),
  token_type: v.pipe(v.string(), v.regex(/^bearer$/i)),
  expires_in: v.optional(v.pipe(v.number(), v.minValue(0))),
})

/** RFC 6749 §5.2. Of what a server says, only the code goes on: its words may quote what was sent. */
const errorAnswer = v.object({ error: v.pipe(v.string(), v.regex(/^[a-z_]{1,40}$/)) })

/** Where a server does not say how long a token lasts. */
const UNKNOWN_SECONDS = 60
/** A token is not used in its last seconds, or in the last quarter of a short life. */
const SPARE_MS = 30_000

const refused = (detail: string): NoAnswer => new NoAnswer('credential', detail)

/** Asks a token endpoint once. Throws `NoAnswer` of the kind `credential`, with words that tell nothing of token or assertion. */
export async function requestToken(
  http: PayerHttp,
  url: string,
  form: Readonly<Record<string, string>>,
  now: () => number,
): Promise<AccessToken> {
  const asked = now()
  const { status, body } = await http
    .send({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    })
    .catch((error: unknown) => {
      throw error instanceof NoAnswer ? refused(`its token endpoint: ${WORDS[error.kind]}`) : error
    })
  const json = readJson(body)
  if (status !== 200) {
    const said = v.safeParse(errorAnswer, json)
    throw refused(
      said.success ? `${said.output.error}, status ${status}` : `its token endpoint answered ${status}`,
    )
  }
  const read = v.safeParse(tokenAnswer, json)
  if (!read.success) throw refused('its token endpoint gave no Bearer token')
  const { access_token: value, expires_in: seconds = UNKNOWN_SECONDS } = read.output
  const life = seconds * 1000
  return { value, until: asked + life - Math.min(SPARE_MS, life / 4) }
}

const WORDS: Readonly<Record<NoAnswer['kind'], string>> = {
  timeout: 'no answer in time',
  network: 'not reached',
  refused: 'an address within this network',
  'too-large': 'an answer too large',
  redirect: 'a redirect, not followed',
  credential: 'refused',
}

/** Keeps access tokens until shortly before their end, in memory alone. `keyOf`: who shares one. One fetch at a time for each. */
export function accessTokens(
  fetchToken: (caller: Caller) => Promise<AccessToken>,
  keyOf: (caller: Caller) => string,
  now: () => number,
): Credential {
  const kept = new Map<string, AccessToken>()
  const underWay = new Map<string, Promise<AccessToken>>()
  const renew = (caller: Caller): Promise<AccessToken> => {
    const key = keyOf(caller)
    const known = underWay.get(key)
    if (known !== undefined) return known
    for (const [other, { until }] of kept) if (until <= now()) kept.delete(other)
    const fetching = fetchToken(caller)
      .then((token) => {
        kept.set(key, token)
        return token
      })
      .finally(() => underWay.delete(key))
    underWay.set(key, fetching)
    return fetching
  }
  return {
    async headers(_, caller) {
      const known = kept.get(keyOf(caller))
      return bearer((known !== undefined && known.until > now() ? known : await renew(caller)).value)
    },
    refused(headers, caller) {
      const key = keyOf(caller)
      const known = kept.get(key)
      // Somebody else may have renewed it meanwhile: the new one is not thrown away.
      if (known !== undefined && bearer(known.value).authorization === headers.authorization) kept.delete(key)
      return true
    },
  }
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
