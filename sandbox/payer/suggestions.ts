import type { CrdVersion } from './hooks'
import { type JsonObject, objectsIn } from './json'
import type { Provider } from './network'
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

/** A further order for the same patient by the same requester. */
function companion(order: JsonObject, template: JsonObject, newId: NewId): JsonObject {
  const {
    subject = order.patient,
    encounter,
    requester = order.orderer ?? order.prescriber,
    insurance,
  } = order
  const authoredOn = order.authoredOn ?? order.dateTime ?? order.dateWritten
  return {
    id: newId(),
    status: 'draft',
    intent: 'order',
    ...(subject ? { subject } : {}),
    ...(encounter ? { encounter } : {}),
    ...(authoredOn ? { authoredOn } : {}),
    ...(requester ? { requester } : {}),
    ...(insurance ? { insurance } : {}),
    ...template,
  }
}

/** One suggestion of a rule, for an order. */
export function suggestion(
  rule: SuggestionRule,
  order: JsonObject,
  version: CrdVersion,
  newId: NewId,
): JsonObject {
  const actions = (): readonly JsonObject[] => {
    const { description, change } = rule
    switch (rule.how) {
      case 'update':
        return [{ type: 'update', description, resource: changed(order, change) }]
      case 'replace':
        return [
          deletion(referenceTo(order), version),
          { type: 'create', description, resource: { ...changed(order, change), id: newId() } },
        ]
      case 'add':
        return [{ type: 'create', description, resource: companion(order, change, newId) }]
    }
  }
  return { label: rule.label, uuid: newId(), actions: actions() }
}

/** Where each order type names its performer; undefined for types that name none. */
function performedBy(order: JsonObject, performer: JsonObject): JsonObject | undefined {
  switch (order.resourceType) {
    case 'ServiceRequest':
      return { performer: [performer] }
    case 'DeviceRequest':
      return { performer }
    case 'MedicationRequest':
      return { dispenseRequest: { ...Object(order.dispenseRequest), performer } }
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
