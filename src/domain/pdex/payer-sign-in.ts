/** Why a sign-in at a payer ended without a session, in words, with what to do. */
export interface SignInFailure {
  readonly title: string
  readonly next: string
  /** For the person who looks after the app; at most 300 characters. */
  readonly technical?: string
}

/** A sign-in at a payer as it stands, for people to see. Times in epoch milliseconds. */
export type PayerSignInState =
  | { readonly kind: 'out' }
  /** The payer is asked where its sign-in page is. */
  | { readonly kind: 'starting' }
  /** The user is at the payer. `blocked`: the browser opened no window. `closed`: it is gone, or cannot be seen from here. */
  | {
      readonly kind: 'waiting'
      readonly address: string
      readonly window: 'open' | 'blocked' | 'closed'
    }
  | { readonly kind: 'finishing' }
  /** `until` is absent where the payer lets the session be renewed, or did not say. */
  | { readonly kind: 'in'; readonly until?: number }
  /** There was a session, and its time is over. */
  | { readonly kind: 'ended' }
  | { readonly kind: 'failed'; readonly failure: SignInFailure }

/** Whether the app waits for the payer or for the user at the payer. */
export const isUnderWay = ({ kind }: PayerSignInState): boolean =>
  kind === 'starting' || kind === 'waiting' || kind === 'finishing'
