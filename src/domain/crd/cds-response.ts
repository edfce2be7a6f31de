import type { FhirJson } from '../json'
import type { CodeChoice } from '../ports'
import type { Result } from '../result'

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

/** Reads any hook response, element by element. Fails `malformed` only where it is no JSON object at all. */
export declare function readResponse(json: unknown, server: string): Result<CdsResponse>
