import type { CrdVersion } from './hooks'
import { isObject, type JsonObject, objectsIn } from './json'
import type { Provider } from './network'
import { isOrderType } from './order-content'
import type { SuggestionRule } from './rules'

/** Makes an id that was never given before. */
export type NewId = () => string

/** `Type/id` of an order. */
export const referenceTo = (order: JsonObject): string => `${order.resourceType}/${order.id}`

/** The resource without the elements that a change sets to null. */
const withoutNulls = (resource: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(resource).filter(([, value]) => value !== null))

/** Lays the rule's change over an order; the rules speak of devices and medicines, and a ServiceRequest spells the same otherwise. */
function changed(order: JsonObject, change: JsonObject): JsonObject {
  const { codeCodeableConcept, parameter, ...rest } = change
  const details = objectsIn(parameter)
  if (order.resourceType === 'ServiceRequest') {
    const orderDetail = [
      ...objectsIn(order.orderDetail),
      ...details.map((detail) => detail.valueCodeableConcept),
    ]
    const code = codeCodeableConcept ? { code: codeCodeableConcept } : {}
    return withoutNulls({ ...order, ...rest, ...code, ...(details.length > 0 ? { orderDetail } : {}) })
  }
  const { medicationReference, codeReference, ...kept } = order
  return withoutNulls({
    ...kept,
    // A concept takes the place of a reference: R4 allows only one of them.
    ...(medicationReference && !change.medicationCodeableConcept ? { medicationReference } : {}),
    ...(codeReference && !codeCodeableConcept ? { codeReference } : {}),
    ...change,
    // What is dispensed changes, how often it may be repeated does not.
    ...(isObject(change.dispenseRequest) && isObject(order.dispenseRequest)
      ? { dispenseRequest: { ...order.dispenseRequest, ...change.dispenseRequest } }
      : {}),
    ...(details.length > 0 ? { parameter: [...objectsIn(order.parameter), ...details] } : {}),
  })
}

/** A delete action: CRD 1.1 names the resource in `resource`, later versions in `resourceId`. */
const deletion = (reference: string, version: CrdVersion): JsonObject => {
  const [resourceType, id] = reference.split('/')
  const description = `Remove ${reference}`
  return version === '1.1'
    ? { type: 'delete', description, resource: { resourceType, id } }
    : { type: 'delete', description, resourceId: reference }
}

/** Who asks for whom, when, in which version: what a suggestion takes from the call where the resource does not say it. */
export interface SuggestionDesk {
  readonly version: CrdVersion
  /** Reference of the user; order-dispatch has none. */
  readonly user: string | undefined
  /** Reference of the patient. */
  readonly patient: string
  /** Today, `YYYY-MM-DD`. */
  readonly today: string
  readonly newId: NewId
}

/** The patient of an order; an Appointment has no such element. */
export const patientOf = (order: JsonObject, { patient }: SuggestionDesk): unknown =>
  order.subject ?? order.patient ?? { reference: patient }

/** A further order for the same patient by the same requester. */
function companion(order: JsonObject, template: JsonObject, desk: SuggestionDesk): JsonObject {
  const { insurance } = order
  const requester =
    order.requester ?? order.orderer ?? order.prescriber ?? (desk.user ? { reference: desk.user } : undefined)
  const encounter = order.resourceType === 'Encounter' ? { reference: referenceTo(order) } : order.encounter
  return {
    id: desk.newId(),
    status: 'draft',
    intent: 'order',
    subject: patientOf(order, desk),
    ...(encounter ? { encounter } : {}),
    authoredOn: order.authoredOn ?? order.dateTime ?? order.dateWritten ?? desk.today,
    ...(requester ? { requester } : {}),
    ...(insurance ? { insurance } : {}),
    ...template,
  }
}

/** One suggestion of a rule, for an order; undefined when it would change what is no order: the rules' changes are made of an order's elements. */
export function suggestion(
  rule: SuggestionRule,
  order: JsonObject,
  desk: SuggestionDesk,
): JsonObject | undefined {
  const { description, change } = rule
  if (rule.how !== 'add' && !isOrderType(String(order.resourceType))) return undefined
  const actions = (): readonly JsonObject[] => {
    switch (rule.how) {
      case 'update':
        return [{ type: 'update', description, resource: changed(order, change) }]
      case 'replace':
        return [
          deletion(referenceTo(order), desk.version),
          { type: 'create', description, resource: { ...changed(order, change), id: desk.newId() } },
        ]
      case 'add':
        return [{ type: 'create', description, resource: companion(order, change, desk) }]
    }
  }
  return { label: rule.label, uuid: desk.newId(), actions: actions() }
}

/** Where each order type names its performer; undefined for types that name none. */
function performedBy(order: JsonObject, performer: JsonObject): JsonObject | undefined {
  switch (order.resourceType) {
    case 'ServiceRequest':
      return { performer: [performer] }
    case 'DeviceRequest':
      return { performer }
    case 'MedicationRequest':
      return {
        dispenseRequest: { ...(isObject(order.dispenseRequest) ? order.dispenseRequest : {}), performer },
      }
    default:
      return undefined
  }
}

/** A suggestion to name another performer on the order; undefined where the order cannot name one. The reference is logical: the payer does not know the chart's ids. */
export function performerSuggestion(order: JsonObject, to: Provider, newId: NewId): JsonObject | undefined {
  const change = performedBy(order, { identifier: to.identifier, display: to.name })
  if (!change) return undefined
  const description = `Name ${to.name} as the performer`
  return {
    label: to.name,
    uuid: newId(),
    actions: [{ type: 'update', description, resource: { ...order, ...change } }],
  }
}
