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

/** Whether a resource type is an order that CRD knows. */
export const isOrderType = (type: string): boolean => type in MUST_HAVE

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** R4's place for what a message is about, taken from R5; spelt with brackets or percent-encoded. */
const PAYLOAD_CONTENT = /extension-CommunicationRequest\.payload\.content(\[x\]|%5Bx%5D)$/

/** The codeable concept that CRD asks for in each payload of a CommunicationRequest. */
export const payloadConcepts = (order: JsonObject): readonly unknown[] =>
  objectsIn(order.payload).flatMap((payload) =>
    objectsIn(payload.extension)
      .filter((extension) => PAYLOAD_CONTENT.test(String(extension.url)))
      .map((extension) => extension.valueCodeableConcept),
  )

/** Checks one order for its patient; the refusal names every element that is missing. `statuses`: drafts alone, but for orders on their way to a performer. */
export function checkOrder(
  order: JsonObject,
  patientId: string,
  statuses: readonly string[] = ['draft'],
): Refusal | undefined {
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
  // The context of order-sign holds drafts: an order that is already active is nothing that can still be advised on.
  if (!statuses.includes(String(order.status)))
    return refuse(
      422,
      'value',
      `${name} has the status ${String(order.status)}; only ${statuses.length > 1 ? statuses.join(' and ') : 'drafts'} are taken`,
    )
  const concept = order.code ?? order.codeCodeableConcept ?? order.medicationCodeableConcept
  if (isObject(concept) && objectsIn(concept.coding).length === 0 && !textOf(concept.text))
    return refuse(422, 'required', `${name} has neither a coding nor a text for what is ordered`)
  if (type === 'CommunicationRequest' && payloadConcepts(order).length === 0)
    return refuse(422, 'required', `${name} has no payload with a codeable concept in the CRD extension`)
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

/** Checks the Encounter that an encounter hook is about (CRD profile-encounter): the right one, this patient's, with status, class and type. */
export function checkEncounter(
  encounter: JsonObject,
  encounterId: string,
  patientId: string,
): Refusal | undefined {
  if (encounter.resourceType !== 'Encounter')
    return refuse(400, 'structure', 'prefetch.encounter must be an Encounter')
  if (encounter.id !== encounterId)
    return refuse(400, 'business-rule', 'prefetch.encounter is not the encounter of the context')
  const missing = ['status', 'class', 'type', 'subject'].filter((field) => isEmpty(encounter[field]))
  if (missing.length > 0)
    return refuse(422, 'required', `Encounter/${encounterId} lacks ${missing.join(', ')}`)
  return localReference(at(encounter, 'subject', 'reference')) === `Patient/${patientId}`
    ? undefined
    : refuse(422, 'business-rule', `Encounter/${encounterId} is another patient’s`)
}
