import { type FormValues, ordersOf } from './form-values'
import { emptyOrder, type OrderValues } from './order-values'

/** The form with another of its orders being described; the one that was stays among the others. */
export function editOrder(values: FormValues, index: number): FormValues {
  const all = ordersOf(values)
  const chosen = all[index]
  return chosen === undefined
    ? values
    : { ...values, ...chosen, others: all.toSpliced(index, 1), position: index }
}

/** The form with a further order, about which nothing is said but when. */
export const addOrder = (values: FormValues, id: string): FormValues => ({
  ...values,
  ...emptyOrder(values.when, id),
  others: ordersOf(values),
  position: values.others.length + 1,
})

/** The form without one of its orders; the last one stays. */
export function takeOut(values: FormValues, index: number): FormValues {
  if (values.others.length === 0) return values
  const rest = ordersOf(values).toSpliced(index, 1)
  const next = index < values.position ? values.position - 1 : Math.min(values.position, rest.length - 1)
  const [chosen] = rest.slice(next)
  return chosen === undefined
    ? values
    : { ...values, ...chosen, others: rest.toSpliced(next, 1), position: next }
}

/** What an order is for, in words. */
export const nameOf = (order: OrderValues): string =>
  order.what[order.kind].item?.label ?? (order.what[order.kind].text.trim() || 'Nothing chosen yet')
