import type { Action, Suggestion } from '../../domain/crd/cds-response'
import { conceptText } from '../../domain/fhir/coding'
import { at, type FhirJson, number, objects, text } from '../../domain/json'
import { type DiffRow, formatDate } from '../../ui'

const TYPE_WORDS: Readonly<Record<string, string>> = {
  ServiceRequest: 'Order for a service',
  DeviceRequest: 'Order for a device',
  MedicationRequest: 'Prescription',
  NutritionOrder: 'Nutrition order',
  Appointment: 'Appointment',
  Task: 'Task',
  Questionnaire: 'Form',
  Coverage: 'Coverage record',
  CommunicationRequest: 'Request to communicate',
  VisionPrescription: 'Prescription for glasses or lenses',
}

const isOrder = (resource: FhirJson): boolean =>
  ['ServiceRequest', 'DeviceRequest', 'MedicationRequest'].includes(resource.resourceType)

const referenceOf = (resource: FhirJson): string => `${resource.resourceType}/${resource.id ?? ''}`

const codeOf = (resource: FhirJson): unknown =>
  resource.code ?? resource.codeCodeableConcept ?? resource.medicationCodeableConcept

/** An order in words, line by line; only what it states. */
function orderFacts(order: FhirJson): ReadonlyMap<string, string> {
  const facts = new Map<string, string>()
  const set = (label: string, value: string | undefined) => {
    if (value !== undefined) facts.set(label, value)
  }
  const concept = codeOf(order)
  const codes = objects(concept, 'coding').flatMap((c) => text(c, 'code') ?? [])
  const words = conceptText(concept)
  set(
    'Order',
    words === undefined
      ? undefined
      : [words, codes.length > 0 && `(${codes.join(', ')})`].filter(Boolean).join(' '),
  )
  const when = text(order, 'occurrenceDateTime') ?? text(order, 'dispenseRequest', 'validityPeriod', 'start')
  set('When', when === undefined ? undefined : formatDate(when))
  const quantity =
    number(order, 'quantityQuantity', 'value') ??
    number(order, 'dispenseRequest', 'quantity', 'value') ??
    objects(order, 'parameter').flatMap((p) => number(p, 'valueQuantity', 'value') ?? [])[0]
  set('How many', quantity === undefined ? undefined : String(quantity))
  set('Dosage', text(objects(order, 'dosageInstruction')[0], 'text'))
  const performer = objects(order, 'performer')[0] ?? at(order, 'dispenseRequest', 'performer')
  set('Performed by', text(performer, 'display') ?? text(performer, 'reference'))
  const place = objects(order, 'locationCode')[0]
  set('Place of service', conceptText(place))
  return facts
}

const NOT_STATED = 'Not stated'

function rows(before: FhirJson | undefined, after: FhirJson): readonly DiffRow[] {
  const [old, next] = [before ? orderFacts(before) : new Map<string, string>(), orderFacts(after)]
  const labels = ['Order', 'When', 'How many', 'Dosage', 'Performed by', 'Place of service']
  return labels.flatMap((label) => {
    const [was, is] = [old.get(label), next.get(label)]
    if (was === is) return []
    return [{ label, before: before ? (was ?? NOT_STATED) : 'No such order', after: is ?? NOT_STATED }]
  })
}

/** What a suggestion would do, in words: rows of before and after for orders, sentences for all else. */
export interface SuggestionView {
  readonly rows: readonly DiffRow[]
  readonly sentences: readonly string[]
}

/** `orders`: the drafts that the question was asked with. A deletion with one creation reads as one change (CRD "propose alternate"). */
export function viewSuggestion(suggestion: Suggestion, orders: readonly FhirJson[]): SuggestionView {
  const asked = (reference: string) => orders.find((order) => reference.endsWith(referenceOf(order)))
  const removed = suggestion.actions.flatMap((a) => (a.type === 'delete' ? a.targets : []))
  const created = suggestion.actions.filter((a) => a.type === 'create' && isOrder(a.resource))
  const replaced = removed.length === 1 && created.length === 1 ? asked(removed[0] ?? '') : undefined
  const found: DiffRow[] = []
  const sentences: string[] = []
  for (const action of suggestion.actions) {
    if (action.type === 'delete') {
      if (replaced === undefined) found.push(...action.targets.flatMap((target) => removal(asked(target))))
      if (replaced === undefined && action.targets.some((target) => asked(target) === undefined))
        sentences.push('Would remove something that was not part of this question.')
    } else if (isOrder(action.resource)) {
      const before = action.type === 'update' ? asked(referenceOf(action.resource)) : replaced
      found.push(...rows(before, action.resource))
    } else sentences.push(sentenceOf(action))
  }
  return { rows: unique(found), sentences }
}

const removal = (order: FhirJson | undefined): readonly DiffRow[] =>
  order === undefined
    ? []
    : [{ label: 'Order', before: orderFacts(order).get('Order') ?? NOT_STATED, after: 'Taken out' }]

/** The table names its rows by their labels. */
function unique(found: readonly DiffRow[]): readonly DiffRow[] {
  const seen = new Map<string, number>()
  return found.map((row) => {
    const count = (seen.get(row.label) ?? 0) + 1
    seen.set(row.label, count)
    return count === 1 ? row : { ...row, label: `${row.label} ${count}` }
  })
}

/** An action in one sentence; the payer's own words where it gave some. */
export function sentenceOf(action: Action): string {
  const what =
    action.type === 'delete'
      ? 'an entry'
      : (TYPE_WORDS[action.resource.resourceType] ?? action.resource.resourceType)
  const verb =
    action.type === 'create' ? 'Would add' : action.type === 'update' ? 'Would change' : 'Would remove'
  const own = action.description === undefined ? '' : `: ${action.description}`
  return `${verb}: ${what}${own}`
}
