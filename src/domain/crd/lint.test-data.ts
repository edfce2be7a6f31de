import type { FhirJson } from '../json'
import { lint } from './lint'
import { coverageInformation } from './samples.test-data'

/** A complete answer to one order, for the tests of lint. */
export type Part = readonly [string, Readonly<Record<string, unknown>>]

export const code = (name: string, valueCode: string): Part => [name, { valueCode }]
export const reason: Part = ['reason', { valueCodeableConcept: { text: 'Because' } }]
export const complete: readonly Part[] = [
  ['coverage', { valueReference: { reference: 'Coverage/1' } }],
  ['date', { valueDate: '2026-11-20' }],
  ['coverage-assertion-id', { valueString: 'A1' }],
]

export const order: FhirJson = {
  resourceType: 'ServiceRequest',
  id: '1',
  status: 'draft',
  subject: { reference: 'Patient/1' },
}

/** Rules found in a response that says this of the order, the required parts besides. */
export const rulesOf = (...parts: readonly Part[]): readonly string[] =>
  rules({
    systemActions: [
      { type: 'update', resource: { ...order, extension: [coverageInformation(...complete, ...parts)] } },
    ],
  })
export const rules = (response: unknown): readonly string[] =>
  lint(response, [order]).map((each) => each.rule)

export const covered = code('covered', 'covered')
