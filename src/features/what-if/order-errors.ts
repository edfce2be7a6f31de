import { validateQuestion } from '../../domain/crd/question-check'
import { applies, type Scenario } from '../../domain/crd/scenario'
import type { CodeEntry } from '../asking/CodeSearch'
import { FIELD_IDS } from './field-ids'
import { nameOf } from './form-orders'
import { describesOrders, type FormValues } from './form-values'

/** A sentence, and the field that it is about. */
export interface OrderError {
  readonly fieldId: string
  readonly message: string
}

const DISPATCH_TO = 'wi-dispatch-to'

/** What keeps the form from being a question, in the order of the form: what only the form knows, then what the scenario says. */
export function orderErrors(values: FormValues, scenario: Scenario): readonly OrderError[] {
  const errors: OrderError[] = []
  const add = (fieldId: string, message: string) => {
    if (!errors.some((error) => error.fieldId === fieldId)) errors.push({ fieldId, message })
  }
  for (const [fieldId, entry] of searched(values))
    if (entry.item === null && entry.text.trim() !== '')
      add(
        fieldId,
        `“${entry.text.trim()}” is not chosen yet: choose an entry of the list, or enter a code yourself.`,
      )
  const isDescribed = describesOrders(values)
  if (isDescribed && applies(values.kind, 'occurrence') && values.when === '')
    add(FIELD_IDS.occurrence, 'Enter a date.')
  if (values.about === 'dispatch' && scenario.orders.length + values.dispatch.existing.length === 0)
    add('wi-dispatch-orders', 'Choose what would be sent, or describe a new order.')
  for (const { field, message, orderId } of validateQuestion(scenario)) {
    const other = values.others.find((each) => each.id === orderId)
    // An order that is folded away has no field to lead to: its line does.
    if (other !== undefined) add(`wi-order-${other.id}`, `${nameOf(other)}: ${message}`)
    else if (field === 'performer' && orderId === undefined) add(DISPATCH_TO, message)
    else add(FIELD_IDS[field], message)
  }
  if (isDescribed && Object.values(scenario.orders).some(hasWrongLens))
    add(FIELD_IDS.lenses, 'Enter the strength of a lens in numbers, for example -1.25.')
  const order = Object.values(FIELD_IDS)
  return errors.sort((a, b) => order.indexOf(a.fieldId) - order.indexOf(b.fieldId))
}

/** The boxes of this question in which something is searched for. */
function searched(values: FormValues): readonly (readonly [string, CodeEntry])[] {
  const order = [FIELD_IDS.coding, values.what[values.kind]] as const
  const own = describesOrders(values) ? [order] : []
  switch (values.about) {
    case 'appointment':
      return [[FIELD_IDS.serviceType, values.appointment.what], ...own]
    case 'visit':
      return values.visit.real === '' ? [[FIELD_IDS.type, values.visit.what]] : []
    default:
      return own
  }
}

const hasWrongLens = ({ lenses }: Scenario['orders'][number]): boolean =>
  lenses?.some(({ eye: _, prism: __, ...strengths }) => Object.values(strengths).some(Number.isNaN)) === true
