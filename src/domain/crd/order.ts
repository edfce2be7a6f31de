import type { FhirJson, JsonObject } from '../json'
import type { CodeChoice } from '../ports'
import { never } from '../result'
import {
  applies,
  type DraftOrder,
  type OrderField,
  type Party,
  placeOfServiceSystem,
  type Reason,
} from './scenario'

/** What all drafts of one question have in common. `authoredOn` is a FHIR dateTime. */
export interface OrderFrame {
  readonly patientId: string
  readonly encounterId?: string
  readonly coverageId: string
  readonly authoredOn: string
}

const billingOptions = 'http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-billing-options'

/**
 * The FHIR R4 draft of an order, with what the CRD 2.0.1 and 2.2 profiles ask for (hook-21). No `meta.profile`: which version of
 * the profiles a payer speaks is not known from here. Fields that this kind of order has no place for are left out.
 */
export function draftResource(order: DraftOrder, frame: OrderFrame): FhirJson {
  const common = {
    resourceType: order.kind,
    id: order.id,
    status: 'draft',
    intent: 'order',
    subject: { reference: `Patient/${frame.patientId}` },
    ...(frame.encounterId !== undefined && { encounter: { reference: `Encounter/${frame.encounterId}` } }),
    authoredOn: frame.authoredOn,
    ...(order.requester && { requester: reference(order.requester) }),
    ...reasons(order.reasons),
    insurance: [{ reference: `Coverage/${frame.coverageId}` }],
  }
  switch (order.kind) {
    case 'ServiceRequest':
      return { ...common, ...service(order) }
    case 'DeviceRequest':
      return { ...common, ...device(order) }
    case 'MedicationRequest':
      return { ...common, ...medication(order) }
    default:
      return never(order.kind)
  }
}

function service(order: DraftOrder): JsonObject {
  return {
    code: concept(order),
    ...(order.quantity && { quantityQuantity: quantity(order.quantity) }),
    ...(order.occurrence !== undefined && { occurrenceDateTime: order.occurrence }),
    ...(order.performer && { performer: [reference(order.performer)] }),
    ...(order.placeOfService && {
      locationCode: [{ coding: [coding({ ...order.placeOfService, system: placeOfServiceSystem })] }],
    }),
    ...(order.location && { locationReference: [reference(order.location)] }),
  }
}

function device(order: DraftOrder): JsonObject {
  return {
    codeCodeableConcept: concept(order),
    // R4 DeviceRequest has no quantity of its own: `parameter` is the place for it.
    ...(order.quantity && {
      parameter: [{ code: { text: 'Quantity' }, valueQuantity: quantity(order.quantity) }],
    }),
    ...(order.occurrence !== undefined && { occurrenceDateTime: order.occurrence }),
    ...(order.performer && { performer: reference(order.performer) }),
  }
}

function medication(order: DraftOrder): JsonObject {
  const performer = order.performer
  // Who dispenses is an Organization; a person who gives the medicine is the performer (US Core MedicationRequest).
  const isPerson = performer?.reference !== undefined && !performer.reference.startsWith('Organization/')
  const dispense = {
    ...(order.occurrence !== undefined && { validityPeriod: { start: order.occurrence } }),
    ...(order.quantity && { quantity: quantity(order.quantity) }),
    ...(performer && !isPerson && { performer: reference(performer) }),
  }
  const dosage = trimmed(order.dosage)
  return {
    medicationCodeableConcept: concept(order),
    ...(performer && isPerson && { performer: reference(performer) }),
    ...(dosage !== undefined && { dosageInstruction: [{ text: dosage }] }),
    ...(Object.keys(dispense).length > 0 && { dispenseRequest: dispense }),
  }
}

/**
 * What is ordered. Likely billing codes go into the extension (CRD billopt-1); a single one also stands beside the clinical code,
 * where payers of any version look (CRD found-12, impl-4). Several are options, not one meaning, so they stay in the extension.
 */
function concept(order: DraftOrder): JsonObject {
  const only = order.billing.length === 1 ? order.billing : []
  const codings = [...order.coding]
  for (const code of only) if (!codings.some((c) => isSame(c, code))) codings.push(code)
  const text = trimmed(order.text)
  return {
    ...(order.billing.length > 0 && {
      extension: order.billing.map((code) => ({
        url: billingOptions,
        valueCodeableConcept: { coding: [coding(code)] },
      })),
    }),
    ...(codings.length > 0 && { coding: codings.map(coding) }),
    ...(text !== undefined && { text }),
  }
}

/** A reason of the chart is given both ways: the code for payers that read codes, the Condition for those that follow references. */
function reasons(given: readonly Reason[]): JsonObject {
  const codes = given.flatMap((reason) => {
    const text = trimmed(reason.text)
    if (reason.coding.length === 0 && text === undefined) return []
    return [
      {
        ...(reason.coding.length > 0 && { coding: reason.coding.map(coding) }),
        ...(text !== undefined && { text }),
      },
    ]
  })
  const references = given.flatMap((r) => (r.reference === undefined ? [] : [{ reference: r.reference }]))
  return {
    ...(codes.length > 0 && { reasonCode: codes }),
    ...(references.length > 0 && { reasonReference: references }),
  }
}

const coding = (choice: CodeChoice): JsonObject => {
  const display = trimmed(choice.display)
  return { system: choice.system, code: choice.code, ...(display !== undefined && { display }) }
}

const reference = (party: Party): JsonObject => {
  const display = trimmed(party.display)
  return {
    ...(party.reference !== undefined && { reference: party.reference }),
    ...(display !== undefined && { display }),
  }
}

const quantity = (given: { readonly value: number; readonly unit?: string }): JsonObject => {
  const unit = trimmed(given.unit)
  return { value: given.value, ...(unit !== undefined && { unit }) }
}

const isSame = (a: CodeChoice, b: CodeChoice): boolean => a.system === b.system && a.code === b.code

/** FHIR forbids blank strings. */
const trimmed = (value: string | undefined): string | undefined => {
  const found = value?.trim()
  return found === '' ? undefined : found
}

/** Fields that were filled in but have no place in an order of this kind, so that the user can be told. */
export const fieldsNotSent = (order: DraftOrder): readonly OrderField[] =>
  (['placeOfService', 'location', 'dosage'] as const).filter(
    (field) => order[field] !== undefined && !applies(order.kind, field),
  )
