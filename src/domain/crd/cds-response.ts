import { type FhirJson, isObject, type JsonObject, list } from '../json'
import type { CodeChoice } from '../ports'
import { fail, ok, type Result } from '../result'
import { readAction, readEach } from './action'
import { readCard, uniqueKeys } from './card'

/** How loud a card is. CDS Hooks 1.0 `hard-stop` reads as critical. */
export type Indicator = 'critical' | 'warning' | 'info'

export interface CardSource {
  readonly label: string
  /** Only where it is safe to open. */
  readonly url?: string
  /** What kind of card, e.g. `cost` (CRD cardType). Match on the code, the system varies between versions. */
  readonly topic?: CodeChoice
}

/** A link on a card. `href` is there only where it is safe to open: https, or http to this machine. */
export interface CardLink {
  readonly label: string
  readonly kind: 'absolute' | 'smart'
  /** As the payer gave it, for showing as text. */
  readonly given: string
  readonly href?: string
  readonly host?: string
  readonly appContext?: string
}

/** A change that the payer proposes. It is never applied to the chart. */
export type Action =
  | {
      readonly type: 'create'
      readonly resource: FhirJson
      readonly description?: string
      readonly ifNoneExist?: string
    }
  | { readonly type: 'update'; readonly resource: FhirJson; readonly description?: string }
  /** `targets`: references such as `ServiceRequest/1`. */
  | { readonly type: 'delete'; readonly targets: readonly string[]; readonly description?: string }

export interface Suggestion {
  /** Unique among the suggestions of its card: the uuid, else its position. */
  readonly key: string
  readonly uuid?: string
  readonly label: string
  readonly isRecommended: boolean
  readonly actions: readonly Action[]
}

export interface Card {
  /** Unique in its response: the uuid, else its position. */
  readonly key: string
  readonly uuid?: string
  readonly summary: string
  readonly indicator: Indicator
  /** GitHub-flavoured Markdown as the payer wrote it: not to be trusted. */
  readonly detail?: string
  readonly source: CardSource
  readonly suggestions: readonly Suggestion[]
  readonly selectionBehavior?: 'at-most-one' | 'any'
  readonly links: readonly CardLink[]
  readonly overrideReasons: readonly CodeChoice[]
  /** The orders it is about, as references (`davinci-crd.associated-resource`). */
  readonly about: readonly string[]
}

/** Something in a response that could not be read: shown, never dropped in silence (U6). */
export interface Unreadable {
  /** Where in the response, e.g. `cards[2]`. No content of the response. */
  readonly path: string
  readonly reason: string
}

export interface CdsResponse {
  /** Sorted critical, warning, info; within that in the payer's order. */
  readonly cards: readonly Card[]
  readonly systemActions: readonly Action[]
  readonly unreadable: readonly Unreadable[]
}

/** More than these are told, not shown. */
const mostCards = 200
const mostActions = 500

/** Reads any hook response, element by element. Fails `malformed` only where it is no JSON object at all. */
export function readResponse(json: unknown, server: string): Result<CdsResponse> {
  if (!isObject(json))
    return fail({ kind: 'malformed', server, path: '', message: 'Expected a CDS Hooks response.' })
  const cards = readEach(list(json, 'cards'), 'cards', mostCards, readCard)
  const actions = readEach(list(json, 'systemActions'), 'systemActions', mostActions, readAction)
  // Before CDS Hooks 2.0, system actions travelled as an extension.
  const older = readEach(
    list(json, 'extension', 'systemActions'),
    'extension.systemActions',
    mostActions,
    readAction,
  )
  const sorted = [...cards.found].sort((a, b) => loudness[a.card.indicator] - loudness[b.card.indicator])
  return ok({
    cards: uniqueKeys(sorted.map((read) => read.card)),
    systemActions: [...actions.found, ...older.found],
    unreadable: [
      ...misplaced(json),
      ...cards.unreadable,
      ...cards.found.flatMap((read) => read.unreadable),
      ...actions.unreadable,
      ...older.unreadable,
    ],
  })
}

const loudness: Readonly<Record<Indicator, number>> = { critical: 0, warning: 1, info: 2 }

/** Something that is there but is no list reads as empty, which would look like silence: so it is told. */
const misplaced = (json: JsonObject): readonly Unreadable[] =>
  (['cards', 'systemActions'] as const).flatMap((path) => {
    const given = json[path]
    const isThere = given !== undefined && given !== null
    return isThere && !Array.isArray(given) && !isObject(given)
      ? [{ path, reason: 'This is not a list.' }]
      : []
  })
