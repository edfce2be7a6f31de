import { at, isObject, type JsonObject, objectsIn, textOf } from './json'
import { type Refusal, refuse } from './refusal'

/** A card as feedback can speak of it. */
interface GivenCard {
  readonly service: string
  readonly suggestions: ReadonlySet<string>
  readonly reasons: ReadonlySet<string>
}

const textsAt = (list: unknown, field: string): ReadonlySet<string> =>
  new Set(objectsIn(list).flatMap((item) => textOf(item[field]) ?? []))

/** The cards that were given since the start: feedback is about one of them or about nothing. */
export class GivenCards {
  private readonly cards = new Map<string, GivenCard>()

  remember(service: string, cards: readonly JsonObject[]): void {
    for (const card of cards) {
      const uuid = textOf(card.uuid)
      if (uuid)
        this.cards.set(uuid, {
          service,
          suggestions: textsAt(card.suggestions, 'uuid'),
          reasons: textsAt(card.overrideReasons, 'code'),
        })
    }
  }

  find(service: string, uuid: string): GivenCard | undefined {
    const card = this.cards.get(uuid)
    return card?.service === service ? card : undefined
  }

  forget(): void {
    this.cards.clear()
  }
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/

function checkOne(item: JsonObject, service: string, given: GivenCards): Refusal | undefined {
  const { card: uuid, outcome, acceptedSuggestions, overrideReason, outcomeTimestamp } = item
  const card = given.find(service, textOf(uuid) ?? '')
  if (!card) return refuse(404, 'not-found', `${service} gave no card ${String(uuid)}`)
  if (outcome !== 'accepted' && outcome !== 'overridden')
    return refuse(400, 'value', 'outcome must be accepted or overridden')
  if (!INSTANT.test(textOf(outcomeTimestamp) ?? ''))
    return refuse(400, 'value', 'outcomeTimestamp must be an ISO instant')
  if (acceptedSuggestions !== undefined) {
    const ids = objectsIn(acceptedSuggestions).map(({ id }) => String(id))
    if (outcome !== 'accepted' || ids.length === 0 || !ids.every((id) => card.suggestions.has(id)))
      return refuse(400, 'value', 'acceptedSuggestions must be suggestions of the accepted card')
  }
  if (overrideReason === undefined) return undefined
  if (outcome !== 'overridden' || !isObject(overrideReason))
    return refuse(400, 'structure', 'overrideReason belongs to an overridden card')
  const reason = at(overrideReason, 'reason')
  return reason === undefined || card.reasons.has(textOf(at(reason, 'code')) ?? '')
    ? undefined
    : refuse(400, 'value', 'overrideReason.reason must be one that the card offered')
}

/** Checks the body of a feedback call as a strict payer would (CDS Hooks 2.0, Feedback): 404 for a card that was never given by this service. */
export function checkFeedback(body: unknown, service: string, given: GivenCards): Refusal | undefined {
  const items = objectsIn(at(body, 'feedback'))
  if (items.length === 0) return refuse(400, 'required', 'feedback must be a list with at least one entry')
  return items.map((item) => checkOne(item, service, given)).find((refusal) => refusal !== undefined)
}
