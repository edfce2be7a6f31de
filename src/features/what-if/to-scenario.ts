import {
  applies,
  type DraftOrder,
  type Party,
  placeOfServiceSystem,
  type Scenario,
} from '../../domain/crd/scenario'
import { partyOf } from '../asking/entries'
import { type ChartReason, reasonsOf } from './chart-reasons'
import { detailsOf } from './details-as-order'
import { describesOrders, type FormValues, ordersOf } from './form-values'
import type { OrderValues } from './order-values'
import { PLACES_OF_SERVICE } from './place-of-service'
import { overProposal } from './proposal'
import { toQuestion } from './to-question'

/** What a question is made of besides the form. */
export interface ScenarioFacts {
  readonly version: number
  readonly patientId: string
  readonly encounterId?: string
  /** The launching practitioner; absent where the EHR names none. */
  readonly user?: Party
  readonly reasons: readonly ChartReason[]
}

/** The form as a what-if question. Entries of other kinds of order stay in the form and are not part of it. */
export function toScenario(values: FormValues, facts: ScenarioFacts): Scenario {
  const requester = facts.user ?? partyOf(values.requester)
  const orders = describesOrders(values) ? ordersOf(values) : []
  const question = toQuestion(values, facts.reasons)
  return {
    version: facts.version,
    patientId: facts.patientId,
    ...(facts.encounterId !== undefined && { encounterId: facts.encounterId }),
    ...(values.coverageId !== '' && { coverageId: values.coverageId }),
    orders: orders.map((order) => toOrder(order, requester, facts.reasons)),
    ...(question && { question }),
    ...(values.deIdentified && { deIdentified: true }),
  }
}

/** One order of the form. */
function toOrder(
  values: OrderValues,
  requester: Party | undefined,
  known: readonly ChartReason[],
): DraftOrder {
  const { kind, details } = values
  const item = values.what[kind].item
  const place = PLACES_OF_SERVICE.find((p) => p.code === values.place)
  const performer = partyOf(values.performer)
  const location = partyOf(values.location)
  const dosage = values.dosage.trim()
  const has = (field: Parameters<typeof applies>[1]) => applies(kind, field)
  const order: DraftOrder = {
    id: values.id,
    kind,
    coding: item?.coding ?? [],
    ...(item !== null && { text: item.label }),
    ...(values.when !== '' && has('occurrence') && { occurrence: values.when }),
    // A quantity that is no number has to reach validation, so an empty one counts as none given.
    ...(has('quantity') && {
      quantity: { value: values.quantity.trim() === '' ? Number.NaN : Number(values.quantity) },
    }),
    reasons: has('reasons') ? reasonsOf(values, known) : [],
    ...(requester && { requester }),
    ...(performer && has('performer') && { performer }),
    ...(place &&
      has('placeOfService') && {
        placeOfService: { system: placeOfServiceSystem, code: place.code, display: place.name },
      }),
    ...(location && has('location') && { location }),
    ...(dosage !== '' && has('dosage') && { dosage }),
    ...detailsOf(details, kind),
    billing: details.billing,
    patientPays: values.patientPays,
  }
  return values.proposal === null ? order : overProposal(order, values, values.proposal, known)
}
