import { at, isObject, type JsonObject, localReference, objectsIn, textOf } from './json'
import { type Refusal, refuse } from './refusal'

/** What must be there, by order type; `a|b` = one of them (CRD profiles, facts A2). */
const MUST_HAVE: Readonly<Record<string, readonly string[]>> = {
  ServiceRequest: ['status', 'intent', 'code', 'subject', 'authoredOn', 'requester'],
  DeviceRequest: [
    'status',
    'intent',
    'codeCodeableConcept|codeReference',
    'subject',
    'authoredOn',
    'requester',
  ],
  MedicationRequest: [
    'status',
    'intent',
    'medicationCodeableConcept|medicationReference',
    'subject',
    'authoredOn',
    'requester',
  ],
  NutritionOrder: ['status', 'intent', 'patient', 'dateTime', 'orderer'],
  VisionPrescription: ['status', 'created', 'patient', 'dateWritten', 'prescriber', 'lensSpecification'],
  CommunicationRequest: ['status', 'basedOn', 'subject', 'authoredOn', 'requester', 'payload'],
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** Checks one draft order for its patient; the refusal names every element that is missing. */
export function checkOrder(order: JsonObject, patientId: string): Refusal | undefined {
  const type = textOf(order.resourceType) ?? 'a resource without type'
  const name = `${type}/${textOf(order.id)}`
  const needed = MUST_HAVE[type]
  if (!needed) return refuse(422, 'value', `${type} is not an order that this service takes`)
  const missing = needed.filter((field) => field.split('|').every((choice) => isEmpty(order[choice])))
  if (missing.length > 0)
    return refuse(
      422,
      'required',
      `${name} lacks ${missing.map((field) => field.replace('|', ' or ')).join(', ')}`,
    )
  // The order-sign context holds drafts: an order that is already active is nothing that can still be advised on.
  if (order.status !== 'draft')
    return refuse(422, 'value', `${name} has the status ${String(order.status)}; only drafts are taken`)
  const concept = order.code ?? order.codeCodeableConcept ?? order.medicationCodeableConcept
  if (isObject(concept) && objectsIn(concept.coding).length === 0 && !textOf(concept.text))
    return refuse(422, 'required', `${name} has neither a coding nor a text for what is ordered`)
  const subject = localReference(at(order, 'subject', 'reference') ?? at(order, 'patient', 'reference'))
  if (subject !== `Patient/${patientId}`)
    return refuse(
      422,
      'business-rule',
      `${name} is for ${subject ?? 'nobody'}, and the context is about Patient/${patientId}`,
    )
  return undefined
}

const hasType = (participant: JsonObject, code: string): boolean =>
  objectsIn(participant.type).some((type) => objectsIn(type.coding).some((coding) => coding.code === code))

/** Checks one proposed appointment: the patient once, a primary performer, and a time (CRD profile-appointment-base, crd-apt1 and 2). */
export function checkAppointment(appointment: JsonObject, patientId: string): Refusal | undefined {
  const name = `Appointment/${textOf(appointment.id)}`
  if (appointment.resourceType !== 'Appointment')
    return refuse(422, 'value', 'appointments holds something that is not an Appointment')
  if (appointment.status !== 'proposed')
    return refuse(
      422,
      'value',
      `${name} has the status ${String(appointment.status)}; only proposed appointments are taken`,
    )
  const participants = objectsIn(appointment.participant)
  const patients = participants
    .map((p) => localReference(at(p, 'actor', 'reference')))
    .filter((r) => r?.startsWith('Patient/'))
  if (patients.length !== 1 || patients[0] !== `Patient/${patientId}`)
    return refuse(
      422,
      'business-rule',
      `${name} must have Patient/${patientId} as its one patient participant`,
    )
  if (!participants.some((p) => hasType(p, 'PPRF')))
    return refuse(422, 'required', `${name} has no participant of type PPRF (primary performer)`)
  if (participants.some((p) => !textOf(p.status)))
    return refuse(422, 'required', `${name} has a participant without status`)
  const timed = textOf(appointment.start) && textOf(appointment.end)
  if (!timed && objectsIn(appointment.requestedPeriod).length === 0)
    return refuse(422, 'required', `${name} needs start and end, or requestedPeriod`)
  return undefined
}
