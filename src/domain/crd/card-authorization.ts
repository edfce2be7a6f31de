import { type FhirJson, text } from '../json'
import { addedRemarks } from './card-details'
import type { Action, Card } from './cds-response'

/** "authorization # 12345", "Authorization AUTH-77 was granted": the word, and then something that can only be the number of one. */
const numbered = /\bauthori[sz]ation\s*(?:(?:number|no\.?|id|#|:)\s*)*(?=[\w-]*\d)([\w-]{4,})/gi

/** A year is no number of an authorization. */
const year = /^(?:19|20)\d\d$/

const namesNumber = (words: string): boolean =>
  [...words.matchAll(numbered)].some(([, number = '']) => !year.test(number))

/** Whether an action would store an authorization in the chart. */
const storesAuthorization = (action: Action): boolean =>
  action.type !== 'delete' &&
  action.resource.resourceType === 'ClaimResponse' &&
  (text(action.resource, 'use') === 'preauthorization' || text(action.resource, 'preAuthRef') !== undefined)

/**
 * Whether a card hands out an authorization: in its words, in a remark on an order, or as a record to be stored (CRD 1.1
 * unsolicited and pre-emptive prior authorization). An answer to a hypothetical question has no place for one (CRD found-35).
 * `orders`: as they were sent.
 */
export function grantsAuthorization(card: Card, orders: readonly FhirJson[]): boolean {
  const actions = card.suggestions.flatMap((suggestion) => suggestion.actions)
  const remarks = actions.flatMap((action) => addedRemarks(action, orders))
  return [card.summary, card.detail ?? '', ...remarks].some(namesNumber) || actions.some(storesAuthorization)
}
