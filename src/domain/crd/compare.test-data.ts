import type { FhirJson } from '../json'
import type { PayerAnswer } from './ask'
import { readResponse } from './cds-response'
import type { ComparedVariant, Comparison } from './compare'
import { coverageAnswers } from './coverage-answer'
import { acme, coverageInformation } from './samples.test-data'

/** Variants with what payers said of them, for the tests of comparing. */
export const order = (id: string, name: string): FhirJson => ({
  resourceType: 'ServiceRequest',
  id,
  code: { text: name },
})
export const mri = order('1', 'MRI')
export const ct = order('2', 'CT')

export type Part = readonly [string, Readonly<Record<string, unknown>>]
export const code = (name: string, valueCode: string): Part => [name, { valueCode }]
export const detail = (name: string, value: string): Part => [
  'detail',
  {
    extension: [
      { url: 'code', valueCodeableConcept: { coding: [{ code: name }] } },
      { url: 'value', valueString: value },
    ],
  },
]

export const beta = { ...acme, id: 'beta', name: 'Beta' }
export const frame = (askedAt = 0, payer = acme) => ({
  scenarioVersion: 1,
  payer,
  askedAt,
  endedAt: askedAt + 500,
})
export const timeText = (epochMs: number): string => `${epochMs} ms`

export function answered(
  said: readonly (readonly [FhirJson, readonly Part[]])[],
  over: { readonly askedAt?: number; readonly payer?: typeof acme; readonly cards?: readonly unknown[] } = {},
): PayerAnswer {
  const response = readResponse({ cards: over.cards ?? [] }, 'Acme')
  if (!response.ok) throw new Error('not readable')
  const actions = said.map(([resource, parts]) => ({
    type: 'update' as const,
    resource: { ...resource, extension: [coverageInformation(...parts)] },
  }))
  const coverage = coverageAnswers(actions, { orders: said.map(([each]) => each), coverage: 'Coverage/1' })
  return {
    ...frame(over.askedAt, over.payer),
    kind: 'answered',
    ...response.value,
    coverage,
    otherActions: [],
  }
}

export const variant = (
  label: string,
  orders: readonly FhirJson[],
  ...answers: readonly PayerAnswer[]
): ComparedVariant => ({
  key: label,
  label,
  orders,
  answers,
})

export const cells = (comparison: Comparison, id: string, payer = 0) =>
  comparison.payers[payer]?.rows.find((row) => row.id === id)?.cells
