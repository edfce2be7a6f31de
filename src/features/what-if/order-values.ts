import type { OrderType } from '../../domain/crd/scenario'
import { at, type FhirJson, flag, isResource, objects, text } from '../../domain/json'
import type { CodeChoice } from '../../domain/ports'
import type { CodeEntry } from '../asking/CodeSearch'
import { NOBODY, type PartyEntry, readCodes, readParty } from '../asking/entries'
import type { OrderItem } from '../asking/order-item'
import { ORDER_KINDS } from '../asking/order-kinds'
import { type DetailValues, NO_DETAILS, readDetails } from './detail-values'

/** One order as typed. Each kind of order keeps an entry of its own, so that changing the kind loses nothing. */
export interface OrderValues {
  /** Synthetic id of the draft (CRD found-36). */
  readonly id: string
  readonly kind: OrderType
  readonly what: Readonly<Record<OrderType, CodeEntry>>
  /** `YYYY-MM-DD`. */
  readonly when: string
  readonly quantity: string
  /** `Condition/id` of the problem list. */
  readonly reasons: readonly string[]
  /** Reasons that stand in no problem list, by code. */
  readonly otherReasons: readonly CodeChoice[]
  readonly performer: PartyEntry
  /** CMS place-of-service code; empty = not stated. */
  readonly place: string
  readonly location: PartyEntry
  readonly dosage: string
  readonly details: DetailValues
  readonly patientPays: boolean
  /** The order that the form was filled from: what the form has no field for is asked from it. */
  readonly proposal: FhirJson | null
  /** Whose order that is. */
  readonly proposedBy: 'payer' | 'chart'
}

export const NOTHING: CodeEntry = { text: '', item: null }

/** An order about which nothing is said. `today` is `YYYY-MM-DD`. */
export const emptyOrder = (today: string, id: string): OrderValues => ({
  id,
  kind: 'ServiceRequest',
  what: {
    ServiceRequest: NOTHING,
    DeviceRequest: NOTHING,
    MedicationRequest: NOTHING,
    NutritionOrder: NOTHING,
    VisionPrescription: NOTHING,
    CommunicationRequest: NOTHING,
  },
  when: today,
  quantity: '1',
  reasons: [],
  otherReasons: [],
  performer: NOBODY,
  place: '',
  location: NOBODY,
  dosage: '',
  details: NO_DETAILS,
  patientPays: false,
  proposal: null,
  proposedBy: 'payer',
})

const SOURCES = ['chart', 'preset', 'ehr', 'payer'] as const

function readItem(value: unknown): OrderItem | null {
  const label = text(value, 'label')
  const coding = readCodes(value, 'coding')
  if (label === undefined || coding.length === 0) return null
  return { label, coding, source: SOURCES.find((each) => each === text(value, 'source')) ?? 'typed' }
}

/** A code entry kept over a new launch. */
export const readEntry = (kept: unknown, ...path: readonly string[]): CodeEntry => ({
  text: text(kept, ...path, 'text') ?? '',
  item: readItem(at(kept, ...path, 'item')),
})

export const readTexts = (kept: unknown, name: string): readonly string[] => {
  const found = at(kept, name)
  return Array.isArray(found) ? found.filter((each) => typeof each === 'string') : []
}

const isId = (value: string | undefined): value is string =>
  value !== undefined && /^[A-Za-z0-9\-.]{1,64}$/.test(value)

/** The id that was kept, or a new one. */
export function readId(kept: unknown, name: string, newId: () => string): string {
  const found = text(kept, name)
  return isId(found) ? found : newId()
}

/** An order kept over a new launch: what can be read of it, the rest as in an empty one. */
export function readOrder(kept: unknown, today: string, newId: () => string): OrderValues {
  const empty = emptyOrder(today, readId(kept, 'id', newId))
  const entries = ORDER_KINDS.map(({ kind }) => [kind, readEntry(kept, 'what', kind)])
  const proposal = at(kept, 'proposal')
  return {
    ...empty,
    kind: ORDER_KINDS.find(({ kind }) => kind === text(kept, 'kind'))?.kind ?? empty.kind,
    what: { ...empty.what, ...Object.fromEntries(entries) },
    when: text(kept, 'when') ?? empty.when,
    quantity: text(kept, 'quantity') ?? empty.quantity,
    reasons: readTexts(kept, 'reasons'),
    otherReasons: readCodes(kept, 'otherReasons'),
    performer: readParty(kept, 'performer'),
    place: text(kept, 'place') ?? '',
    location: readParty(kept, 'location'),
    dosage: text(kept, 'dosage') ?? '',
    details: readDetails(at(kept, 'details')),
    patientPays: flag(kept, 'patientPays') ?? false,
    proposal: isResource(proposal) ? proposal : null,
    proposedBy: text(kept, 'proposedBy') === 'chart' ? 'chart' : 'payer',
  }
}

/** Only the order of a form that holds more. */
export const orderIn = (values: OrderValues): OrderValues => {
  const { id, kind, what, when, quantity, reasons, otherReasons, performer, place, location } = values
  const { dosage, details, patientPays, proposal, proposedBy } = values
  const where = { performer, place, location }
  const why = { reasons, otherReasons }
  return {
    id,
    kind,
    what,
    when,
    quantity,
    ...why,
    ...where,
    dosage,
    details,
    patientPays,
    proposal,
    proposedBy,
  }
}

/** Orders kept over a new launch. */
export const readOrders = (kept: unknown, today: string, newId: () => string): readonly OrderValues[] =>
  objects(kept, 'others').map((each) => readOrder(each, today, newId))
