import type { MergedCard } from '../../domain/crd/card-groups'
import type { CardFeedback } from '../../domain/crd/feedback'
import { keyOf, type LeftAside } from './left-aside'

/** A card without a uuid cannot be named to the payer. */
export const canTell = ({ copies }: MergedCard): boolean => copies.some(({ card }) => card.uuid !== undefined)

/** Which suggestion was used can be told only where each has a uuid. */
export const canTellUse = (merged: MergedCard): boolean =>
  canTell(merged) &&
  merged.copies.every(({ card }) => card.suggestions.every((suggestion) => suggestion.uuid !== undefined))

/**
 * What the payer is told of each copy when suggestions were used. `keys`: those of the card on screen; copies hold the same
 * suggestions in the same places, under uuids of their own.
 */
export function acceptedFeedback(
  { card: shown, copies }: MergedCard,
  keys: readonly string[],
  outcomeTimestamp: string,
): readonly CardFeedback[] {
  const places = shown.suggestions.flatMap((suggestion, place) =>
    keys.includes(suggestion.key) ? [place] : [],
  )
  return copies.flatMap(({ card }) => {
    const acceptedSuggestions = places.flatMap((place) => card.suggestions[place]?.uuid ?? [])
    return card.uuid === undefined
      ? []
      : [{ card: card.uuid, outcome: 'accepted' as const, acceptedSuggestions, outcomeTimestamp }]
  })
}

/** What the payer is told of each copy of a card that was left aside. A reason goes only with a copy that offers it. */
export const overriddenFeedback = (
  { copies }: MergedCard,
  { reason, comment }: LeftAside,
  outcomeTimestamp: string,
): readonly CardFeedback[] =>
  copies.flatMap(({ card }) => {
    if (card.uuid === undefined) return []
    const isOffered =
      reason !== undefined && card.overrideReasons.some((each) => keyOf(each) === keyOf(reason))
    const overrideReason = {
      ...(isOffered && { reason }),
      ...(comment !== undefined && { userComment: comment }),
    }
    return [{ card: card.uuid, outcome: 'overridden' as const, overrideReason, outcomeTimestamp }]
  })
