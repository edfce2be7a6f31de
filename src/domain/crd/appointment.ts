import type { FhirJson } from '../json'
import type { CrdVersion } from './adapter'
import { coding, concept, reasons, reference } from './order-elements'
import type { AppointmentTime, DraftAppointment } from './question'
import { type DraftOrder, type Scenario, sharedOrders } from './scenario'

const alternateReference = 'http://hl7.org/fhir/StructureDefinition/alternate-reference'
const participation = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType'

/** The appointments that may be sent: neither paid by the patient themselves nor based on an order that is (CRD dev-26). */
export function sharedAppointments(
  scenario: Scenario,
  appointments: readonly DraftAppointment[],
): readonly DraftAppointment[] {
  const kept = new Set(scenario.orders.filter((order) => order.patientPays).map((order) => order.id))
  return appointments.filter(
    (appointment) => !appointment.patientPays && !appointment.basedOn.some((id) => kept.has(id)),
  )
}

/**
 * The same appointment based on no hypothetical order, for payers that do not ask for one: what the orders are for, it says itself,
 * where it does not do so already.
 */
export function standalone(draft: DraftAppointment, scenario: Scenario): DraftAppointment {
  const orders = sharedOrders(scenario).filter((order) => draft.basedOn.includes(order.id))
  const [text] = orders.flatMap((order) => order.text ?? [])
  const or = <T>(own: readonly T[], theirs: readonly T[]): readonly T[] => (own.length > 0 ? own : theirs)
  return {
    ...draft,
    serviceType: or(
      draft.serviceType,
      orders.flatMap((order) => order.coding),
    ),
    ...(draft.text === undefined && text !== undefined && { text }),
    reasons: or(
      draft.reasons,
      orders.flatMap((order) => order.reasons),
    ),
    billing: or(
      draft.billing,
      orders.flatMap((order) => order.billing),
    ),
    basedOn: draft.basedOn.filter((id) => !orders.some((order) => order.id === id)),
  }
}

/** A proposed Appointment (CRD profile-appointment-with-order where it is based on one, else -no-order). */
export function appointmentResource(
  draft: DraftAppointment,
  scenario: Scenario,
  version: CrdVersion,
): FhirJson {
  const type = concept({
    coding: draft.serviceType,
    billing: draft.billing,
    ...(draft.text !== undefined && { text: draft.text }),
  })
  return {
    resourceType: 'Appointment',
    id: draft.id,
    status: 'proposed',
    ...(Object.keys(type).length > 0 && { serviceType: [type] }),
    ...(draft.specialty && { specialty: [{ coding: [coding(draft.specialty)] }] }),
    ...(draft.appointmentType && { appointmentType: { coding: [coding(draft.appointmentType)] } }),
    ...reasons(draft.reasons),
    ...times(draft.time, version),
    ...(draft.basedOn.length > 0 && {
      basedOn: draft.basedOn.map((id) => basedOn(id, sharedOrders(scenario))),
    }),
    participant: [
      { actor: { reference: `Patient/${scenario.patientId}` }, status: 'needs-action' },
      ...draft.performers.map((performer) => ({
        type: [{ coding: [{ system: participation, code: 'PPRF' }] }],
        actor: reference(performer),
        status: 'needs-action',
      })),
    ],
  }
}

/** CRD 2.0.1 requires start, end and requestedPeriod, all of them; later versions either (crd-apt1, crd-apt2). */
function times(time: AppointmentTime, version: CrdVersion) {
  const requestedPeriod = [{ start: time.start, end: time.end }]
  if (time.kind === 'exact') return { start: time.start, end: time.end, requestedPeriod }
  if (version !== '2.0.1') return { requestedPeriod }
  return { start: `${time.start}T00:00:00Z`, end: `${time.end}T23:59:59Z`, requestedPeriod }
}

/** R4 lets an Appointment be based on a ServiceRequest only; others go into the extension (CRD 2.2 appointment-with-order). */
function basedOn(id: string, orders: readonly DraftOrder[]) {
  const order = orders.find((each) => each.id === id)
  const target = order === undefined ? id : `${order.kind}/${order.id}`
  return target.startsWith('ServiceRequest/')
    ? { reference: target }
    : { extension: [{ url: alternateReference, valueReference: { reference: target } }] }
}
