import type { JsonObject } from './json'
import { objectsIn } from './json'
import type { Payer } from './payer'
import type { CardRule, SuggestionRule } from './rules'

/** Makes an id that was never given before. */
export type NewId = () => string

const TOPIC_SYSTEM = {
  '2.2': 'http://terminology.hl7.org/CodeSystem/cdshooks-card-type',
  '2.0.1': 'http://hl7.org/fhir/us/davinci-crd/CodeSystem/temp',
} as const

/** How a card says which order it is about: key and shape changed between versions (CRD facts A3). */
const associatedResource = (payer: Payer, reference: string): JsonObject =>
  payer.crd === '2.2'
    ? { 'davinci-crd.associated-resource': [{ reference }] }
    : { 'davinci-associated-resource': [reference] }

/** The source of a card: the payer, and the topic that configuration switches. */
const cardSource = (payer: Payer, topic: string): JsonObject => ({
  label: payer.title,
  topic: { system: TOPIC_SYSTEM[payer.crd], code: topic, display: topic.replaceAll('-', ' ') },
})

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
    return { ...order, ...rest, ...code, ...(details.length > 0 ? { orderDetail } : {}) }
  }
  const { medicationReference, codeReference, ...kept } = order
  return {
    ...kept,
    // A concept takes the place of a reference: R4 allows only one of them.
    ...(medicationReference && !change.medicationCodeableConcept ? { medicationReference } : {}),
    ...(codeReference && !codeCodeableConcept ? { codeReference } : {}),
    ...change,
    ...(details.length > 0 ? { parameter: [...objectsIn(order.parameter), ...details] } : {}),
  }
}

function suggestion(rule: SuggestionRule, order: JsonObject, newId: NewId): JsonObject {
  const reference = `${order.resourceType}/${order.id}`
  const resource = changed(order, rule.change)
  const actions =
    rule.how === 'update'
      ? [{ type: 'update', description: rule.description, resource }]
      : [
          { type: 'delete', description: `Remove ${reference}`, resourceId: reference },
          { type: 'create', description: rule.description, resource: { ...resource, id: newId() } },
        ]
  return { label: rule.label, uuid: newId(), actions }
}

/** One card about one order, complete: uuid, source with topic, associated resource. */
export function orderCard(rule: CardRule, order: JsonObject, payer: Payer, newId: NewId): JsonObject {
  const { summary, indicator, topic, detail, links, suggestions, overrideReasons } = rule
  const system = `${payer.memberSystem.replace(/\/[^/]*$/, '')}/override-reasons`
  return {
    uuid: newId(),
    summary,
    indicator,
    ...(detail ? { detail } : {}),
    source: cardSource(payer, topic),
    extension: associatedResource(payer, `${order.resourceType}/${order.id}`),
    ...(links ? { links: links.map((link) => ({ ...link, type: 'absolute' })) } : {}),
    ...(suggestions
      ? {
          selectionBehavior: rule.selectionBehavior ?? 'at-most-one',
          suggestions: suggestions.map((s) => suggestion(s, order, newId)),
        }
      : {}),
    ...(overrideReasons ? { overrideReasons: overrideReasons.map((reason) => ({ ...reason, system })) } : {}),
  }
}
