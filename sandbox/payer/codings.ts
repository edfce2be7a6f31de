import { at, type JsonObject, localReference, objectsIn } from './json'
import { payloadConcepts } from './order-content'

const BILLING_OPTIONS = 'http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-billing-options'

/** The concepts that say what is ordered, booked or visited: in the resource itself, or in the Medication or Device that it refers to. */
function conceptsOf(order: JsonObject, sent: readonly JsonObject[]): readonly unknown[] {
  const references = [order.medicationReference, order.codeReference].map((reference) =>
    at(reference, 'reference'),
  )
  const things = [...objectsIn(order.contained), ...sent].filter(({ resourceType, id }) =>
    references.some(
      (reference) => reference === `#${id}` || localReference(reference) === `${resourceType}/${id}`,
    ),
  )
  return [
    order.code,
    order.codeCodeableConcept,
    order.medicationCodeableConcept,
    ...objectsIn(at(order, 'oralDiet', 'type')),
    ...objectsIn(order.supplement).map(({ type }) => type),
    at(order, 'enteralFormula', 'baseFormulaType'),
    ...objectsIn(order.lensSpecification).map((lens) => lens.product),
    ...payloadConcepts(order),
    ...objectsIn(order.serviceType),
    ...(order.resourceType === 'Encounter' ? [...objectsIn(order.type), { coding: [order.class] }] : []),
    ...things.flatMap((thing) => [thing.code, thing.type]),
  ]
}

/** The codings of what a resource is about, and the likely billing codes beside them (CRD billopt-1), for every order type, Appointment and Encounter. */
export function codingsOf(order: JsonObject, sent: readonly JsonObject[]): readonly JsonObject[] {
  const concepts = conceptsOf(order, sent)
  const extensions = [
    ...concepts.flatMap((concept) => objectsIn(at(concept, 'extension'))),
    ...objectsIn(order.extension),
  ]
  const billing = extensions.filter((extension) => extension.url === BILLING_OPTIONS)
  return [...concepts, ...billing.map((extension) => extension.valueCodeableConcept)].flatMap((concept) =>
    objectsIn(at(concept, 'coding')),
  )
}

/** Code systems by the short keys that rules use, each with the URLs it goes by. */
export type Systems = Readonly<Record<string, readonly string[]>>

/** Whether a coding is one of the keys (`system key|code`). */
export const isOneOf = (coding: JsonObject, keys: readonly string[], systems: Systems): boolean =>
  keys.some((key) => {
    const [system = '', code] = key.split('|')
    return coding.code === code && (systems[system] ?? []).some((url) => url === coding.system)
  })
