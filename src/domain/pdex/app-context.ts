import type { Payer, PayerIdentifier } from '../payer-directory'
import type { Problem } from '../result'

export type HookResult = 'matched' | 'no-match' | 'multiple' | 'no-data' | 'error'

/** What a payer's card handed on, checked against the launch and the site's payers. */
export interface AppContext {
  readonly payer: Payer
  readonly result: HookResult
  readonly memberIdentifier?: PayerIdentifier
  /** `Patient/id` at the payer. */
  readonly memberReference?: string
  readonly hookInstance?: string
  /** Instants, as written. */
  readonly issued?: string
  readonly expires?: string
}

/**
 * `ignored`: not ours, unreadable or too old; the app goes on from the chart, with a plain notice (U2).
 * `stop`: it names another patient or a payer that is not of this site; no request may leave.
 */
export type AppContextReading =
  | { readonly kind: 'absent' }
  | { readonly kind: 'usable'; readonly context: AppContext }
  | { readonly kind: 'ignored'; readonly problem: Problem }
  | { readonly kind: 'stop'; readonly problem: Problem }

export interface AppContextCheck {
  readonly payers: readonly Payer[]
  /** Patient of the launch. */
  readonly patientId: string
  /** Epoch milliseconds. */
  readonly now: number
}

/** `raw` as the token response carried it: object, JSON, base64, base64url or URL-encoded text, or absent (PDex facts 2.3). */
export declare function readAppContext(raw: unknown, check: AppContextCheck): AppContextReading
