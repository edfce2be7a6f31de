import { describe, expect, it } from 'vitest'
import type { InvocationRecord } from '../../domain/audit'
import type { FhirJson } from '../../domain/json'
import { askedTitle } from './asked-title'

const record = (orders: readonly FhirJson[], hook = 'appointment-book'): InvocationRecord => ({
  entry: {
    version: 1,
    id: '1',
    chart: 'https://ehr.example/fhir',
    patientId: 'p1',
    payerId: 'acme',
    payerName: 'Acme Health',
    hook,
    hookInstance: 'h',
    title: 'As it was kept',
    coverage: 'Coverage/c1',
    outcome: 'answered',
    askedAt: 1,
    endedAt: 2,
    assertionIds: [],
    suggestionUuids: [],
  },
  payload: { request: {}, orders },
})
const concept = { text: 'MRI of the head', coding: [{ system: 'x', code: '1', display: 'MR' }] }
const place = { reference: 'Location/l1', display: 'Suite 4' }

describe('what a question of today was about', () => {
  it.each([
    [
      'an appointment',
      {
        resourceType: 'Appointment',
        serviceType: [concept],
        start: '2026-11-23T08:30:00-06:00',
        participant: [{ actor: { reference: 'Patient/p1', display: 'Nobody’s business' } }, { actor: place }],
      },
      'MRI of the head on 23-Nov-2026 at Suite 4',
    ],
    [
      'an appointment without a time',
      { resourceType: 'Appointment', serviceType: [concept], requestedPeriod: [{ start: '2026-11-23' }] },
      'MRI of the head on 23-Nov-2026',
    ],
    [
      'an order',
      {
        resourceType: 'ServiceRequest',
        code: { coding: concept.coding },
        occurrenceDateTime: '2026-11-23',
        locationReference: [place],
      },
      'MR on 23-Nov-2026 at Suite 4',
    ],
    ['words that are none', { resourceType: 'ServiceRequest' }, 'As it was kept'],
  ])('reads without codes: %s', (_, about, words) => {
    expect(askedTitle(record([about]))).toBe(words)
  })

  it('is a visit of which nothing but its id was sent, and the kept title where there were several', () => {
    expect(askedTitle(record([], 'encounter-start'))).toBe('The visit that has begun')
    const order: FhirJson = { resourceType: 'ServiceRequest', code: concept }
    expect(askedTitle(record([order, order]))).toBe('As it was kept')
  })
})
