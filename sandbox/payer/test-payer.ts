import { at, type JsonObject, objectsIn, textOf } from './json'
import type { RunningPayer } from './server'

/** What a payer answered, for tests. */
export interface Reply {
  readonly status: number
  readonly cards: readonly JsonObject[]
  readonly systemActions: readonly JsonObject[]
  /** Text of the OperationOutcome, when it refused. */
  readonly refusal: string
  readonly body: unknown
}

/** Sends a request to the service of its hook over HTTP. */
export async function send<T extends { readonly hook: string }>(
  payer: RunningPayer,
  request: T,
): Promise<Reply> {
  const response = await fetch(`${payer.url}/cds-services/${request.hook}-crd`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  })
  const body: unknown = await response.json()
  return {
    status: response.status,
    cards: objectsIn(at(body, 'cards')),
    systemActions: objectsIn(at(body, 'systemActions')),
    refusal: textOf(at(body, 'issue', 0, 'details', 'text')) ?? '',
    body,
  }
}

/** The sub-extensions of the nth answer on a system action's resource, as url -> values. */
export function said(action: JsonObject | undefined, nth = 0): Readonly<Record<string, readonly unknown[]>> {
  const parts: Record<string, unknown[]> = {}
  for (const part of objectsIn(at(action, 'resource', 'extension', nth, 'extension'))) {
    const value = Object.entries(part).find(([field]) => field.startsWith('value'))?.[1] ?? part.extension
    parts[String(part.url)] = [...(parts[String(part.url)] ?? []), value]
  }
  return parts
}

/** The card whose summary has these words. */
export const cardWith = (reply: Reply, words: RegExp): JsonObject | undefined =>
  reply.cards.find(({ summary }) => words.test(String(summary)))

/** Resources of the actions of a card's nth suggestion. */
export const offered = (card: JsonObject | undefined, nth = 0): readonly JsonObject[] =>
  objectsIn(at(objectsIn(card?.suggestions)[nth], 'actions')).map(
    ({ resource }) => (resource ?? {}) as JsonObject,
  )
