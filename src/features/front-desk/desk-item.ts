import type { OrderType } from '../../domain/crd/scenario'
import type { Site } from '../../domain/site'
import { conceptLine, distinct, itemsOfPresets, keyOfItem, type OrderItem } from '../asking/order-item'
import { systemName } from '../asking/order-kinds'

/** As what a payer is asked: each belongs to a hook of CRD. */
export type AskAs = 'visit' | 'here' | 'order'

/** What the front desk asks orders about: the others need a clinician's details. */
const KINDS: readonly OrderType[] = ['ServiceRequest', 'DeviceRequest', 'MedicationRequest']

/** The services of the site, one press each, in their order. */
export const deskServices = (site: Site): readonly OrderItem[] =>
  (site.frontDesk?.services ?? []).map(({ label, coding }) => ({ label, coding, source: 'preset' }))

/** What is offered without a search: the desk's own services, then what clinicians order often. */
export const nearItems = (site: Site): readonly OrderItem[] =>
  distinct([...deskServices(site), ...KINDS.flatMap((kind) => itemsOfPresets(kind, site.presets.orders))])

/** Visits by their own codes: office visits and consultations of CPT, clinic visits of HCPCS. */
const VISIT_CODE = /^(99[2-4]\d\d|G0463|G043[89]|G0402)$/

/** As what a service is asked about, unless the user says otherwise. */
export function askAsOf(item: OrderItem, site: Site): 'visit' | 'order' {
  const own = site.frontDesk?.services.find((service) => keyOf(service.coding) === keyOfItem(item))
  if (own !== undefined) return own.ask
  return item.coding.some(({ code }) => VISIT_CODE.test(code)) ? 'visit' : 'order'
}

/** The kind of order that a service would be. */
export function orderKindOf(item: OrderItem, site: Site): OrderType {
  const preset = site.presets.orders.find((order) => keyOf(order.coding) === keyOfItem(item))
  return preset !== undefined && KINDS.includes(preset.kind) ? preset.kind : 'ServiceRequest'
}

/** Its codes where their system has a name; what only this chart knows is no help to anybody. */
export const describeService = (item: OrderItem): string =>
  conceptLine({ ...item, coding: item.coding.filter(({ system }) => systemName(system) !== system) })

const keyOf = (coding: OrderItem['coding']): string => keyOfItem({ label: '', coding, source: 'preset' })
