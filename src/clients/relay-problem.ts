import type { Problem } from '../domain/result'

/** What the relay is called on screen. */
export const RELAY = 'This site’s relay'

/** What is the relay's is not said of the payer. Undefined: the payer itself said it. */
export function relayProblem(
  said: string | null,
  words: string,
  payer: string,
  afterMs: number,
): Problem | undefined {
  switch (said) {
    case null:
      return undefined
    case 'not-sent':
      return { kind: 'refused', rule: 'relay', message: words }
    case 'timeout':
      return { kind: 'timeout', server: payer, afterMs }
    case 'network':
      return { kind: 'network', server: payer }
    case 'unreadable':
      return { kind: 'malformed', server: payer, path: '', message: words }
    default:
      return { kind: 'http', server: RELAY, status: 503, detail: words }
  }
}
