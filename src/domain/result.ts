/** What went wrong where failure is to be expected. A bug throws; everything else is one of these. */
export type Problem =
  | { readonly kind: 'cancelled' }
  /** No answer in time. `server` is a name for people ("Acme Health", "the chart"), never a URL. */
  | { readonly kind: 'timeout'; readonly server: string; readonly afterMs: number }
  /** No answer at all: not reachable, connection dropped, or the server does not allow browsers (CORS). */
  | { readonly kind: 'network'; readonly server: string }
  /** An answer other than 2xx. `detail` is the server's own words (OperationOutcome), `retryAfterSeconds` from Retry-After. */
  | {
      readonly kind: 'http'
      readonly server: string
      readonly status: number
      readonly detail?: string
      readonly retryAfterSeconds?: number
    }
  /** We did not do it ourselves: a rule of this app or of the standard forbids it. Nothing was sent. */
  | { readonly kind: 'refused'; readonly rule: string; readonly message: string }
  /** What arrived could not be read. `path` says where in the JSON. */
  | { readonly kind: 'malformed'; readonly server: string; readonly path: string; readonly message: string }
  /** The session at that server has ended. `byUser`: the user signs in there without leaving this screen (a payer). */
  | { readonly kind: 'expired'; readonly server: string; readonly byUser?: true }

export type Result<T, P = Problem> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: P }

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value })

export const fail = <P extends Problem>(problem: P): Result<never, P> => ({ ok: false, problem })

/** For unions: a case that was forgotten does not compile. */
export function never(value: never): never {
  throw new Error(`unexpected case ${JSON.stringify(value)}`)
}
