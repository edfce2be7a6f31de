import type { Payer } from '../domain/payer-directory'
import type { Clock } from '../domain/ports'
import { fail, ok, type Result } from '../domain/result'
import { createHttp, type Http } from './http'
import { type Endpoints, refresh, revoke, type Tokens } from './payer-oauth'

interface Frame {
  readonly payer: Payer
  readonly clock: Clock
  readonly timeoutMs: number
  /** The session's time is over, and the payer lets nobody renew it. */
  readonly onEnd: () => void
}

/** The user's session at one payer. The tokens stay in here, in memory. */
export interface PayerSession {
  isHeld(): boolean
  /** Epoch milliseconds; absent where the session can be renewed, or the payer did not say. */
  until(): number | undefined
  hold(endpoints: Endpoints, tokens: Tokens): void
  /** Forgets the tokens, and has the payer revoke them where it can. */
  drop(): void
  /** This payer's http with this payer's own token. Fails `expired` where there is none in time; then nothing is sent. */
  readonly http: Http
}

/** Renew this long before the token ends. */
const RENEW_BEFORE_MS = 30_000
/** No browser waits longer than 2^31 ms: a session that long is looked at again. */
const LONGEST_WAIT_MS = 86_400_000

export function createPayerSession({ payer, clock, timeoutMs, onEnd }: Frame): PayerSession {
  let held: { readonly endpoints: Endpoints; readonly tokens: Tokens } | undefined
  let renewing: Promise<Result<string>> | undefined
  let unschedule = (): void => undefined

  const expired = () => fail({ kind: 'expired', server: payer.name, byUser: true } as const)
  const until = (): number | undefined =>
    held?.tokens.refresh === undefined ? held?.tokens.until : undefined
  const end = () => {
    unschedule()
    held = undefined
    onEnd()
    return expired()
  }
  /** Notices the end by itself, so that the screen tells before the next request does. */
  const schedule = (): void => {
    unschedule()
    const over = until()
    if (over === undefined) return
    const left = Math.max(over - clock.now(), 0)
    unschedule = clock.after(Math.min(left, LONGEST_WAIT_MS), () =>
      over <= clock.now() ? void end() : schedule(),
    )
  }
  const hold = (endpoints: Endpoints, tokens: Tokens): void => {
    held = { endpoints, tokens }
    schedule()
  }
  const renewNow = async (): Promise<Result<string>> => {
    const before = held
    if (before?.tokens.refresh === undefined) return end()
    const renewed = await refresh(payer, before.endpoints, before.tokens.refresh, clock.now)
    // Signed out, or in anew, meanwhile: what came back belongs to nobody.
    if (held !== before) return expired()
    if (renewed.ok) {
      hold(before.endpoints, renewed.value)
      return ok(renewed.value.access)
    }
    const { problem } = renewed
    const isNo = problem.kind === 'http' && problem.status < 500 && problem.status !== 429
    return isNo || problem.kind === 'expired' ? end() : renewed
  }
  /** One at a time: a rotated refresh token works once, and a second use would end the whole session. */
  const renew = (): Promise<Result<string>> => {
    renewing ??= renewNow().finally(() => {
      renewing = undefined
    })
    return renewing
  }
  const token = async (): Promise<Result<string>> => {
    if (held === undefined) return expired()
    const { access, refresh: renewal, until: over = Number.POSITIVE_INFINITY } = held.tokens
    const early = renewal === undefined ? 0 : RENEW_BEFORE_MS
    return over - early > clock.now() ? ok(access) : renew()
  }
  const plain = createHttp({ name: payer.name, base: payer.fhirBase ?? '', token, timeoutMs })
  return {
    isHeld: () => held !== undefined && (until() ?? Number.POSITIVE_INFINITY) > clock.now(),
    until,
    hold,
    drop() {
      unschedule()
      if (held !== undefined) void revoke(payer, held.endpoints, held.tokens)
      held = undefined
    },
    http: {
      ...plain,
      // A 401 is an answer that nothing was done: the second try repeats no match (HRex mm-7).
      async send(request) {
        const was = held
        const first = await plain.send(request)
        if (first.ok || first.problem.kind !== 'http' || first.problem.status !== 401) return first
        // Another request may have renewed the token while this one was on its way.
        const renewed = held === was ? await renew() : await token()
        if (!renewed.ok) return renewed
        const second = await plain.send(request)
        if (second.ok || second.problem.kind !== 'http' || second.problem.status !== 401) return second
        return end()
      },
    },
  }
}
