import { type Scenario, validate } from '../../domain/crd/scenario'
import type { OrderValues } from './order-values'

/** A sentence, and the field that it is about. */
export interface OrderError {
  readonly fieldId: string
  readonly message: string
}

/** The field of each part of an order. */
export const FIELD_IDS = {
  orders: 'wi-pays',
  coding: 'wi-what',
  occurrence: 'wi-when',
  quantity: 'wi-quantity',
  reasons: 'wi-why',
  requester: 'wi-requester',
  performer: 'wi-performer',
  placeOfService: 'wi-place',
  location: 'wi-place',
  dosage: 'wi-dosage',
  billing: 'wi-what',
} as const

/** What keeps the form from being a question, in the order of the form: what only the form knows, then what the scenario says. */
export function orderErrors(values: OrderValues, scenario: Scenario): readonly OrderError[] {
  const errors: OrderError[] = []
  const entry = values.what[values.kind]
  if (entry.item === null && entry.text.trim() !== '')
    errors.push({
      fieldId: FIELD_IDS.coding,
      message: `“${entry.text.trim()}” is not chosen yet: choose an entry of the list, or enter a code yourself.`,
    })
  if (values.when === '') errors.push({ fieldId: FIELD_IDS.occurrence, message: 'Enter a date.' })
  for (const { field, message } of validate(scenario)) {
    const fieldId = FIELD_IDS[field]
    if (!errors.some((error) => error.fieldId === fieldId)) errors.push({ fieldId, message })
  }
  const order = Object.values(FIELD_IDS)
  return errors.sort((a, b) => order.indexOf(a.fieldId as never) - order.indexOf(b.fieldId as never))
}
