import {
  applies,
  type DraftOrder,
  type Party,
  placeOfServiceSystem,
  type Scenario,
} from '../../domain/crd/scenario'
import type { ChartReason } from './chart-reasons'
import type { OrderValues } from './order-values'
import type { PartyEntry } from './PartySearch'
import { PLACES_OF_SERVICE } from './place-of-service'
import { overProposal } from './proposal'

/** What a question is made of besides the form. */
export interface ScenarioFacts {
  readonly version: number
  /** Synthetic id of the draft (CRD found-36). */
  readonly orderId: string
  readonly patientId: string
  readonly encounterId?: string
  /** The launching practitioner; absent where the EHR names none. */
  readonly user?: Party
  readonly reasons: readonly ChartReason[]
}

/** The form as a what-if question. Entries of other kinds of order stay in the form and are not part of it. */
export function toScenario(values: OrderValues, facts: ScenarioFacts): Scenario {
  return {
    version: facts.version,
    patientId: facts.patientId,
    ...(facts.encounterId !== undefined && { encounterId: facts.encounterId }),
    ...(values.coverageId !== '' && { coverageId: values.coverageId }),
    orders: [toOrder(values, facts)],
  }
}

function toOrder(values: OrderValues, facts: ScenarioFacts): DraftOrder {
  const { kind } = values
  const item = values.what[kind].item
  const place = PLACES_OF_SERVICE.find((p) => p.code === values.place)
  const requester = facts.user ?? party(values.requester)
  const performer = party(values.performer)
  const dosage = values.dosage.trim()
  const order: DraftOrder = {
    id: facts.orderId,
    kind,
    coding: item?.coding ?? [],
    ...(item !== null && { text: item.label }),
    ...(values.when !== '' && { occurrence: values.when }),
    // A quantity that is no number has to reach validation, so an empty one counts as none given.
    quantity: { value: values.quantity.trim() === '' ? Number.NaN : Number(values.quantity) },
    reasons: values.reasons.flatMap((reference) => {
      const found = facts.reasons.find((reason) => reason.reference === reference)
      return found === undefined ? [] : [found.reason]
    }),
    ...(requester && { requester }),
    ...(performer && { performer }),
    ...(place &&
      applies(kind, 'placeOfService') && {
        placeOfService: { system: placeOfServiceSystem, code: place.code, display: place.name },
      }),
    ...(dosage !== '' && applies(kind, 'dosage') && { dosage }),
    billing: [],
    patientPays: values.patientPays,
  }
  return values.proposal === null ? order : overProposal(order, values, values.proposal, facts.reasons)
}

function party(entry: PartyEntry): Party | undefined {
  const display = entry.text.trim()
  if (entry.reference !== null) return { reference: entry.reference, display }
  return display === '' ? undefined : { display }
}
