import type { FhirJson } from '../../domain/json'
import { filling } from './filling'
import { emptyForm } from './form-values'
import type { SuggestionDesk, SuggestionUse } from './Suggestions'
import { toScenario } from './to-scenario'

const FACTS = {
  version: 1,
  patientId: 'p1',
  user: { reference: 'Practitioner/dr1', display: 'Dr. Ana Moreno' },
  reasons: [],
}

/** Where suggestions go in a test: an empty form that was asked as `orders`. */
export function deskOf(orders: readonly FhirJson[], used: SuggestionUse[] = []): SuggestionDesk {
  let ids = 0
  const values = emptyForm('2026-11-20', () => 'draft-1')
  return {
    world: {
      resources: orders,
      patientId: 'p1',
      fhirBase: 'https://ehr.example/fhir',
      newId: () => {
        ids += 1
        return `new-${ids}`
      },
    },
    scenario: toScenario(values, FACTS),
    fill: filling(values, FACTS),
    onUse: (use) => void used.push(use),
  }
}
