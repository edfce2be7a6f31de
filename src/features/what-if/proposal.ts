import { draftFromOrder } from '../../domain/crd/order-copy'
import type { DraftOrder, Party } from '../../domain/crd/scenario'
import type { FhirJson } from '../../domain/json'
import type { PartyEntry } from '../asking/entries'
import type { OrderItem } from '../asking/order-item'
import type { ChartReason } from './chart-reasons'
import { detailsAsTyped } from './details-as-order'
import { type FormValues, ordersOf } from './form-values'
import { emptyOrder, type OrderValues, orderIn } from './order-values'
import { PLACES_OF_SERVICE } from './place-of-service'

/** What a payer proposed, as far as the form has fields for it. */
type Filled = Pick<
  OrderValues,
  'quantity' | 'reasons' | 'otherReasons' | 'performer' | 'place' | 'location' | 'dosage' | 'details'
> & {
  readonly item: OrderItem
}

function filled(order: DraftOrder, known: readonly ChartReason[], by: OrderValues['proposedBy']): Filled {
  const first = order.coding[0]
  const display = first?.display === '' ? first.code : first?.display
  const label = order.text ?? display ?? ''
  return {
    item: { label, coding: order.coding, source: by },
    quantity: order.quantity === undefined ? '' : String(order.quantity.value),
    reasons: order.reasons.flatMap(({ reference }) =>
      reference !== undefined && known.some((reason) => reason.reference === reference) ? [reference] : [],
    ),
    otherReasons: order.reasons.flatMap(({ reference, coding }) =>
      reference === undefined ? coding.slice(0, 1) : [],
    ),
    performer: entryOf(order.performer),
    place: PLACES_OF_SERVICE.find(({ code }) => code === order.placeOfService?.code)?.code ?? '',
    location: entryOf(order.location),
    dosage: order.dosage ?? '',
    details: detailsAsTyped(order, order.billing),
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

/**
 * An order of the form filled from one that a payer proposed or the chart has. What that one does not say about sharing stays as
 * it is; so does a date.
 */
export function fillIn(
  order: DraftOrder,
  values: OrderValues,
  known: readonly ChartReason[],
  proposedBy: OrderValues['proposedBy'] = 'payer',
): OrderValues {
  const { item, ...fields } = filled(order, known, proposedBy)
  const { kind } = order
  return {
    ...values,
    ...fields,
    kind,
    what: { ...values.what, [kind]: { text: item.label, item } },
    when: order.occurrence ?? values.when,
    proposal: order.source ?? null,
    proposedBy,
  }
}

/** The form with exactly these orders: those that it has already stay as they are typed, proposed ones are filled in. */
export function fillAll(
  orders: readonly DraftOrder[],
  form: FormValues,
  known: readonly ChartReason[],
): FormValues {
  const own = ordersOf(form)
  const filledIn = orders.map((order) => {
    const here = own.find((each) => each.id === order.id)
    if (here !== undefined && order.source === undefined) return here
    // A proposal in the place of the only order keeps what was typed for the other kinds of order.
    const base = here ?? (orders.length === 1 ? orderIn(form) : emptyOrder(form.when, order.id))
    return fillIn(order, base, known)
  })
  const changed = filledIn.findIndex((order) => !own.includes(order) && order.proposal !== null)
  const position = Math.max(0, changed)
  const shown = filledIn[position]
  return shown === undefined ? form : { ...form, ...shown, others: filledIn.toSpliced(position, 1), position }
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
  const was = filled(copy, known, values.proposedBy)
  const item = values.what[values.kind].item
  if (JSON.stringify(item?.coding) !== JSON.stringify(was.item.coding)) return own
  const { text: ownText, quantity: ownQuantity, placeOfService: ownPlace, ...fields } = own
  const { text, quantity, placeOfService } = {
    text: item?.label === was.item.label ? copy.text : ownText,
    quantity: values.quantity.trim() === was.quantity ? copy.quantity : ownQuantity,
    placeOfService: values.place === was.place ? copy.placeOfService : ownPlace,
  }
  return {
    ...fields,
    ...(text !== undefined && { text }),
    ...(quantity && { quantity }),
    ...(placeOfService && { placeOfService }),
    reasons: isSame([values.reasons, values.otherReasons], [was.reasons, was.otherReasons])
      ? copy.reasons
      : own.reasons,
    ...(isSame(values.location, was.location) && pick(copy, ['location'])),
    ...(isSame(values.details, was.details) && pick(copy, detailNames)),
    source,
  }
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Left as they were filled in, they say all that the source says: the form shows no prism, and no generic that is allowed. */
const detailNames = [
  'category',
  'frequency',
  'daysSupply',
  'refills',
  'substitution',
  'nutrition',
  'lenses',
  'basedOn',
  'sender',
] as const

/** The named ones that are there. */
const pick = (order: DraftOrder, names: readonly (keyof DraftOrder)[]): Partial<DraftOrder> =>
  Object.fromEntries(names.flatMap((name) => (order[name] === undefined ? [] : [[name, order[name]]])))
