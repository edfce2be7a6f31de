import type { CodeChoice } from '../ports'
import {
  applies,
  type DraftOrder,
  type FieldError,
  isCalendarDate,
  type OrderField,
  type Party,
  type Scenario,
  sharedOrders,
} from './scenario'

/** What keeps this scenario from being asked: empty means it may be. */
export function validate(scenario: Scenario): readonly FieldError[] {
  if (scenario.orders.length === 0) return [{ field: 'orders', message: 'Describe at least one order.' }]
  if (sharedOrders(scenario).length === 0)
    return [
      {
        field: 'orders',
        message: 'Every order is marked as paid by the patient, so there is nothing to ask the payer.',
      },
    ]
  const ids = scenario.orders.map((order) => order.id)
  const errors: FieldError[] = []
  if (new Set(ids).size !== ids.length || !ids.every((id) => /^[A-Za-z0-9\-.]{1,64}$/.test(id)))
    errors.push({ field: 'orders', message: 'Each order needs an id of its own.' })
  return [...errors, ...sharedOrders(scenario).flatMap(validateOrder)]
}

function validateOrder(order: DraftOrder): readonly FieldError[] {
  const errors: FieldError[] = []
  const add = (field: OrderField, message: string) => {
    if (applies(order.kind, field)) errors.push({ orderId: order.id, field, message })
  }
  if (order.coding.length === 0 && (order.text ?? '').trim() === '')
    add('coding', 'Choose what would be ordered, or enter its code.')
  if (!order.coding.every(isCode)) add('coding', codeSentence)
  if (!order.billing.every(isCode)) add('billing', codeSentence)
  if (!order.reasons.every((reason) => reason.coding.every(isCode))) add('reasons', codeSentence)
  if (
    !order.reasons.every(
      (r) => r.coding.length > 0 || (r.text ?? '').trim() !== '' || r.reference !== undefined,
    )
  )
    add('reasons', 'Choose a reason, or remove the empty one.')
  if (order.occurrence !== undefined && !isCalendarDate(order.occurrence))
    add('occurrence', 'Enter a date that exists, as year, month and day.')
  if (order.quantity !== undefined && !(Number.isFinite(order.quantity.value) && order.quantity.value > 0))
    add('quantity', 'Enter a quantity greater than zero.')
  if (order.requester === undefined) add('requester', 'Choose who would order this.')
  else if (!isReferenceTo(order.requester.reference, ['Practitioner', 'PractitionerRole']))
    add('requester', 'Choose a practitioner from the chart as the one who orders.')
  if (order.performer !== undefined && !isParty(order.performer))
    add('performer', 'Name who would perform this.')
  if (order.location !== undefined && !isParty(order.location)) add('location', 'Name the place.')
  if (order.placeOfService !== undefined && !/^\d{1,2}$/.test(order.placeOfService.code))
    add('placeOfService', 'Choose a place of service from the list.')
  return errors
}

export const codeSentence = 'A code needs its code system (a URL or a urn:) and the code itself.'

/** Whether a code has a code system (URL or URN) and a code without stray blanks. */
export const isCode = (choice: CodeChoice): boolean =>
  /^(https?:\/\/|urn:)\S+$/.test(choice.system) && /^\S+( \S+)*$/.test(choice.code)

const isReference = (reference: string): boolean => /^[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/.test(reference)

/** Whether a text is a relative reference to one of these types. */
export const isReferenceTo = (reference: string | undefined, types: readonly string[]): boolean =>
  reference !== undefined && isReference(reference) && types.includes(reference.split('/')[0] ?? '')

/** Whether a party can be named: by a reference of the chart, else by words. */
export const isParty = (party: Party): boolean =>
  party.reference === undefined ? party.display.trim() !== '' : isReference(party.reference)
