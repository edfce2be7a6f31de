import { describe, expect, it } from 'vitest'
import type { Session } from '../domain/session'
import { doorOf, firstScreen, screensFor } from './screen'

const session = (intent?: string): Session => ({
  key: 'k',
  ehrName: 'EHR',
  fhirBase: 'https://ehr.example/fhir',
  patientId: '1',
  scopes: [],
  fhirContext: [],
  needPatientBanner: true,
  ...(intent !== undefined && { intent }),
})

describe('the first screen', () => {
  it.each([
    ['the app menu', undefined, 'absent', false, 'menu', 'what-if'],
    ['the app menu with an intent', 'member-history', 'absent', false, 'menu', 'member-history'],
    ['an intent nobody knows', 'order-tea', 'absent', false, 'menu', 'what-if'],
    ['the front desk', 'front-desk', 'absent', false, 'front-desk', 'front-desk'],
    ['the app menu by somebody at the desk', undefined, 'absent', true, 'front-desk', 'front-desk'],
    ['an intent, whoever it is', 'member-history', 'absent', true, 'menu', 'member-history'],
    ['a card', undefined, 'ours', true, 'card', 'member-history'],
    ['a card, whatever the intent', 'what-if', 'ours', false, 'card', 'member-history'],
    ['a card that cannot be read', undefined, 'other', false, 'unreadable-card', 'what-if'],
  ] as const)('from %s', (_, intent, appContext, isAtTheDesk, door, screen) => {
    const through = doorOf(session(intent), appContext, isAtTheDesk)
    expect(through.kind).toBe(door)
    expect(firstScreen(session(intent), through)).toBe(screen)
  })
})

describe('the tabs', () => {
  const desk = { frontDesk: { roles: [], services: [] } }

  it('begin with the front desk through its door, and show no history there', () => {
    expect(screensFor({ kind: 'front-desk' }, {})).toEqual(['front-desk', 'what-if', 'earlier'])
  })

  it('have the front desk last for others, where the site has one', () => {
    expect(screensFor({ kind: 'menu' }, desk)).toEqual(['what-if', 'earlier', 'member-history', 'front-desk'])
    expect(screensFor({ kind: 'menu' }, {})).not.toContain('front-desk')
  })
})
