import { text } from '../domain/json'
import type { Payer } from '../domain/payer-directory'
import type { Result } from '../domain/result'
import { createHttp, type Http, isBelow } from './http'

const LIMIT_MS = 10_000
/** Of a question to a payer: the relay stops earlier. */
const HOOK_MS = 60_000
const MOST_BYTES = 5 * 1024 * 1024

/** Names this launch's session at the relay; its secret is in a cookie that no script can read. */
const SESSION_HEADER = 'X-Relay-Session'

const relayHttp = (relay: string): Http =>
  createHttp({ name: 'This site’s relay', base: relay, timeoutMs: LIMIT_MS })

const post = (relay: string, path: string, body: unknown) =>
  relayHttp(relay).send({
    method: 'POST',
    url: `${relay}${path}`,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })

/** The sign-in address with a nonce of the relay's: the EHR's id_token has to bring it back. Without the relay: as it was. */
export async function withNonce(relay: string, address: string): Promise<string> {
  const answer = await post(relay, '/nonce', {})
  const nonce = answer.ok ? text(answer.value.json, 'nonce') : undefined
  if (nonce === undefined) return address
  const url = new URL(address)
  url.searchParams.set('nonce', nonce)
  return url.href
}

/** Who signed in, as the EHR vouches for. `key`: the launch's own. */
export interface Vouched {
  readonly key: string
  readonly fhirBase: string
  readonly idToken: string
}

/** The session's name outlives a reload, as the launch itself does; an id_token opens only one. */
const storageName = (key: string): string => `relay ${key}`

async function signIn(relay: string, { key, fhirBase, idToken }: Vouched): Promise<Result<string>> {
  const kept = sessionStorage.getItem(storageName(key))
  if (kept !== null) return { ok: true, value: kept }
  const answer = await post(relay, '/session', { idToken, fhirBase })
  if (!answer.ok) return answer
  const session = text(answer.value.json, 'session')
  if (session === undefined)
    return {
      ok: false,
      problem: { kind: 'malformed', server: 'This site’s relay', path: 'session', message: 'Expected text.' },
    }
  sessionStorage.setItem(storageName(key), session)
  return { ok: true, value: session }
}

/**
 * Payers' services by way of the site's relay, in a session that is opened at once. A payer beside the relay is asked directly, and
 * is told nothing of the session.
 */
export function relayedHttp(relay: string, vouched: Vouched) {
  const session = signIn(relay, vouched)
  return (payer: Payer, base: string): Http => {
    const http = createHttp({ name: payer.name, base, timeoutMs: HOOK_MS, maxBytes: MOST_BYTES })
    if (!isBelow(base, relay)) return http
    return {
      ...http,
      async send(request) {
        const label = await session
        if (!label.ok) return label
        return http.send({ ...request, headers: { ...request.headers, [SESSION_HEADER]: label.value } })
      },
    }
  }
}
