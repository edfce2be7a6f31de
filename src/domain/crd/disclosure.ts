import { type FhirJson, objects, text } from '../json'
import type { ApprovedRequest } from './guard'
import { byteLength } from './guard'
import { ordersOf } from './hook-request'
import { fieldsNotSent } from './order'
import type { PrefetchProvenance } from './prefetch'
import type { Scenario } from './scenario'

/** One kind of data that goes to the payer. */
export interface DisclosureItem {
  /** E.g. "Practitioners", "Hypothetical order: MRI of the knee". */
  readonly what: string
  readonly count: number
  /** `question`: typed in the form; `chart`: read from the EHR because the payer asks for it under this key. */
  readonly from: 'question' | 'chart'
  readonly prefetchKey?: string
}

/** "What will be sent", before it is sent. */
export interface Disclosure {
  readonly payerName: string
  /** One sentence: what about whom to which payer. */
  readonly summary: string
  readonly items: readonly DisclosureItem[]
  /** What the payer asks for and does not get, and why. */
  readonly leftOut: readonly { readonly prefetchKey: string; readonly why: string }[]
  /** Further things to know before sending. */
  readonly notices: readonly string[]
  readonly bytes: number
  /** The request to the letter, indented for reading. */
  readonly json: string
}

/** Words for an approved request. `patient`: for the name, where it could be read. */
export function disclose(
  request: ApprovedRequest,
  scenario: Scenario,
  provenance: readonly PrefetchProvenance[],
  patient: FhirJson | undefined,
): Disclosure {
  const orders = ordersOf(request.json.context)
  const chart = provenance.flatMap((each) =>
    Object.entries(each.counts).map(
      ([type, count]): DisclosureItem => ({
        what: typeWords[type] ?? type,
        count,
        from: 'chart',
        prefetchKey: each.key,
      }),
    ),
  )
  const records = chart.reduce((sum, item) => sum + item.count, 0)
  const fromChart = records === 0 ? 'nothing from the chart' : `${plural(records, 'record')} from the chart`
  const payerName = request.payer.name
  return {
    payerName,
    summary: `${payerName} receives ${plural(orders.length, 'hypothetical order')} for ${nameOf(patient)} and ${fromChart}.`,
    items: [
      ...orders.map(
        (order): DisclosureItem => ({
          what: `Hypothetical order: ${orderName(order)}`,
          count: 1,
          from: 'question',
        }),
      ),
      { what: 'Who asks, and which patient and coverage it is about', count: 1, from: 'question' },
      ...chart,
    ],
    leftOut: provenance.flatMap((each) =>
      each.outcome === 'sent' ? [] : [{ prefetchKey: each.key, why: each.why ?? '' }],
    ),
    notices: notices(scenario),
    bytes: byteLength(request.body),
    json: JSON.stringify(request.json, null, 2),
  }
}

function notices(scenario: Scenario): readonly string[] {
  const kept = scenario.orders.filter((order) => order.patientPays).length
  const dropped = scenario.orders.some((order) => !order.patientPays && fieldsNotSent(order).length > 0)
  return [
    ...(kept > 0 ? [`${plural(kept, 'order')} marked as paid by the patient: not sent.`] : []),
    ...(dropped ? ['Some entries have no place in an order of this kind and are not sent.'] : []),
    'No key to the chart is sent: the payer cannot read anything by itself.',
  ]
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** What an order is for, in words. */
function orderName(order: FhirJson): string {
  const concept = order.code ?? order.codeCodeableConcept ?? order.medicationCodeableConcept
  const coding = objects(concept, 'coding')
  return (
    text(concept, 'text') ??
    coding.flatMap((each) => text(each, 'display') ?? [])[0] ??
    coding.flatMap((each) => text(each, 'code') ?? [])[0] ??
    'without a name'
  )
}

function nameOf(patient: FhirJson | undefined): string {
  const names = objects(patient, 'name')
  const name =
    names.find((each) => each.use === 'official') ?? names.find((each) => each.use === 'usual') ?? names[0]
  const given = Array.isArray(name?.given) ? name.given.flatMap((part) => text(part) ?? []) : []
  const parts = [...given, text(name, 'family')].filter((part) => part !== undefined)
  return text(name, 'text') ?? (parts.length > 0 ? parts.join(' ') : 'this patient')
}

const typeWords: Readonly<Record<string, string>> = {
  Patient: 'Patient: name, birth date, identifiers, contact details',
  Coverage: 'Coverage: plan and member number',
  Encounter: 'Encounter',
  Practitioner: 'Practitioners',
  PractitionerRole: 'Roles of practitioners',
  Organization: 'Organizations',
  Location: 'Locations',
  Device: 'Devices',
  Medication: 'Medicines',
  MedicationRequest: 'Prescriptions',
  MedicationStatement: 'Medicines taken',
  Condition: 'Conditions',
  Observation: 'Observations and results',
  Procedure: 'Procedures',
  ServiceRequest: 'Orders for services',
  DeviceRequest: 'Orders for devices',
  AllergyIntolerance: 'Allergies',
  DiagnosticReport: 'Reports',
  Immunization: 'Immunizations',
}
