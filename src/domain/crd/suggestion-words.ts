import { formatDate } from '../fhir/format-date'
import { referenceName, referenceSet } from '../fhir/references'
import { at, type FhirJson, type JsonObject, number, objects, text } from '../json'
import { conceptText, valueInWords } from './coverage-value'
import { foreignChanges } from './foreign-changes'
import { payerText } from './payer-text'

/** One line of before and after, in words. */
export interface ChangeRow {
  readonly label: string
  readonly before: string
  readonly after: string
}

/** A line about a hypothetical resource. `elements`: the top-level elements that it tells of. */
interface Fact {
  readonly label: string
  readonly elements: readonly string[]
  readonly read: (resource: FhirJson) => readonly (string | undefined)[]
}

const none = referenceSet('')

const concepts = (...items: readonly unknown[]): readonly (string | undefined)[] => items.map(withCodes)

/** "MRI of the knee (73721)". */
function withCodes(concept: unknown): string | undefined {
  const words = conceptText(concept)
  if (words === undefined) return undefined
  const codes = objects(concept, 'coding').flatMap((coding) => payerText(coding.code, 100) ?? [])
  const others = codes.filter((code) => code !== words)
  return others.length === 0 ? words : `${words} (${others.join(', ')})`
}

const party = (reference: unknown): string | undefined =>
  payerText(referenceName(reference, none), 500) ?? payerText(at(reference, 'reference'), 500)

const moment = (written: string | undefined): string | undefined => {
  if (written === undefined) return undefined
  const time = /T(\d{2}:\d{2})/.exec(written)?.[1]
  return time === undefined ? formatDate(written) : `${formatDate(written)} ${time}`
}

function span(period: unknown): string | undefined {
  const [start, end] = [moment(text(period, 'start')), moment(text(period, 'end'))]
  if (start !== undefined && end !== undefined) return `${start} to ${end}`
  if (start !== undefined) return `From ${start}`
  return end === undefined ? undefined : `Until ${end}`
}

/** "1 per 3 months"; FHIR Timing has more, which the row of other elements tells of. */
function timing(value: unknown): string | undefined {
  const said = conceptText(at(value, 'code'))
  const [frequency, period] = [number(value, 'repeat', 'frequency') ?? 1, number(value, 'repeat', 'period')]
  const unit = text(value, 'repeat', 'periodUnit')
  const often = period === undefined || unit === undefined ? undefined : `${frequency} per ${period} ${unit}`
  const bounds = valueInWords(at(value, 'repeat', 'boundsDuration'))?.words
  return said ?? (often !== undefined && bounds !== undefined ? `${often} for ${bounds}` : often)
}

const amount = (quantity: unknown): string | undefined => valueInWords(quantity)?.words

const when = (resource: JsonObject, name: string): readonly (string | undefined)[] => [
  moment(text(resource, `${name}DateTime`)),
  span(at(resource, `${name}Period`)),
  timing(at(resource, `${name}Timing`)),
]

const facts: readonly Fact[] = [
  {
    label: 'What',
    elements: [
      ...['code', 'codeCodeableConcept', 'codeReference', 'medicationCodeableConcept', 'medicationReference'],
      ...['serviceType', 'oralDiet', 'supplement', 'enteralFormula', 'lensSpecification', 'payload'],
    ],
    read: (r) => [
      ...concepts(r.code, r.codeCodeableConcept, r.medicationCodeableConcept),
      ...[r.codeReference, r.medicationReference].map(party),
      ...objects(r, 'serviceType').map(withCodes),
      ...objects(r, 'oralDiet', 'type').map(withCodes),
      ...objects(r, 'supplement').map((each) => withCodes(each.type) ?? payerText(each.productName, 500)),
      withCodes(at(r, 'enteralFormula', 'baseFormulaType')),
      ...objects(r, 'lensSpecification').map((each) => withCodes(each.product)),
      ...objects(r, 'payload').map((each) => payerText(each.contentString, 500)),
    ],
  },
  {
    label: 'Why',
    elements: ['reasonCode', 'reasonReference'],
    read: (r) => [...objects(r, 'reasonCode').map(withCodes), ...objects(r, 'reasonReference').map(party)],
  },
  {
    label: 'When',
    elements: [
      ...['occurrenceDateTime', 'occurrencePeriod', 'occurrenceTiming'],
      ...['start', 'end', 'requestedPeriod', 'dateTime', 'dateWritten'],
    ],
    read: (r) => [
      ...when(r, 'occurrence'),
      span(r),
      ...objects(r, 'requestedPeriod').map(span),
      moment(text(r, 'dateTime') ?? text(r, 'dateWritten')),
    ],
  },
  {
    label: 'How many',
    elements: ['quantityQuantity', 'parameter'],
    read: (r) => [
      amount(r.quantityQuantity),
      ...objects(r, 'parameter').map((each) => amount(each.valueQuantity)),
    ],
  },
  {
    label: 'Details',
    elements: ['parameter'],
    read: (r) =>
      objects(r, 'parameter').map((each) => {
        const [name, value] = [conceptText(each.code), withCodes(each.valueCodeableConcept)]
        return value === undefined ? undefined : [name, value].filter(Boolean).join(': ')
      }),
  },
  {
    label: 'Supply',
    elements: ['dispenseRequest'],
    read: (r) => {
      const refills = number(r, 'dispenseRequest', 'numberOfRepeatsAllowed')
      return [
        amount(at(r, 'dispenseRequest', 'quantity')),
        span(at(r, 'dispenseRequest', 'validityPeriod')),
        refills === undefined ? undefined : `${refills} refills`,
        party(at(r, 'dispenseRequest', 'performer')),
      ]
    },
  },
  {
    label: 'Dosage',
    elements: ['dosageInstruction'],
    read: (r) =>
      objects(r, 'dosageInstruction').map((each) => payerText(each.text, 1000) ?? timing(each.timing)),
  },
  {
    label: 'Performed by',
    elements: ['performer', 'performerType', 'participant'],
    read: (r) => [
      ...objects(r, 'performer').map(party),
      withCodes(r.performerType),
      ...objects(r, 'participant').map((each) => party(each.actor)),
    ],
  },
  {
    label: 'Place',
    elements: ['locationCode', 'locationReference'],
    read: (r) => [
      ...objects(r, 'locationCode').map(withCodes),
      ...objects(r, 'locationReference').map(party),
    ],
  },
]

/** What a hypothetical resource states under a label; undefined where nothing. */
function said(resource: FhirJson, fact: Fact): string | undefined {
  const parts = fact.read(resource).flatMap((part) => (part === undefined || part === '' ? [] : [part]))
  return parts.length === 0 ? undefined : [...new Set(parts)].join(', ')
}

/** A hypothetical resource by name: "MRI of the knee (73721)". */
export function draftName(resource: FhirJson): string {
  const first = facts[0]
  return (first && said(resource, first)) ?? `${typeInWords(resource.resourceType)}, not described`
}

const notStated = 'Not stated'

/** Elements that say nothing to a reader: its own name, and what is set for every draft. */
const silent = new Set(['id', 'meta', 'text', 'resourceType', 'status'])

/** Before → after, line by line, only where they differ. What no line tells of is named in a last one, so that nothing changes unseen. */
export function changeRows(before: FhirJson, after: FhirJson): readonly ChangeRow[] {
  const told = new Set<string>()
  const rows = facts.flatMap((fact) => {
    const [was, is] = [said(before, fact), said(after, fact)]
    if (was === is) return []
    for (const element of fact.elements) told.add(element)
    return [{ label: fact.label, before: was ?? notStated, after: is ?? notStated }]
  })
  const others = foreignChanges(before, after).filter((name) => !told.has(name) && !silent.has(name))
  if (others.length === 0) return rows
  return [...rows, { label: 'Other parts', before: 'As asked', after: `Changed: ${elementNames(others)}` }]
}

/** All that a new hypothetical resource states. */
export function additionRows(after: FhirJson): readonly ChangeRow[] {
  const rows = facts.flatMap((fact) => {
    const is = said(after, fact)
    return is === undefined ? [] : [{ label: fact.label, before: 'No such order', after: is }]
  })
  return rows.length > 0 ? rows : [{ label: 'What', before: 'No such order', after: draftName(after) }]
}

/** One that is taken out. */
export const removalRows = (before: FhirJson): readonly ChangeRow[] => [
  { label: 'What', before: draftName(before), after: 'Taken out' },
]

const typeWords: Readonly<Record<string, string>> = {
  ServiceRequest: 'an order for a service',
  DeviceRequest: 'an order for a device',
  MedicationRequest: 'a prescription',
  NutritionOrder: 'a nutrition order',
  VisionPrescription: 'a prescription for glasses or lenses',
  CommunicationRequest: 'a request to communicate',
  Appointment: 'an appointment',
  Task: 'a task',
  Questionnaire: 'a form',
  Coverage: 'a coverage record',
  ClaimResponse: 'an authorization',
  QuestionnaireResponse: 'a filled-in form',
  Encounter: 'a visit',
  Patient: 'the patient’s record',
  Organization: 'an organization’s record',
  Practitioner: 'a clinician’s record',
  Device: 'a device’s record',
  Location: 'a place',
  PractitionerRole: 'a clinician’s role',
}

/** "a task"; a type without words stands for itself, and what cannot be a type is a record. */
export function typeInWords(type: string): string {
  const words = Object.hasOwn(typeWords, type) ? typeWords[type] : undefined
  return words ?? (isName(type) ? type : 'a record')
}

/** Whether this can be the name of a FHIR type or element: payers can put anything in its place. */
const isName = (name: string): boolean => /^[A-Za-z][A-Za-z0-9]{0,40}$/.test(name)

/** Names of elements for people; those that are none are not repeated. */
export function elementNames(names: readonly string[]): string {
  const known = names.filter(isName).slice(0, 10)
  return known.length < names.length ? [...known, 'others'].join(', ') : known.join(', ')
}
