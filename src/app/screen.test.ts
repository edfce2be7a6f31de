import { describe, expect, it } from 'vitest'
import type { Session } from '../domain/session'
import { doorOf, firstScreen } from './screen'

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
    ['the app menu', undefined, 'absent', 'menu', 'what-if'],
    ['the app menu with an intent', 'member-history', 'absent', 'menu', 'member-history'],
    ['an intent nobody knows', 'order-tea', 'absent', 'menu', 'what-if'],
    ['the front desk', 'front-desk', 'absent', 'front-desk', 'what-if'],
    ['a card', undefined, 'ours', 'card', 'member-history'],
    ['a card, whatever the intent', 'what-if', 'ours', 'card', 'member-history'],
    ['a card that cannot be read', undefined, 'other', 'unreadable-card', 'what-if'],
  ] as const)('from %s', (_, intent, appContext, door, screen) => {
    const through = doorOf(session(intent), appContext)
    expect(through.kind).toBe(door)
    expect(firstScreen(session(intent), through)).toBe(screen)
  })
})
