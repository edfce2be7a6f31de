import type { OrderType } from '../../domain/crd/scenario'
import { at, type FhirJson, objects, text } from '../../domain/json'
import type { CodeChoice } from '../../domain/ports'
import type { OrderPreset } from '../../domain/site'
import { kindOfOrder, ORDER_KINDS, systemName } from './order-kinds'

/** What is to be ordered: its codes, how it reads, and where it was found. */
export interface OrderItem {
  readonly label: string
  readonly coding: readonly CodeChoice[]
  readonly source: 'chart' | 'preset' | 'ehr' | 'typed' | 'payer'
  /** Where it is of another kind of order than the one the form shows: choosing it changes the kind. */
  readonly kind?: OrderType
}

const SOURCE: Readonly<Record<OrderItem['source'], string>> = {
  chart: 'already in the chart',
  preset: 'often asked here',
  ehr: 'from the code list',
  typed: 'entered by hand',
  payer: 'proposed by the payer',
}

/** What is ordered, in the element that this kind of order has for it (FHIR R4). */
function conceptOf(order: FhirJson): unknown {
  switch (order.resourceType) {
    case 'DeviceRequest':
      return order.codeCodeableConcept
    case 'MedicationRequest':
      return order.medicationCodeableConcept
    case 'NutritionOrder':
      return (
        at(order, 'oralDiet', 'type', 0) ??
        at(order, 'supplement', 0, 'type') ??
        at(order, 'enteralFormula', 'baseFormulaType')
      )
    case 'VisionPrescription':
      return at(order, 'lensSpecification', 0, 'product')
    case 'CommunicationRequest':
      return objects(order, 'payload', 0, 'extension').find((each) => each.valueCodeableConcept !== undefined)
        ?.valueCodeableConcept
    default:
      return order.code
  }
}

/** What the chart's own orders of this kind are for, newest first as the server gave them. Orders without a code are left out. */
export function itemsOfOrders(kind: OrderType, orders: readonly FhirJson[]): readonly OrderItem[] {
  return distinct(
    orders.flatMap((order) => {
      const concept = order.resourceType === kind ? conceptOf(order) : undefined
      const coding = objects(concept, 'coding').flatMap((c) => {
        const system = text(c, 'system')
        const code = text(c, 'code')
        if (system === undefined || code === undefined) return []
        return [{ system, code, display: text(c, 'display') ?? text(concept, 'text') ?? code }]
      })
      const first = coding[0]
      if (first === undefined) return []
      return [{ label: text(concept, 'text') ?? first.display, coding, source: 'chart' as const }]
    }),
  )
}

export const itemsOfPresets = (kind: OrderType, presets: readonly OrderPreset[]): readonly OrderItem[] =>
  presets
    .filter((preset) => preset.kind === kind)
    .map((preset) => ({ label: preset.label, coding: preset.coding, source: 'preset' as const }))

/** The presets of every other kind: somebody who types "mri" among devices is shown where it is. */
export const itemsOfOtherKinds = (kind: OrderType, presets: readonly OrderPreset[]): readonly OrderItem[] =>
  ORDER_KINDS.filter((other) => other.kind !== kind).flatMap((other) =>
    itemsOfPresets(other.kind, presets).map((item) => ({ ...item, kind: other.kind })),
  )

export const itemOfChoice = (choice: CodeChoice): OrderItem => ({
  label: choice.display === '' ? choice.code : choice.display,
  coding: [choice],
  source: 'ehr',
})

/** True where every word typed stands in the label or begins a code. An empty filter matches all. */
export function matches(item: OrderItem, filter: string): boolean {
  const label = `${item.label} ${item.coding.map((c) => c.display).join(' ')}`.toLowerCase()
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  return words.every(
    (word) => label.includes(word) || item.coding.some((c) => c.code.toLowerCase().startsWith(word)),
  )
}

/** Unique among distinct items. */
export const keyOfItem = (item: OrderItem): string => {
  const first = item.coding[0]
  return first === undefined ? item.label : `${first.system}|${first.code}`
}

/** Each code once; the first source that has it wins. */
export function distinct(items: readonly OrderItem[]): readonly OrderItem[] {
  const seen = new Set<string>()
  return items.filter((item) => {
    const key = keyOfItem(item)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** "CPT 72148, LOINC 24968-9". */
export const conceptLine = (item: OrderItem): string =>
  item.coding.map((c) => `${systemName(c.system)} ${c.code}`).join(', ')

/** "CPT 72148, LOINC 24968-9 · already in the chart". */
export const describeItem = (item: OrderItem): string =>
  [
    conceptLine(item),
    SOURCE[item.source],
    ...(item.kind === undefined ? [] : [`is a ${kindOfOrder(item.kind).label.toLowerCase()}`]),
  ].join(' · ')
