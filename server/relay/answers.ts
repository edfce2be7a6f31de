import type { Payer } from '../../src/domain/payer-directory'
import { NoAnswer, type Received } from './payer-http'

/** For the browser. */
export interface Answer {
  readonly status: number
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

/** Tells a browser what the relay says of its own, and not the payer. */
const RELAY_HEADER = 'X-Relay'

/** `not-sent`: the payer heard nothing. `not-kept`: it was asked, and its answer is kept back. */
type Said = 'not-sent' | 'not-kept' | 'timeout' | 'network' | 'unreadable'

/** Says what happened, what did not and what to do, as FHIR servers do. */
export const refusal = (
  status: number,
  words: string,
  headers: Readonly<Record<string, string>> = {},
  said: Said = 'not-sent',
): Answer => ({
  status,
  headers: { ...headers, [RELAY_HEADER]: said, 'Content-Type': 'application/fhir+json' },
  body: JSON.stringify({
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code: status === 429 ? 'throttled' : 'processing', diagnostics: words }],
  }),
})

/** What of a payer's answer goes on to the browser: status, body, and what the browser has to know of it. */
export function given(answer: Received | NoAnswer, payer: Payer, limitMs: number): Answer {
  if (answer instanceof NoAnswer)
    return refusal(
      answer.kind === 'timeout' ? 504 : 502,
      noAnswerWords(answer, payer, limitMs),
      {},
      SAID[answer.kind],
    )
  const headers: Record<string, string> = {}
  for (const name of ['content-type', 'retry-after'] as const) {
    const value = answer.headers[name]
    if (typeof value === 'string') headers[name] = value
  }
  return { status: answer.status, body: answer.body, headers }
}

const SAID: Readonly<Record<NoAnswer['kind'], Said>> = {
  timeout: 'timeout',
  network: 'network',
  refused: 'not-sent',
  credential: 'not-sent',
  redirect: 'unreadable',
  'too-large': 'unreadable',
}

function noAnswerWords({ kind, detail }: NoAnswer, { name }: Payer, limitMs: number): string {
  switch (kind) {
    case 'timeout':
      return `${name} did not answer within ${Math.round(limitMs / 1000)} seconds.`
    case 'network':
      return `${name} could not be reached, or broke off.`
    case 'refused':
      return `The address of ${name} leads into an inner network. Nothing was sent.`
    case 'redirect':
      return `${name} pointed to another address. It was not followed.`
    case 'too-large':
      return `The answer of ${name} is larger than this site takes.`
    case 'credential':
      return `${name} did not sign this site in (${detail ?? 'no reason given'}). No patient data was sent. The person who looks after this app can help.`
  }
}

/** Calls to one payer at once. Who finds no place is told to come again, so that a slow payer takes nobody else's. */
export function places(most: number) {
  const taken = new Map<string, number>()
  return async (payer: Payer, part: string, run: () => Promise<Answer>): Promise<Answer> => {
    const key = `${payer.id} ${part}`
    const busy = taken.get(key) ?? 0
    if (busy >= most)
      return refusal(
        429,
        `Too many questions to ${payer.name} are under way. Nothing was sent. Try again in a moment.`,
        { 'Retry-After': '2' },
      )
    taken.set(key, busy + 1)
    try {
      return await run()
    } finally {
      taken.set(key, (taken.get(key) ?? 1) - 1)
    }
  }
}
