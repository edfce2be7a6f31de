import { at, type FhirJson, objects, text } from '../json'
import type { Redacted } from '../redact'
import { dispatchedOrders } from './dispatch'
import type { ApprovedRequest } from './guard'
import { byteLength } from './guard'
import { ordersOf } from './hook-request'
import { fieldsNotSent } from './order'
import type { PrefetchProvenance } from './prefetch'
import { questionOf } from './question'
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

/** What else is known of a request. */
export interface DisclosureFacts {
  readonly notices?: readonly string[]
  /** What is sent and exists nowhere; absent: what the context holds. */
  readonly hypotheticals?: readonly FhirJson[]
  /** What was taken out, where it is de-identified. */
  readonly removed?: readonly Redacted[]
}

/** Words for an approved request. `patient`: for the name, where it could be read. */
export function disclose(
  request: ApprovedRequest,
  scenario: Scenario,
  provenance: readonly PrefetchProvenance[],
  patient: FhirJson | undefined,
  more: DisclosureFacts = {},
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
  const whose = more.removed === undefined ? nameOf(patient) : 'a patient who is not named'
  return {
    payerName,
    summary: `${payerName} receives ${subjectOf(scenario, orders)} for ${whose} and ${fromChart}.`,
    items: [
      ...(more.hypotheticals ?? orders).map(
        (order): DisclosureItem => ({
          what: `${draftWords[order.resourceType] ?? 'Hypothetical order'}: ${orderName(order)}`,
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
    notices: [...notices(scenario), ...redactionNotices(more.removed), ...(more.notices ?? [])],
    bytes: byteLength(request.body),
    json: JSON.stringify(request.json, null, 2),
  }
}

const draftWords: Readonly<Record<string, string>> = {
  Appointment: 'Hypothetical appointment',
  Encounter: 'Hypothetical visit',
  Task: 'Hypothetical task',
}

/** What the question is about, in words. */
function subjectOf(scenario: Scenario, drafts: readonly FhirJson[]): string {
  const question = questionOf(scenario)
  switch (question.hook) {
    case 'order-sign':
    case 'order-select':
      return plural(drafts.length, 'hypothetical order')
    case 'appointment-book':
      return plural(drafts.length, 'hypothetical appointment')
    case 'encounter-start':
    case 'encounter-discharge':
      return question.encounter.kind === 'real' ? 'a question about a visit' : '1 hypothetical visit'
    case 'order-dispatch':
      return `a question about ${plural(dispatchedOrders(scenario, question).length, 'order')} and who is to do ${question.existing.length + scenario.orders.length === 1 ? 'it' : 'them'}`
  }
}

/** What de-identifying took out, in words. */
const redactionNotices = (removed: readonly Redacted[] | undefined): readonly string[] =>
  removed === undefined
    ? []
    : [
        `De-identified: ${plural(
          removed.reduce((sum, each) => sum + each.count, 0),
          'entry',
          'entries',
        )} taken out or shortened. The patient’s id in the chart is still sent, so the payer could ask the chart’s owner who it is.`,
      ]

function notices(scenario: Scenario): readonly string[] {
  const kept = scenario.orders.filter((order) => order.patientPays).length
  const dropped = scenario.orders.some((order) => !order.patientPays && fieldsNotSent(order).length > 0)
  return [
    ...(kept > 0 ? [`${plural(kept, 'order')} marked as paid by the patient: not sent.`] : []),
    ...(dropped ? ['Some entries have no place in an order of this kind and are not sent.'] : []),
    'No key to the chart is sent: the payer cannot read anything by itself.',
  ]
}

const plural = (count: number, noun: string, nouns = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : nouns}`

/** What an order is for, in words. */
function orderName(order: FhirJson): string {
  const concept = [
    order.code,
    order.codeCodeableConcept,
    order.medicationCodeableConcept,
    objects(order, 'serviceType')[0],
    objects(order, 'type')[0],
    objects(order, 'oralDiet', 'type')[0],
    objects(order, 'supplement')[0]?.type,
    at(order, 'enteralFormula', 'baseFormulaType'),
    objects(order, 'lensSpecification')[0]?.product,
    at(order, 'payload', 0, 'extension', 0, 'valueCodeableConcept'),
  ].find((each) => each !== undefined)
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
