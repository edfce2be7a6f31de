import { literal } from '../fhir/references'
import { type FhirJson, text } from '../json'
import { draftFromOrder } from './order-copy'
import type { Question } from './question'
import type { DraftOrder, Scenario } from './scenario'
import type { ResourceChange } from './suggestion'
import { referenceOf } from './suggestion-references'
import { draftName } from './suggestion-words'

/** A scenario with a suggestion in it, ready to be asked again. */
export interface ScenarioVariant {
  readonly scenario: Scenario
  /** What of the suggestion this app cannot ask about, in sentences. */
  readonly notCarried: readonly string[]
}

/** What applying came to, with the resources as they were before. */
export interface Applied {
  readonly before: readonly FhirJson[]
  readonly resources: readonly FhirJson[]
  readonly changes: readonly ResourceChange[]
}

/**
 * The scenario after a suggestion: orders that it leaves alone stay as the user described them (those that the patient pays for
 * too), changed and added ones are read from the payer's proposal, whose further elements travel along. To undo it is to take the
 * earlier scenario again.
 */
export function variantScenario(scenario: Scenario, applied: Applied, fhirBase: string): ScenarioVariant {
  const ids = new Map(scenario.orders.map((order) => [`${order.kind}/${order.id}`, order]))
  const old = new Map(applied.changes.map((change) => [change.after, change.before]))
  const notCarried: string[] = []
  const carried = applied.resources.flatMap((resource): readonly DraftOrder[] => {
    const reference = referenceOf(resource) ?? ''
    const own = ids.get(reference)
    const isUntouched = applied.before.includes(resource)
    if (isUntouched) return own === undefined ? [] : [own]
    const template = own ?? ids.get(old.get(reference) ?? '') ?? scenario.orders[0]
    const draft = draftFromOrder(withRequester(resource, template, fhirBase), resource.id ?? '')
    if (
      draft === undefined ||
      (own === undefined && applied.before.some((each) => referenceOf(each) === reference))
    ) {
      notCarried.push(`The proposal for “${draftName(resource)}” cannot be asked about here.`)
      return own === undefined ? [] : [own]
    }
    return [draft]
  })
  const sent = new Set(applied.before.flatMap((each) => referenceOf(each) ?? []))
  const unsent = scenario.orders.filter((order) => !sent.has(`${order.kind}/${order.id}`))
  const { question, ...others } = scenario
  const kept = new Set(applied.resources.flatMap((each) => referenceOf(each) ?? []))
  return {
    scenario: {
      ...others,
      version: scenario.version + 1,
      orders: [...carried, ...unsent],
      ...(question && { question: questionWith(question, sent, kept, carried) }),
    },
    notCarried,
  }
}

/** CRD profiles want to know who orders: where the payer does not say, or names somebody elsewhere, it is who ordered before. */
function withRequester(resource: FhirJson, template: DraftOrder | undefined, fhirBase: string): FhirJson {
  const target = literal(text(resource.requester, 'reference'))
  const isHere = target !== undefined && (target.base === undefined || target.base === fhirBase)
  const display = text(resource.requester, 'display')
  if (isHere)
    return {
      ...resource,
      requester: { reference: `${target.type}/${target.id}`, ...(display !== undefined && { display }) },
    }
  const { requester: _elsewhere, ...rest } = resource
  const known = template?.requester
  return { ...rest, resourceType: resource.resourceType, ...(known && { requester: { ...known } }) }
}

/** What the hook is about besides the orders, without what was taken out. */
function questionWith(
  question: Question,
  sent: ReadonlySet<string>,
  kept: ReadonlySet<string>,
  orders: readonly DraftOrder[],
): Question {
  const remains = (reference: string): boolean => !sent.has(reference) || kept.has(reference)
  switch (question.hook) {
    case 'appointment-book':
      return {
        ...question,
        appointments: question.appointments.filter(({ id }) => remains(`Appointment/${id}`)),
      }
    case 'order-select':
      return { ...question, selections: selectionsOf(question.selections, orders, sent) }
    case 'order-dispatch':
      return { ...question, existing: question.existing.filter(remains) }
    default:
      return question
  }
}

/** Those that are still there, and those that the suggestion added: they were chosen just now. */
const selectionsOf = (
  selections: readonly string[],
  orders: readonly DraftOrder[],
  sent: ReadonlySet<string>,
): readonly string[] =>
  orders
    .filter(({ id, kind }) => selections.includes(id) || !sent.has(`${kind}/${id}`))
    .map((order) => order.id)
