import { at, type FhirJson, type JsonObject, number, objects, text } from '../json'
import { detailsOf } from './order-copy-details'
import { codings, party } from './order-read'
import { type DraftOrder, isCalendarDate, orderTypes, type Party, type Reason } from './scenario'

/**
 * A draft with an order of the chart as its starting point: new id, nothing of the original changed. Undefined where it is no
 * order, or where it does not say what is ordered.
 */
export function draftFromOrder(resource: FhirJson, id: string): DraftOrder | undefined {
  const kind = orderTypes.find((each) => each === resource.resourceType)
  if (kind === undefined) return undefined
  const what = conceptOf(resource)
  const coding = codings(what)
  const referred = resource.medicationReference ?? resource.codeReference
  // The medicine or device stays a reference, and prefetch brings it; for the form it needs words.
  const named =
    referred === undefined ? undefined : (text(referred, 'display') ?? 'As in the order of the chart')
  const words = text(what, 'text') ?? named
  if (coding.length === 0 && words === undefined) return undefined
  const when = occurrenceOf(resource)
  const value = number(amountOf(resource), 'value')
  const unit = text(amountOf(resource), 'unit')
  const requester = party(resource.requester ?? resource.orderer ?? resource.prescriber)
  const performer = performerOf(resource)
  const place = codings(objects(resource, 'locationCode')[0])[0]
  const location = party(objects(resource, 'locationReference')[0])
  const dosage = text(objects(resource, 'dosageInstruction')[0], 'text')
  return {
    id,
    kind,
    coding,
    ...(words !== undefined && { text: words }),
    ...(when !== undefined && { occurrence: when }),
    ...(value !== undefined && { quantity: { value, ...(unit !== undefined && { unit }) } }),
    reasons: reasonsOf(resource),
    ...(requester && { requester }),
    ...(performer && { performer }),
    ...(place && { placeOfService: place }),
    ...(location && { location }),
    ...(dosage !== undefined && { dosage }),
    ...detailsOf(resource),
    billing: [],
    patientPays: false,
    source: resource,
  }
}

/** What is ordered, wherever its kind has it. */
const conceptOf = (resource: FhirJson): unknown =>
  [
    resource.code,
    resource.codeCodeableConcept,
    resource.medicationCodeableConcept,
    at(resource, 'oralDiet', 'type', 0),
    at(resource, 'supplement', 0, 'type'),
    at(resource, 'enteralFormula', 'baseFormulaType'),
    at(resource, 'lensSpecification', 0, 'product'),
    objects(resource, 'payload', 0, 'extension').find((each) => each.valueCodeableConcept !== undefined)
      ?.valueCodeableConcept,
  ].find((each) => each !== undefined)

/** What a copy does not take along: what makes the original itself, its state, free text, and what a payer asserted of it. */
const ofTheOriginal: ReadonlySet<string> = new Set([
  'resourceType',
  'id',
  'meta',
  'implicitRules',
  'text',
  'identifier',
  'groupIdentifier',
  'requisition',
  'doNotPerform',
  'status',
  'statusReason',
  'note',
  'patientInstruction',
  'instantiatesCanonical',
  'instantiatesUri',
  'eventHistory',
  'relevantHistory',
  'authoredOn',
  'dateTime',
  'created',
  'dateWritten',
  'subject',
  'patient',
  'insurance',
])

const coverageInformation = 'http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-coverage-information'

/** `occurrence[x]` and the like: another type of the same element replaces it. */
const choices = ['occurrence', 'quantity', 'medication', 'code', 'reported'] as const

const elementOf = (key: string): string =>
  choices.find((choice) => new RegExp(`^_?${choice}([A-Z]|$)`).test(key)) ?? key.replace(/^_/, '')

/**
 * A draft over its source: an element that the user left as it was in the copy stays as it stands in the chart, with all that
 * the form cannot hold (a period, a second performer, references); one that was changed is the form's. The source is not touched.
 */
export function keepUnchanged(
  source: FhirJson,
  order: DraftOrder,
  compose: (order: DraftOrder) => FhirJson,
): FhirJson {
  const now = compose(order)
  const copy = draftFromOrder(source, order.id)
  if (copy === undefined || copy.kind !== order.kind) return now
  const before = compose(copy)
  const isOwn = (key: string): boolean => ofTheOriginal.has(elementOf(key))
  const elements = new Set([...Object.keys(now), ...Object.keys(before)].map(elementOf))
  const changed = new Set(
    [...elements].filter(
      (element) => JSON.stringify(part(now, element)) !== JSON.stringify(part(before, element)),
    ),
  )
  const kept = Object.entries(source).filter(([key]) => !isOwn(key) && !changed.has(elementOf(key)))
  const keptElements = new Set(kept.map(([key]) => elementOf(key)))
  const composed = Object.entries(now).filter(([key]) => !keptElements.has(elementOf(key)))
  const extension = objects(source, 'extension').filter((each) => each.url !== coverageInformation)
  return {
    resourceType: now.resourceType,
    ...Object.fromEntries([...composed, ...kept].filter(([key]) => key !== 'extension')),
    ...(extension.length > 0 && { extension }),
  }
}

const part = (resource: FhirJson, element: string): readonly (readonly [string, unknown])[] =>
  Object.entries(resource).filter(([key]) => elementOf(key) === element)

const performerOf = (resource: FhirJson): Party | undefined =>
  party(
    resource.resourceType === 'ServiceRequest' ? objects(resource, 'performer')[0] : resource.performer,
  ) ?? party(at(resource, 'dispenseRequest', 'performer'))

/** The calendar date on which it happens or begins. */
function occurrenceOf(resource: FhirJson): string | undefined {
  const found =
    text(resource, 'occurrenceDateTime') ??
    text(resource, 'occurrencePeriod', 'start') ??
    text(resource, 'occurrenceTiming', 'repeat', 'boundsPeriod', 'start') ??
    text(resource, 'dispenseRequest', 'validityPeriod', 'start')
  const date = found?.slice(0, 10)
  return date !== undefined && isCalendarDate(date) ? date : undefined
}

function amountOf(resource: FhirJson): JsonObject | undefined {
  const parameter = objects(resource, 'parameter').find(
    (each) => text(each, 'code', 'text')?.toLowerCase() === 'quantity',
  )
  return [
    resource.quantityQuantity,
    parameter?.valueQuantity,
    at(resource, 'dispenseRequest', 'quantity'),
    at(resource, 'supplement', 0, 'quantity'),
    at(resource, 'enteralFormula', 'administration', 0, 'quantity'),
  ].flatMap((each) => objects(each))[0]
}

/** A code and a Condition cannot be told to belong together: each is a reason of its own. */
const reasonsOf = (resource: FhirJson): readonly Reason[] => [
  ...objects(resource, 'reasonCode').flatMap((concept): readonly Reason[] => {
    const coding = codings(concept)
    const words = text(concept, 'text')
    return coding.length === 0 && words === undefined
      ? []
      : [{ coding, ...(words !== undefined && { text: words }) }]
  }),
  ...objects(resource, 'reasonReference').flatMap((each) => {
    const reference = text(each, 'reference')
    return reference === undefined ? [] : [{ reference, coding: [] }]
  }),
]
