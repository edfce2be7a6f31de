import { applies } from '../../domain/crd/scenario'
import type { AskedQuestion, QuestionLine } from '../asking/asked-question'
import { conceptLine } from '../asking/order-item'
import { kindOfOrder } from '../asking/order-kinds'
import { nameOf } from './form-orders'
import { describesOrders, type FormValues, ordersOf } from './form-values'
import type { OrderValues } from './order-values'
import { placeName } from './place-of-service'
import { VISIT_SETTINGS } from './visit-settings'

/** What the words need besides the form. */
export interface QuestionWords {
  readonly scenarioVersion: number
  readonly key: string
  readonly orderedBy: string
  /** Labels of the chosen problems. */
  readonly reasons: readonly string[]
  /** "Acme Gold PPO"; absent where none was found. */
  readonly coverage?: string
  /** FHIR date to words. */
  readonly formatDate: (value: string) => string
}

const stated = (value: string): string => (value.trim() === '' ? 'Not stated' : value.trim())
const listed = (values: readonly string[]): string => (values.length === 0 ? 'Not stated' : values.join('; '))

/** The form in words. What was left open reads "Not stated". */
export function askedQuestion(values: FormValues, words: QuestionWords): AskedQuestion {
  const orders = describesOrders(values) ? ordersOf(values).filter((order) => !order.patientPays) : []
  const why = [...words.reasons, ...values.otherReasons.map((code) => code.display || code.code)]
  const about = aboutLines(values, why, words.formatDate)
  return {
    key: words.key,
    scenarioVersion: words.scenarioVersion,
    title: about?.title ?? titleOf(orders),
    lines: [
      ...(about?.lines ?? []),
      ...(orders.length === 1
        ? orders.flatMap((order) => orderLines(order, why, words.formatDate))
        : orders.map((order, index) => ({
            label: `Order ${index + 1}`,
            value: `${kindOfOrder(order.kind).label}: ${orderWords(order)}, ${words.formatDate(order.when)}`,
          }))),
      { label: values.about === 'order' ? 'Ordered by' : 'Asked by', value: stated(words.orderedBy) },
      { label: 'Coverage', value: words.coverage ?? 'Not known' },
    ],
  }
}

const titleOf = (orders: readonly OrderValues[]): string => {
  const [first, ...more] = orders
  const name = first?.what[first.kind].item?.label ?? 'Not stated'
  return more.length === 0 ? name : `${name} and ${more.length} more`
}

function orderWords(order: OrderValues): string {
  const { item } = order.what[order.kind]
  return item === null ? 'Not stated' : `${item.label} (${conceptLine(item)})`
}

function orderLines(
  order: OrderValues,
  why: readonly string[],
  formatDate: QuestionWords['formatDate'],
): readonly QuestionLine[] {
  const { kind } = order
  const lines: readonly (QuestionLine & { readonly if: boolean })[] = [
    { if: true, label: kindOfOrder(kind).label, value: orderWords(order) },
    { if: applies(kind, 'occurrence'), label: 'When', value: formatDate(order.when) },
    { if: applies(kind, 'quantity'), label: 'How many', value: stated(order.quantity) },
    { if: applies(kind, 'reasons'), label: 'Why', value: listed(why) },
    { if: applies(kind, 'performer'), label: 'Performed by', value: stated(order.performer.text) },
    {
      if: applies(kind, 'placeOfService'),
      label: 'Place of service',
      value: order.place === '' ? 'Not stated' : placeName(order.place),
    },
    { if: order.location.text !== '', label: 'Where', value: order.location.text },
    { if: applies(kind, 'dosage'), label: 'Dosage', value: stated(order.dosage) },
  ]
  return lines.filter((line) => line.if).map(({ label, value }) => ({ label, value }))
}

/** What a question is about besides its orders; undefined where it is about orders alone. */
function aboutLines(
  values: FormValues,
  why: readonly string[],
  formatDate: QuestionWords['formatDate'],
): { readonly title: string; readonly lines: readonly QuestionLine[] } | undefined {
  switch (values.about) {
    case 'order':
      return undefined
    case 'appointment': {
      const { what, isExact, day, hour, until, who, where } = values.appointment
      const name =
        what.item?.label ??
        (describesOrders(values)
          ? nameOf(values)
          : values.appointment.basedOn === ''
            ? 'Not stated'
            : 'As ordered')
      return {
        title: `Appointment: ${name}`,
        lines: [
          { label: 'Appointment for', value: name },
          {
            label: 'When',
            value: isExact
              ? `${formatDate(day)}, ${hour}`
              : `Between ${formatDate(day)} and ${formatDate(until)}`,
          },
          { label: 'With', value: stated(who.text) },
          { label: 'Where', value: stated(where.text) },
          ...(describesOrders(values) ? [] : [{ label: 'Why', value: listed(why) }]),
        ],
      }
    }
    case 'visit': {
      const { moment, real, what, setting, start, who, where } = values.visit
      const label = moment === 'start' ? 'Beginning of a visit' : 'Discharge from a visit'
      if (real !== '')
        return { title: `${label} of the chart`, lines: [{ label, value: 'A visit of the chart' }] }
      return {
        title: `${label}: ${what.item?.label ?? 'Not stated'}`,
        lines: [
          { label, value: what.item?.label ?? 'Not stated' },
          {
            label: 'Kind of visit',
            value: VISIT_SETTINGS.find((each) => each.code === setting)?.words ?? 'Not stated',
          },
          { label: 'When', value: formatDate(start) },
          { label: 'With', value: stated(who.text) },
          { label: 'Where', value: stated(where.text) },
          { label: 'Why', value: listed(why) },
        ],
      }
    }
    case 'dispatch': {
      const { existing, to } = values.dispatch
      return {
        title: `Sending to ${stated(to.text)}`,
        lines: [
          { label: 'Sent to', value: stated(to.text) },
          ...(existing.length > 0 ? [{ label: 'Orders of the chart', value: String(existing.length) }] : []),
        ],
      }
    }
  }
}
