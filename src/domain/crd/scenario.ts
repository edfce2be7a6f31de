import type { CodeChoice } from '../ports'
import type { OrderDetails } from './order-details'
import type { Question } from './question'

/** The kinds of order that are asked about most. */
export type OrderKind = 'ServiceRequest' | 'DeviceRequest' | 'MedicationRequest'

/** Every kind of order that can be asked about (CRD 2.2 hook-2). A vaccination is a MedicationRequest with a CVX code. */
export type OrderType = OrderKind | 'NutritionOrder' | 'VisionPrescription' | 'CommunicationRequest'

/** All of them. */
export const orderTypes: readonly OrderType[] = [
  'ServiceRequest',
  'DeviceRequest',
  'MedicationRequest',
  'NutritionOrder',
  'VisionPrescription',
  'CommunicationRequest',
]

/** Who or where: a reference such as `Practitioner/12` where the chart has one, else only a name. */
export interface Party {
  readonly reference?: string
  readonly display: string
  /** NPI: says who it is where the guide has no place for a reference to such a resource. */
  readonly identifier?: { readonly system: string; readonly value: string }
}

/** Why: a Condition of the chart with its codings, or a code that was entered. */
export interface Reason {
  /** `Condition/12` */
  readonly reference?: string
  readonly coding: readonly CodeChoice[]
  readonly text?: string
}

export interface Quantity {
  readonly value: number
  readonly unit?: string
}

/** One order that does not exist. It carries no note: free text is never sent. */
export interface DraftOrder extends OrderDetails {
  /** Synthetic FHIR id, unique in the scenario (CRD found-36); never made from a business identifier (CRD sec-7). */
  readonly id: string
  readonly kind: OrderType
  /** What, in the words of one or more code systems. `display` may be empty where a code was entered by hand. */
  readonly coding: readonly CodeChoice[]
  readonly text?: string
  /** Calendar date, YYYY-MM-DD. */
  readonly occurrence?: string
  readonly quantity?: Quantity
  readonly reasons: readonly Reason[]
  /** `Practitioner/…` or `PractitionerRole/…` */
  readonly requester?: Party
  readonly performer?: Party
  /** CMS place-of-service code: ServiceRequest only. */
  readonly placeOfService?: CodeChoice
  /** `Location/…`: ServiceRequest only. */
  readonly location?: Party
  /** In words: MedicationRequest only. */
  readonly dosage?: string
  /** Likely billing codes, where they are known (CRD billopt-1). */
  readonly billing: readonly CodeChoice[]
  /** "Do not share with the payer": this order is never sent (CRD dev-26). */
  readonly patientPays: boolean
}

/** A what-if question for one patient: a few orders, and what else the hook is about. */
export interface Scenario {
  /** Counts up with every change, so that a late answer is known to belong to an earlier question. */
  readonly version: number
  readonly patientId: string
  readonly encounterId?: string
  /** The coverage that the user chose; absent: the likely primary is chosen (CRD dev-28). */
  readonly coverageId?: string
  readonly orders: readonly DraftOrder[]
  /** The hook and what it is about besides the orders; absent: order-sign (CRD found-35). */
  readonly question?: Question
  /** Sent without what identifies the patient (CRD 1.1 "PHI and Hook Invocation"). */
  readonly deIdentified?: boolean
}

export type OrderField = Exclude<
  keyof DraftOrder,
  'id' | 'kind' | 'patientPays' | 'text' | keyof OrderDetails
>

/** What keeps a scenario from being asked, in words for the field. `orderId` absent: it concerns the whole question. */
export interface FieldError {
  readonly orderId?: string
  readonly field: OrderField | 'orders'
  readonly message: string
}

/** CMS place-of-service code set, as CRD binds `ServiceRequest.locationCode`. */
export const placeOfServiceSystem =
  'https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set'

const commonKinds: readonly OrderType[] = ['ServiceRequest', 'DeviceRequest', 'MedicationRequest']

/** Fields that only some kinds have; all others are in every kind. */
const kindsOf: Readonly<Partial<Record<OrderField, readonly OrderType[]>>> = {
  placeOfService: ['ServiceRequest'],
  location: ['ServiceRequest'],
  dosage: ['MedicationRequest'],
  quantity: [...commonKinds, 'NutritionOrder'],
  occurrence: [...commonKinds, 'NutritionOrder', 'CommunicationRequest'],
  reasons: [...commonKinds, 'CommunicationRequest'],
  performer: [...commonKinds, 'CommunicationRequest'],
}

/** Whether FHIR R4 has a place for this field in an order of this kind: other fields are neither shown nor sent. */
export const applies = (kind: OrderType, field: OrderField): boolean => kindsOf[field]?.includes(kind) ?? true

/** The orders that may be sent: all but those that the patient pays for (CRD dev-26). */
export const sharedOrders = (scenario: Scenario): readonly DraftOrder[] =>
  scenario.orders.filter((order) => !order.patientPays)

/** Whether a text is a real calendar date, YYYY-MM-DD. */
export function isCalendarDate(value: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value)
  if (parts === null) return false
  const date = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === value
}
