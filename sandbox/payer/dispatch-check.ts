import type { CrdVersion } from './hooks'
import { at, isObject, type JsonObject, localReference, objectsIn, textOf } from './json'
import { isOrderType } from './order-content'
import { type Refusal, refuse } from './refusal'

const PERFORMERS =
  /^(Practitioner|PractitionerRole|Organization|CareTeam|Patient|Device|RelatedPerson|HealthcareService|Location)\/[A-Za-z0-9\-.]{1,64}$/
const REFERENCE = /^([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}$/

/** The context of order-dispatch came in two shapes: 1.0 with one order, since CRD 2.1 1.1 with several (CRD facts A2). */
const hasSeveral = (version: CrdVersion): boolean => version === '2.1' || version === '2.2'

const orderReference = (value: unknown, where: string): Refusal | undefined => {
  const type = REFERENCE.exec(textOf(value) ?? '')?.[1]
  if (!type) return refuse(400, 'value', `${where} must be a reference such as ServiceRequest/id`)
  return isOrderType(type) ? undefined : refuse(422, 'value', `${where} is a ${type}, which is not an order`)
}

/** A Task that asks a performer to fulfil a dispatched order (CRD profile-task-dispatch). */
function checkTask(
  task: unknown,
  where: string,
  orders: readonly unknown[],
  patientId: string,
): Refusal | undefined {
  if (at(task, 'resourceType') !== 'Task') return refuse(400, 'structure', `${where} must be a Task`)
  const missing = ['id', 'status', 'intent', 'code', 'focus', 'for'].filter(
    (field) => at(task, field) === undefined,
  )
  if (missing.length > 0) return refuse(422, 'required', `${where} lacks ${missing.join(', ')}`)
  if (!objectsIn(at(task, 'code', 'coding')).some(({ code }) => code === 'fulfill'))
    return refuse(422, 'value', `${where}.code must be fulfill`)
  if (at(task, 'intent') !== 'order') return refuse(422, 'value', `${where}.intent must be order`)
  const focus = localReference(at(task, 'focus', 'reference'))
  if (!orders.includes(focus))
    return refuse(422, 'value', `${where}.focus is not one of the dispatched orders`)
  return localReference(at(task, 'for', 'reference')) === `Patient/${patientId}`
    ? undefined
    : refuse(422, 'business-rule', `${where} is for another patient than the context`)
}

function checkSeveral(context: JsonObject): Refusal | undefined {
  const { dispatchedOrders: orders, fulfillmentTasks: tasks } = context
  if (orders === undefined && context.order !== undefined)
    return refuse(
      400,
      'structure',
      'context.order is the shape of order-dispatch 1.0; send dispatchedOrders (1.1)',
    )
  if (!Array.isArray(orders) || orders.length === 0)
    return refuse(400, 'required', 'context.dispatchedOrders must list at least one order')
  if (context['fulfillment-tasks'] !== undefined)
    return refuse(400, 'structure', 'context.fulfillment-tasks is spelt fulfillmentTasks')
  for (const [index, order] of orders.entries()) {
    const wrong = orderReference(order, `context.dispatchedOrders[${index}]`)
    if (wrong) return wrong
  }
  if (tasks === undefined) return undefined
  if (!Array.isArray(tasks))
    return refuse(400, 'structure', 'context.fulfillmentTasks must be a list of Tasks')
  for (const [index, task] of tasks.entries()) {
    const wrong = checkTask(
      task,
      `context.fulfillmentTasks[${index}]`,
      orders,
      textOf(context.patientId) ?? '',
    )
    if (wrong) return wrong
  }
  return undefined
}

function checkSingle(context: JsonObject): Refusal | undefined {
  if (context.order === undefined && context.dispatchedOrders !== undefined)
    return refuse(400, 'structure', 'context.dispatchedOrders came with order-dispatch 1.1; send order (1.0)')
  const wrong = orderReference(context.order, 'context.order')
  if (wrong || context.task === undefined) return wrong
  return checkTask(context.task, 'context.task', [context.order], textOf(context.patientId) ?? '')
}

/** Checks the context of order-dispatch in the shape of the payer's CRD version. */
export function checkDispatch(context: JsonObject, version: CrdVersion): Refusal | undefined {
  if (!PERFORMERS.test(textOf(context.performer) ?? ''))
    return refuse(400, 'value', 'context.performer must be a reference such as Organization/id')
  return hasSeveral(version) ? checkSeveral(context) : checkSingle(context)
}

/** References of the orders that a checked context dispatches, of either shape. */
export function dispatchedOrders(context: unknown): readonly string[] {
  if (!isObject(context)) return []
  const several = Array.isArray(context.dispatchedOrders) ? context.dispatchedOrders : [context.order]
  return several.flatMap((order) => textOf(order) ?? [])
}
