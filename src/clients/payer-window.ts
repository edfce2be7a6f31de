import { text } from '../domain/json'

/** How the window at the payer and the app speak; `public/payer-return.js` says the same word. */
const SIGN_IN_CHANNEL = 'beforehand-payer-sign-in'

/** A window of its own at the payer: payers' sign-in pages forbid frames. */
export interface SignInWindow {
  /** The browser opened none: a pop-up blocker, or a frame that may not. */
  readonly isBlocked: boolean
  isClosed(): boolean
  /** Whether an answer came from it; where it was blocked, from a tab that the user opened in its place. */
  isSource(source: unknown): boolean
  show(address: string): void
  close(): void
}

/** What a payer's redirect brought, and whether it came straight from a window that this page opened. */
export interface Answered {
  readonly parameters: URLSearchParams
  readonly source: unknown
}

/** The browser, as far as a sign-in needs it. */
export interface Windows {
  readonly returnPage: string
  open(): SignInWindow
  /** Calls back for every redirect that comes back, also those of other tabs. Returns what ends it. */
  listen(onAnswer: (answer: Answered) => void): () => void
}

export const browserWindows: Windows = {
  get returnPage() {
    return new URL('payer-return.html', location.origin + location.pathname).href
  },
  open() {
    // A page of the app's own first: where the payer's is, only the payer can say, and a window opens within a click alone.
    const opened = window.open(this.returnPage, '_blank', 'popup,width=540,height=740')
    return {
      isBlocked: opened === null,
      isClosed: () => opened?.closed === true,
      isSource: (source) => opened === null || source === opened,
      show: (address) => void opened?.location.replace(address),
      close: () => opened?.close(),
    }
  },
  listen(onAnswer) {
    const read = (data: unknown, source: unknown): void => {
      const query = text(data, 'query')
      if (text(data, 'type') !== SIGN_IN_CHANNEL || query === undefined) return
      onAnswer({ parameters: new URLSearchParams(query), source })
    }
    const onMessage = ({ origin, data, source }: MessageEvent): void => {
      if (origin === location.origin) read(data, source)
    }
    // Where the payer's page cut the tie to its opener (Cross-Origin-Opener-Policy).
    const channel = new BroadcastChannel(SIGN_IN_CHANNEL)
    channel.onmessage = ({ data }: MessageEvent) => read(data, undefined)
    window.addEventListener('message', onMessage)
    return () => {
      channel.close()
      window.removeEventListener('message', onMessage)
    }
  },
}
