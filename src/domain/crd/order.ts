import type { FhirJson, JsonObject } from '../json'
import { never } from '../result'
import type { CrdVersion } from './adapter'
import { keepUnchanged } from './order-copy'
import {
  coding,
  concept,
  occurrence,
  performer,
  quantity,
  reasons,
  reference,
  timing,
  trimmed,
} from './order-elements'
import { type ContentSpelling, communication, lenses, nutrition } from './order-kinds'
import { applies, type DraftOrder, type OrderField, placeOfServiceSystem } from './scenario'

/** What all drafts of one question have in common. `authoredOn` is a FHIR dateTime. */
export interface OrderFrame {
  readonly patientId: string
  readonly encounterId?: string
  readonly coverageId: string
  readonly authoredOn: string
  /** Absent: as CRD 2.2 has it. */
  readonly contentSpelling?: ContentSpelling
  /** Whose profiles hold; absent: CRD 2.2. */
  readonly version?: CrdVersion
}

/**
 * The FHIR R4 draft of an order, with what the CRD 2.0.1 and 2.2 profiles ask for (hook-21). No `meta.profile`: which version of
 * the profiles a payer speaks is not known from here. Fields that this kind of order has no place for are left out. Of an order
 * that was copied from the chart, what the user did not change is kept to the letter.
 */
export const draftResource = (order: DraftOrder, frame: OrderFrame): FhirJson =>
  order.source === undefined
    ? compose(order, frame)
    : keepUnchanged(order.source, order, (each) => compose(each, frame))

function compose(order: DraftOrder, frame: OrderFrame): FhirJson {
  const subject = { reference: `Patient/${frame.patientId}` }
  const requester = order.requester && reference(order.requester)
  const encounter = frame.encounterId !== undefined && {
    encounter: { reference: `Encounter/${frame.encounterId}` },
  }
  const head = { resourceType: order.kind, id: order.id, status: 'draft' }
  const authored = { authoredOn: frame.authoredOn, ...(requester && { requester }) }
  const request = {
    ...head,
    intent: 'order',
    subject,
    ...encounter,
    ...authored,
    ...reasons(order.reasons),
    insurance: [{ reference: `Coverage/${frame.coverageId}` }],
  }
  switch (order.kind) {
    case 'ServiceRequest':
      return { ...request, ...service(order, frame.version ?? '2.2') }
    case 'DeviceRequest':
      return { ...request, ...device(order) }
    case 'MedicationRequest':
      return { ...request, ...medication(order) }
    case 'NutritionOrder':
      return {
        ...head,
        intent: 'order',
        patient: subject,
        ...encounter,
        dateTime: frame.authoredOn,
        ...(requester && { orderer: requester }),
        ...nutrition(order),
      }
    case 'VisionPrescription':
      return {
        ...head,
        created: frame.authoredOn,
        patient: subject,
        ...encounter,
        dateWritten: frame.authoredOn,
        ...(requester && { prescriber: requester }),
        ...lenses(order),
      }
    case 'CommunicationRequest':
      return {
        ...head,
        subject,
        ...encounter,
        ...authored,
        ...communication(order, frame.contentSpelling ?? 'escaped'),
      }
    default:
      return never(order.kind)
  }
}

/** Who may perform, by the CRD profiles: an Organization only for services, and only since CRD 2.1. */
const people = ['Practitioner', 'PractitionerRole'] as const
const peopleAndOrganizations = [...people, 'Organization'] as const

function service(order: DraftOrder, version: CrdVersion): JsonObject {
  const isOld = version === '1.1' || version === '2.0.1'
  return {
    ...(order.category &&
      order.category.length > 0 && {
        category: order.category.map((each) => ({ coding: [coding(each)] })),
      }),
    code: concept(order),
    ...(order.quantity && { quantityQuantity: quantity(order.quantity) }),
    ...occurrence(order),
    ...(order.performer && {
      performer: [performer(order.performer, isOld ? people : peopleAndOrganizations)],
    }),
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
    ...occurrence(order),
    ...(order.performer && { performer: performer(order.performer, people) }),
  }
}

function medication(order: DraftOrder): JsonObject {
  const who = order.performer
  // Who dispenses is an Organization; a person who gives the medicine is the performer (US Core MedicationRequest).
  const isPerson = who?.reference !== undefined && !who.reference.startsWith('Organization/')
  const dispense = {
    ...(order.occurrence !== undefined && { validityPeriod: { start: order.occurrence } }),
    ...(order.refills !== undefined && { numberOfRepeatsAllowed: order.refills }),
    ...(order.quantity && { quantity: quantity(order.quantity) }),
    ...(order.daysSupply !== undefined && {
      expectedSupplyDuration: {
        value: order.daysSupply,
        unit: 'days',
        system: 'http://unitsofmeasure.org',
        code: 'd',
      },
    }),
    ...(who && !isPerson && { performer: reference(who) }),
  }
  const text = trimmed(order.dosage)
  const dosage = {
    ...(text !== undefined && { text }),
    ...(order.frequency && { timing: timing(order.frequency, undefined) }),
  }
  return {
    medicationCodeableConcept: concept(order),
    ...(who && isPerson && { performer: reference(who) }),
    ...(Object.keys(dosage).length > 0 && { dosageInstruction: [dosage] }),
    ...(Object.keys(dispense).length > 0 && { dispenseRequest: dispense }),
    ...(order.substitution !== undefined && { substitution: { allowedBoolean: order.substitution } }),
  }
}

const losable = [
  'placeOfService',
  'location',
  'dosage',
  'quantity',
  'occurrence',
  'reasons',
  'performer',
] as const

/** Fields that were filled in but have no place in an order of this kind, so that the user can be told. */
export const fieldsNotSent = (order: DraftOrder): readonly OrderField[] =>
  losable.filter((field) => isFilled(order[field]) && !applies(order.kind, field))

const isFilled = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : value !== undefined)
