import type { FhirJson } from '../json'
import type { Action } from './cds-response'
import { applySuggestions, type SuggestionOutcome, type SuggestionWorld } from './suggestion'

/** Made-up orders and what a payer would do to them, for the tests of suggestions. */
export const knee: FhirJson = {
  resourceType: 'ServiceRequest',
  id: 'mri',
  status: 'draft',
  intent: 'order',
  code: { coding: [{ system: 'cpt', code: '73721', display: 'MRI of the knee' }] },
  subject: { reference: 'Patient/p1' },
  occurrenceDateTime: '2026-12-01',
}
export const brace: FhirJson = {
  resourceType: 'DeviceRequest',
  id: 'brace',
  status: 'draft',
  intent: 'order',
  codeCodeableConcept: { text: 'Knee brace' },
  subject: { reference: 'Patient/p1' },
  basedOn: [{ reference: 'ServiceRequest/mri' }],
}
export const xray: FhirJson = {
  resourceType: 'ServiceRequest',
  id: 'AAA',
  status: 'draft',
  intent: 'order',
  code: { coding: [{ system: 'cpt', code: '73560', display: 'X-ray of the knee' }] },
  subject: { reference: 'https://elsewhere.example/fhir/Patient/p1' },
  occurrenceDateTime: '2026-12-01',
}

export const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`)

export const create = (resource: FhirJson, over: object = {}): Action => ({
  type: 'create',
  resource,
  ...over,
})
export const update = (resource: FhirJson): Action => ({ type: 'update', resource })
export const remove = (...targets: readonly string[]): Action => ({ type: 'delete', targets })

export function worldOf(resources: readonly FhirJson[] = [knee, brace]): SuggestionWorld {
  let count = 0
  return {
    resources,
    patientId: 'p1',
    fhirBase: 'https://ehr.example/fhir',
    newId: () => `new-${++count}`,
  }
}

export const suggestion = (key: string, actions: readonly Action[]) => ({
  key,
  label: key,
  isRecommended: false,
  actions,
})

export function apply(actions: readonly Action[], world = worldOf()): SuggestionOutcome {
  return applySuggestions({ suggestions: [suggestion('s', actions)] }, ['s'], world)
}

export function applied(outcome: SuggestionOutcome): SuggestionOutcome & { readonly kind: 'applied' } {
  if (outcome.kind !== 'applied') throw new Error(`not applied: ${JSON.stringify(outcome)}`)
  return outcome
}

export const byId = (resources: readonly FhirJson[], id: string): FhirJson | undefined =>
  resources.find((each) => each.id === id)
