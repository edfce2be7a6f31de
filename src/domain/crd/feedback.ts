import type { JsonObject } from '../json'
import type { CodeChoice } from '../ports'

/** What became of one card. Only a card with a uuid can have feedback: the payer knows it by nothing else. */
export interface CardFeedback {
  /** The card's uuid. */
  readonly card: string
  readonly outcome: 'accepted' | 'overridden'
  /** The uuids of the suggestions that were taken. */
  readonly acceptedSuggestions?: readonly string[]
  /** `reason` is one of those that the card offers. The comment is free text: the user is told that the payer reads it. */
  readonly overrideReason?: { readonly reason?: CodeChoice; readonly userComment?: string }
  /** ISO instant. */
  readonly outcomeTimestamp: string
}

/** The body of `POST {cdsBase}/cds-services/{id}/feedback` (CDS Hooks 2.0 "Feedback"). What does not belong to the outcome is left out. */
export function feedbackBody(feedback: CardFeedback): JsonObject {
  const { card, outcome, acceptedSuggestions = [], outcomeTimestamp } = feedback
  const why = outcome === 'overridden' ? overrideReason(feedback.overrideReason) : undefined
  return {
    feedback: [
      {
        card,
        outcome,
        // CDS Hooks 2.0: to be there, with at least one, where suggestions were taken; never an empty list.
        ...(outcome === 'accepted' &&
          acceptedSuggestions.length > 0 && {
            acceptedSuggestions: acceptedSuggestions.map((id) => ({ id })),
          }),
        ...(why && { overrideReason: why }),
        outcomeTimestamp,
      },
    ],
  }
}

function overrideReason(given: CardFeedback['overrideReason']): JsonObject | undefined {
  const userComment = given?.userComment?.trim() ?? ''
  const reason = given?.reason
  if (reason === undefined && userComment === '') return undefined
  return { ...(reason && { reason: { ...reason } }), ...(userComment !== '' && { userComment }) }
}
