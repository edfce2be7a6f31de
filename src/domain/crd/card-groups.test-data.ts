import type { FhirJson } from '../json'
import type { PayerCards } from './card-groups'
import { readResponse } from './cds-response'

/** Two orders, and what payers send about them, for the tests of card groups. */
export const orders: readonly FhirJson[] = [
  { resourceType: 'ServiceRequest', id: '1' },
  { resourceType: 'MedicationRequest', id: '2' },
]

export const json = (over: object = {}) => ({
  summary: 'Hello',
  indicator: 'info',
  source: { label: 'A' },
  ...over,
})

export function payer(name: string, ...cards: readonly unknown[]): PayerCards {
  const response = readResponse({ cards }, name)
  if (!response.ok) throw new Error('not readable')
  return { payerId: name.toLowerCase(), payerName: name, cards: response.value.cards }
}

export const about = (reference: unknown, key = 'davinci-crd.associated-resource') => ({
  extension: { [key]: [reference] },
})
export const suggests = (...actions: readonly unknown[]) => ({
  selectionBehavior: 'any',
  suggestions: [{ label: 'Do', actions }],
})
