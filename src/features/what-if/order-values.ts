import { at, type FhirJson, flag, isObject, isResource, objects, text } from '../../domain/json'
import type { CodeEntry } from './CodeSearch'
import type { OrderItem } from './order-item'
import { ORDER_KINDS, type OrderKind } from './order-kinds'
import type { PartyEntry } from './PartySearch'

/** What stands in the form. Each kind of order keeps an entry of its own, so that changing the kind loses nothing. */
export interface OrderValues {
  readonly kind: OrderKind
  readonly what: Readonly<Record<OrderKind, CodeEntry>>
  /** `YYYY-MM-DD`. */
  readonly when: string
  readonly quantity: string
  /** `Condition/id` of the problem list. */
  readonly reasons: readonly string[]
  readonly performer: PartyEntry
  /** Asked for only where the launch names no practitioner. */
  readonly requester: PartyEntry
  /** CMS place-of-service code; empty = not stated. */
  readonly place: string
  readonly dosage: string
  /** Coverage id; empty = the likely primary one. */
  readonly coverageId: string
  readonly patientPays: boolean
  /** The payer's proposal that the form was filled from: what the form has no field for is asked from it. */
  readonly proposal: FhirJson | null
}

const NOTHING: CodeEntry = { text: '', item: null }
const NOBODY: PartyEntry = { text: '', reference: null }

/** An empty form. `today` is `YYYY-MM-DD`. */
export const emptyOrder = (today: string): OrderValues => ({
  kind: 'ServiceRequest',
  what: { ServiceRequest: NOTHING, DeviceRequest: NOTHING, MedicationRequest: NOTHING },
  when: today,
  quantity: '1',
  reasons: [],
  performer: NOBODY,
  requester: NOBODY,
  place: '',
  dosage: '',
  coverageId: '',
  patientPays: false,
  proposal: null,
})

/** The local calendar day of a moment (epoch ms), `YYYY-MM-DD`. */
export function dayOf(epochMs: number): string {
  const moment = new Date(epochMs)
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`
}

function readItem(value: unknown): OrderItem | null {
  const label = text(value, 'label')
  const coding = objects(value, 'coding').flatMap((c) => {
    const [system, code] = [text(c, 'system'), text(c, 'code')]
    return system === undefined || code === undefined
      ? []
      : [{ system, code, display: text(c, 'display') ?? code }]
  })
  const source = text(value, 'source')
  if (label === undefined || coding.length === 0) return null
  return {
    label,
    coding,
    source:
      source === 'chart' || source === 'preset' || source === 'ehr' || source === 'payer' ? source : 'typed',
  }
}

const readParty = (value: unknown): PartyEntry => ({
  text: text(value, 'text') ?? '',
  reference: text(value, 'reference') ?? null,
})

/** A form kept over a new launch (storage is not trusted): what can be read of it, the rest as in an empty form. */
export function readOrder(kept: unknown, today: string): OrderValues {
  const empty = emptyOrder(today)
  if (!isObject(kept)) return empty
  const entry = (kind: OrderKind): CodeEntry => ({
    text: text(kept, 'what', kind, 'text') ?? '',
    item: readItem(at(kept, 'what', kind, 'item')),
  })
  const reasons = Array.isArray(kept.reasons) ? kept.reasons.filter((r) => typeof r === 'string') : []
  return {
    kind: ORDER_KINDS.find((k) => k.kind === kept.kind)?.kind ?? empty.kind,
    what: {
      ServiceRequest: entry('ServiceRequest'),
      DeviceRequest: entry('DeviceRequest'),
      MedicationRequest: entry('MedicationRequest'),
    },
    when: text(kept, 'when') ?? empty.when,
    quantity: text(kept, 'quantity') ?? empty.quantity,
    reasons,
    performer: readParty(kept.performer),
    requester: readParty(kept.requester),
    place: text(kept, 'place') ?? '',
    dosage: text(kept, 'dosage') ?? '',
    coverageId: text(kept, 'coverageId') ?? '',
    patientPays: flag(kept, 'patientPays') ?? false,
    proposal: isResource(kept.proposal) ? kept.proposal : null,
  }
}
