import { describe, expect, it } from 'vitest'
import type { FhirJson } from '../json'
import { grantsAuthorization } from './card-authorization'
import { actionDetails, addedRemarks } from './card-details'
import { type Action, type Card, readResponse } from './cds-response'

const create = (resource: FhirJson): Action => ({ type: 'create', resource })
const words = (resource: FhirJson) =>
  actionDetails(create(resource)).map(({ label, value }) => `${label}: ${value}`)

describe('what an action would put into the chart', () => {
  it('a task to complete a form', () => {
    const task = {
      resourceType: 'Task',
      code: { coding: [{ code: 'complete-questionnaire' }] },
      reasonCode: { text: 'Needed for prior authorization' },
      restriction: { period: { end: '2026-12-01' } },
      input: [
        { valueCanonical: 'https://x.example/Q' },
        {
          valueCodeableConcept: {
            coding: [{ code: 'prior-auth-include', display: 'Include in the request' }],
          },
        },
      ],
    }
    expect(words(task)).toEqual([
      'To do: Complete a form',
      'Reason: Needed for prior authorization',
      'Due: Until 01-Dec-2026',
      'When done: Include in the request',
    ])
    expect(words({ ...task, description: 'Ask again' })[0]).toBe('To do: Ask again')
  })

  it('a coverage record', () => {
    expect(
      words({
        resourceType: 'Coverage',
        status: 'active',
        subscriberId: '192837',
        period: { start: '2026-01-01', end: '2026-11-30' },
        payor: [{ display: 'Acme Health' }, { reference: 'Organization/1' }],
        class: [{ type: { coding: [{ code: 'group' }] }, value: 'A1' }, { name: 'Gold' }, {}],
      }),
    ).toEqual([
      'State: active',
      'Member number: 192837',
      'In force: 01-Jan-2026 to 30-Nov-2026',
      'Payer: Acme Health',
      'Plan: group A1, Gold',
    ])
  })

  it('an authorization says that its number is not valid', () => {
    expect(words({ resourceType: 'ClaimResponse', preAuthRef: 'PA-1', outcome: 'complete' })).toEqual([
      'Authorization number (not valid for a what-if): PA-1',
      'Outcome: complete',
    ])
  })

  it.each([
    ['Patient', { name: [{ family: 'Roe' }] }],
    ['constructor', {}],
    ['Task', { description: 7, input: 'x', reasonCode: [] }],
  ])('nothing of %s where nothing can be said', (resourceType, over) => {
    expect(words({ resourceType, ...over })).toEqual([])
  })
})

const order = { resourceType: 'ServiceRequest', id: '1', note: [{ text: 'Mine' }] }

describe('remarks on an order', () => {
  it('are those that the payer adds, with its name', () => {
    const note = [{ text: 'Mine' }, { text: 'No authorization required', authorString: 'Acme' }]
    const action: Action = { type: 'update', resource: { ...order, note } }
    expect(addedRemarks(action, [order])).toEqual(['No authorization required (Acme)'])
  })

  it('can be the comment of an appointment', () => {
    const resource = { resourceType: 'Appointment', id: '1', comment: 'Bring the card' }
    expect(addedRemarks({ type: 'update', resource }, [])).toEqual(['Bring the card'])
  })
})

function card(over: object): Card {
  const response = readResponse({ cards: [{ summary: 'Hello', source: { label: 'Acme' }, ...over }] }, 'Acme')
  const found = response.ok ? response.value.cards[0] : undefined
  if (found === undefined) throw new Error('not readable')
  return found
}
const suggests = (resource: object) => ({
  suggestions: [{ label: 'Keep', actions: [{ type: 'update', resource }] }],
})

describe('an authorization in a message about what was never ordered', () => {
  const guideNote =
    'Unsolicited prior authorization for Jane Smith to receive 6 tablets Cellcept 250 MG Oral Capsule BID granted. Please note prior authorization # 12345 on claim submission.'
  it.each([
    ['in the summary', { summary: 'Authorization AUTH-77 was granted' }],
    ['in the text', { detail: 'Use authorization number: Q8U119 on the claim.' }],
    ['in a remark', suggests({ ...order, note: [{ text: guideNote }] })],
    ['as a record', suggests({ resourceType: 'ClaimResponse', use: 'preauthorization' })],
  ])('is seen %s', (_where, over) => {
    expect(grantsAuthorization(card(over), [order])).toBe(true)
  })

  it.each([
    ['what is needed', { summary: 'Covered; prior authorization required' }],
    ['what is not', { summary: 'No prior authorization required', detail: 'Authorization rules of 2026' }],
    ['a year', { detail: 'New authorization 2026 rules' }],
    ['what the user wrote', suggests({ ...order, note: [{ text: 'Authorization 12345' }] })],
  ])('is not taken from %s', (_what, over) => {
    const mine = { ...order, note: [{ text: 'Authorization 12345' }] }
    expect(grantsAuthorization(card(over), [mine])).toBe(false)
  })
})
