import { draftFromOrder } from '../../domain/crd/order-copy'
import type { DraftOrder, Party } from '../../domain/crd/scenario'
import type { FhirJson } from '../../domain/json'
import type { ChartReason } from './chart-reasons'
import type { OrderItem } from './order-item'
import type { OrderValues } from './order-values'
import type { PartyEntry } from './PartySearch'
import { PLACES_OF_SERVICE } from './place-of-service'

/** What a payer proposed, as far as the form has fields for it. */
type Filled = Pick<OrderValues, 'quantity' | 'reasons' | 'performer' | 'place' | 'dosage'> & {
  readonly item: OrderItem
}

function filled(order: DraftOrder, known: readonly ChartReason[]): Filled {
  const first = order.coding[0]
  const display = first?.display === '' ? first.code : first?.display
  const label = order.text ?? display ?? ''
  return {
    item: { label, coding: order.coding, source: 'payer' },
    quantity: order.quantity === undefined ? '' : String(order.quantity.value),
    reasons: order.reasons.flatMap(({ reference }) =>
      reference !== undefined && known.some((reason) => reason.reference === reference) ? [reference] : [],
    ),
    performer: entryOf(order.performer),
    place: PLACES_OF_SERVICE.find(({ code }) => code === order.placeOfService?.code)?.code ?? '',
    dosage: order.dosage ?? '',
  }
}

/** A reference into another server's data is not one of this chart: the name alone remains. */
function entryOf(party: Party | undefined): PartyEntry {
  const reference = party?.reference
  const isHere = reference !== undefined && /^[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/.test(reference)
  return {
    text: party === undefined || party.display === '' ? (reference ?? '') : party.display,
    reference: isHere ? reference : null,
  }
}

/** The form with a payer's proposal in it. What the proposal does not say about coverage and sharing stays as it is; so does a date. */
export function fillIn(order: DraftOrder, values: OrderValues, known: readonly ChartReason[]): OrderValues {
  const { item, ...fields } = filled(order, known)
  const kind = order.kind in values.what ? (order.kind as OrderValues['kind']) : values.kind
  return {
    ...values,
    ...fields,
    kind,
    what: { ...values.what, [kind]: { text: item.label, item } },
    when: order.occurrence ?? values.when,
    proposal: order.source ?? null,
  }
}

/**
 * The order of the form over the proposal that it was filled from: fields that the user left as they were filled say what the payer
 * said, and what the form has no field for travels along. Another code or kind of order is no longer that proposal.
 */
export function overProposal(
  own: DraftOrder,
  values: OrderValues,
  source: FhirJson,
  known: readonly ChartReason[],
): DraftOrder {
  const copy = draftFromOrder(source, own.id)
  if (copy === undefined || copy.kind !== own.kind) return own
  const was = filled(copy, known)
  const item = values.what[values.kind].item
  if (JSON.stringify(item?.coding) !== JSON.stringify(was.item.coding)) return own
  const { text: ownText, quantity: ownQuantity, placeOfService: ownPlace, ...fields } = own
  const { text, quantity, placeOfService } = {
    text: item?.label === was.item.label ? copy.text : ownText,
    quantity: values.quantity.trim() === was.quantity ? copy.quantity : ownQuantity,
    placeOfService: values.place === was.place ? copy.placeOfService : ownPlace,
  }
  const { category, location, refills, daysSupply, substitution } = copy
  return {
    ...fields,
    ...(text !== undefined && { text }),
    ...(quantity && { quantity }),
    ...(placeOfService && { placeOfService }),
    ...(category && { category }),
    ...(location && { location }),
    ...(refills !== undefined && { refills }),
    ...(daysSupply !== undefined && { daysSupply }),
    ...(substitution !== undefined && { substitution }),
    reasons: JSON.stringify(values.reasons) === JSON.stringify(was.reasons) ? copy.reasons : own.reasons,
    source,
  }
}
