import { describe, expect, it } from 'vitest'
import { groupCards, type MergedCard } from '../../domain/crd/card-groups'
import { readResponse } from '../../domain/crd/cds-response'
import { acceptedFeedback, canTell, canTellUse, overriddenFeedback } from './card-feedback'

const AT = '2026-11-20T15:32:00Z'
const reason = { system: 's', code: 'tried', display: 'Tried before' }
const suggestion = (label: string, uuid?: string) => ({ label, ...(uuid && { uuid }), actions: [] })

/** Cards that say the same, as one. */
function merged(...overs: readonly object[]): MergedCard {
  const cards = overs.map((over) => ({ summary: 'Try X', indicator: 'info', ...over }))
  const response = readResponse({ cards }, 'Acme')
  if (!response.ok) throw new Error('not readable')
  const groups = groupCards([{ payerId: 'acme', payerName: 'Acme', cards: response.value.cards }], [])
  const found = groups.flatMap((group) => group.cards)
  if (found.length !== 1 || found[0] === undefined) throw new Error('not one')
  return found[0]
}

describe('what a payer is told', () => {
  const two = merged(
    { uuid: 'c1', suggestions: [suggestion('A', 'a1'), suggestion('B', 'b1')], overrideReasons: [reason] },
    { uuid: 'c2', suggestions: [suggestion('A', 'a2'), suggestion('B', 'b2')] },
  )

  it('of suggestions that were used: those of each copy, by their own names', () => {
    expect(acceptedFeedback(two, ['b1'], AT)).toEqual([
      { card: 'c1', outcome: 'accepted', acceptedSuggestions: ['b1'], outcomeTimestamp: AT },
      { card: 'c2', outcome: 'accepted', acceptedSuggestions: ['b2'], outcomeTimestamp: AT },
    ])
  })

  it('of a card that was left aside: a reason only where that copy offers it, a comment only where one was typed', () => {
    expect(overriddenFeedback(two, { reason }, AT).map((each) => each.overrideReason)).toEqual([
      { reason },
      {},
    ])
    expect(overriddenFeedback(two, { comment: 'No' }, AT).map((each) => each.overrideReason)).toEqual([
      { userComment: 'No' },
      { userComment: 'No' },
    ])
  })

  it('nothing of a card without a uuid, and nothing of use where a suggestion has none', () => {
    const nameless = merged({ suggestions: [suggestion('A', 'a1')] })
    expect([canTell(nameless), canTellUse(nameless)]).toEqual([false, false])
    expect(overriddenFeedback(nameless, {}, AT)).toEqual([])
    const half = merged({ uuid: 'c1', suggestions: [suggestion('A')] })
    expect([canTell(half), canTellUse(half)]).toEqual([true, false])
    expect(canTellUse(two)).toBe(true)
  })
})
