import type { OrderItem } from '../../asking/order-item'

const visit = (code: string, label: string): OrderItem => ({
  label,
  coding: [{ system: 'http://snomed.info/sct', code, display: label }],
  source: 'preset',
})

/** Common kinds of visit (US Core Encounter Type), offered before any search. */
export const VISIT_TYPES: readonly OrderItem[] = [
  visit('308335008', 'Patient encounter'),
  visit('185349003', 'Check-up'),
  visit('390906007', 'Follow-up visit'),
  visit('50849002', 'Emergency room admission'),
  visit('32485007', 'Hospital admission'),
]

/** Canonical that `$expand` is asked for. */
export const VISIT_VALUE_SET = 'http://hl7.org/fhir/us/core/ValueSet/us-core-encounter-type'
