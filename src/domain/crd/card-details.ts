import { formatDate } from '../fhir/format-date'
import { referenceName, referenceSet } from '../fhir/references'
import { at, type FhirJson, type JsonObject, objects, text } from '../json'
import type { Action } from './cds-response'
import { conceptText } from './coverage-value'
import { payerText } from './payer-text'
import { findReferenced, referenceOf } from './suggestion-references'

/** One line about what an action would put into the chart. */
export interface DetailLine {
  readonly label: string
  readonly value: string
}

type Said = readonly (readonly [label: string, value: string | undefined])[]

const none = referenceSet('')

const day = (written: string | undefined): string | undefined =>
  written === undefined ? undefined : formatDate(written)

function span(period: unknown): string | undefined {
  const [start, end] = [day(text(period, 'start')), day(text(period, 'end'))]
  if (start !== undefined && end !== undefined) return `${start} to ${end}`
  if (start !== undefined) return `From ${start}`
  return end === undefined ? undefined : `Until ${end}`
}

const joined = (parts: readonly (string | undefined)[]): string | undefined => {
  const found = parts.filter((part) => part !== undefined)
  return found.length === 0 ? undefined : found.join(', ')
}

/** A task to complete a form, or one that puts a question off (CRD 1.1). */
const taskLines = (task: FhirJson): Said => [
  ['To do', payerText(task.description, 1000) ?? taskName(task)],
  ['Reason', conceptText(task.reasonCode)],
  ['Due', span(at(task, 'restriction', 'period'))],
  ['For', payerText(referenceName(task.owner, none), 300)],
  ['When done', joined(objects(task, 'input').map((input) => conceptText(input.valueCodeableConcept)))],
]

/** The guides send this code without a display. */
function taskName(task: FhirJson): string | undefined {
  const said = conceptText(task.code)
  return said === 'complete-questionnaire' ? 'Complete a form' : said
}

const coverageLines = (coverage: FhirJson): Said => [
  ['State', payerText(coverage.status, 50)],
  [
    'Member number',
    payerText(coverage.subscriberId, 100) ?? payerText(at(coverage, 'identifier', 0, 'value'), 100),
  ],
  ['In force', span(coverage.period)],
  ['Payer', joined(objects(coverage, 'payor').map((each) => payerText(referenceName(each, none), 300)))],
  ['Plan', joined(objects(coverage, 'class').map(className))],
]

function className(plan: JsonObject): string | undefined {
  const value = payerText(plan.name, 200) ?? payerText(plan.value, 200)
  const kind = conceptText(plan.type)
  return value === undefined || kind === undefined ? value : `${kind} ${value}`
}

const authorizationLines = (response: FhirJson): Said => [
  ['Authorization number (not valid for a what-if)', payerText(response.preAuthRef, 200)],
  ['Outcome', payerText(response.disposition, 500) ?? payerText(response.outcome, 50)],
  ['Valid', span(response.preAuthPeriod)],
]

const formLines = (form: FhirJson): Said => [
  ['Form', payerText(form.title, 500) ?? payerText(form.name, 500)],
  ['Version', payerText(form.version, 100)],
]

const readers: Readonly<Record<string, (resource: FhirJson) => Said>> = {
  Task: taskLines,
  Coverage: coverageLines,
  ClaimResponse: authorizationLines,
  Questionnaire: formLines,
}

/** What an action would put into the chart, in words, for kinds of records that are no orders (crd-facts A7). */
export function actionDetails(action: Action): readonly DetailLine[] {
  if (action.type === 'delete') return []
  const { resourceType } = action.resource
  const read = Object.hasOwn(readers, resourceType) ? readers[resourceType] : undefined
  return (read?.(action.resource) ?? []).flatMap(([label, value]) =>
    value === undefined ? [] : [{ label, value }],
  )
}

/** Remarks that an action would add to an order (CRD 1.1 annotate): the payer's words, with who wrote them where it says. */
export function addedRemarks(action: Action, orders: readonly FhirJson[]): readonly string[] {
  if (action.type === 'delete') return []
  const reference = referenceOf(action.resource)
  const sent = reference === undefined ? undefined : findReferenced(reference, orders)
  const before = new Set(sent === undefined ? [] : remarksOf(sent))
  return [...new Set(remarksOf(action.resource).filter((remark) => !before.has(remark)))]
}

const remarksOf = (resource: FhirJson): readonly string[] => {
  const comment = payerText(resource.comment, 5000)
  return [...objects(resource, 'note').flatMap(noteWords), ...(comment === undefined ? [] : [comment])]
}

function noteWords(note: JsonObject): readonly string[] {
  const said = payerText(note.text, 5000)
  if (said === undefined) return []
  const author =
    payerText(note.authorString, 200) ?? payerText(referenceName(note.authorReference, none), 200)
  return [author === undefined ? said : `${said} (${author})`]
}
