import { describe, expect, it } from 'vitest'
import { feedbackBody } from './feedback'

const frame = { card: '4e0a3a1e-0000-4000-8000-000000000001', outcomeTimestamp: '2026-11-21T09:00:00Z' }
const reason = { system: 'http://acme.example/reasons', code: 'tried', display: 'Tried before' }

describe('the feedback on a card', () => {
  it('names the card and the suggestions that were taken', () => {
    expect(feedbackBody({ ...frame, outcome: 'accepted', acceptedSuggestions: ['s1', 's2'] })).toEqual({
      feedback: [{ ...frame, outcome: 'accepted', acceptedSuggestions: [{ id: 's1' }, { id: 's2' }] }],
    })
  })

  it('gives the reason and the comment of one who decided otherwise', () => {
    const overrideReason = { reason, userComment: '  Ten years ago.  ' }
    expect(feedbackBody({ ...frame, outcome: 'overridden', overrideReason })).toEqual({
      feedback: [
        { ...frame, outcome: 'overridden', overrideReason: { reason, userComment: 'Ten years ago.' } },
      ],
    })
  })

  it('needs neither reason nor comment', () => {
    const body = feedbackBody({ ...frame, outcome: 'overridden', overrideReason: { userComment: ' ' } })
    expect(body).toEqual({ feedback: [{ ...frame, outcome: 'overridden' }] })
  })

  it('carries nothing of the other outcome', () => {
    const both = { acceptedSuggestions: ['s1'], overrideReason: { reason } }
    expect(JSON.stringify(feedbackBody({ ...frame, ...both, outcome: 'accepted' }))).not.toContain('tried')
    expect(JSON.stringify(feedbackBody({ ...frame, ...both, outcome: 'overridden' }))).not.toContain('s1')
    const none = feedbackBody({ ...frame, outcome: 'accepted', acceptedSuggestions: [] })
    expect(none).toEqual({ feedback: [{ ...frame, outcome: 'accepted' }] })
  })
})
