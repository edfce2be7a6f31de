import { draftResource } from '../../domain/crd/order'
import type { DraftOrder, Scenario } from '../../domain/crd/scenario'
import type { SuggestionOutcome } from '../../domain/crd/suggestion'
import { variantScenario } from '../../domain/crd/suggestion-scenario'
import { changeRows } from '../../domain/crd/suggestion-words'
import type { FhirJson } from '../../domain/json'
import type { FormValues } from './form-values'

/** The form with proposed orders in it, and the orders that it then asks about. */
export interface FilledForm {
  readonly values: FormValues
  readonly orders: readonly DraftOrder[]
}

/** What the form makes of suggestions: filled in, or only to be looked at, with the reasons in sentences. */
export type FormVariant =
  | {
      readonly kind: 'fits'
      readonly values: FormValues
      /** What travels along without a field of its own, and what the form cannot carry. */
      readonly notes: readonly string[]
    }
  | { readonly kind: 'look-only'; readonly reasons: readonly string[] }

const only = (...reasons: readonly string[]): FormVariant => ({
  kind: 'look-only',
  reasons: [...new Set(reasons)],
})

/** Tries suggestions in the form. `scenario` and `before`: as they were asked. Nothing is changed by trying. */
export function formVariant(
  outcome: SuggestionOutcome,
  asked: { readonly scenario: Scenario; readonly before: readonly FhirJson[]; readonly fhirBase: string },
  fill: (orders: readonly DraftOrder[]) => FilledForm,
): FormVariant {
  if (outcome.kind === 'refused') return only(...outcome.reasons)
  if (outcome.kind === 'unchanged') return only('It changes nothing that this question is about.')
  const { scenario, notCarried } = variantScenario(
    asked.scenario,
    { ...outcome, before: asked.before },
    asked.fhirBase,
  )
  if (notCarried.length > 0) return only(...notCarried)
  if (JSON.stringify(subjects(scenario)) !== JSON.stringify(subjects(asked.scenario)))
    return only('It changes the appointment or the visit itself: describe that in the form.')
  if (scenario.orders.length === 0)
    return only('It takes out what the question is about: nothing would be left to ask.')
  const { values, orders } = fill(scenario.orders)
  const notes = scenario.orders.flatMap((order) => {
    const made = orders.find((each) => each.id === order.id) ?? orders[scenario.orders.indexOf(order)]
    if (made === undefined) return ['Not carried over: an order that the form has no place for.']
    return order.source === undefined ? [] : [...alongside(made), ...lost(order, made)]
  })
  return { kind: 'fits', values, notes: [...new Set(notes)] }
}

/** What a question is about besides orders. */
const subjects = ({ question }: Scenario): unknown =>
  question?.hook === 'appointment-book' ? question.appointments : question?.hook

/** Only for comparing: the same for both sides. */
const frame = { patientId: 'same', coverageId: 'same', authoredOn: '' }

/** What is asked from the proposal itself, because the form has no field for it. */
function alongside(made: DraftOrder): readonly string[] {
  const { source, ...typed } = made
  if (source === undefined) return []
  return changeRows(draftResource(typed, frame), draftResource(made, frame)).map(
    ({ label, after }) => `Asked as the payer proposes it, without a field in the form: ${label}: ${after}.`,
  )
}

function lost(order: DraftOrder, made: DraftOrder): readonly string[] {
  const wanted = order.requester?.reference
  const sameRequester = wanted === undefined || wanted === made.requester?.reference
  const [asks, says] = [draftResource(made, frame), draftResource(order, frame)]
  const rows = changeRows(asks, { ...says, resourceType: says.resourceType, requester: asks.requester })
  return [
    ...rows.map(
      ({ label, before, after }) =>
        `Not carried over: ${label}. Proposed: ${after}. The form asks: ${before}.`,
    ),
    ...(sameRequester ? [] : ['Not carried over: who orders. The form asks with its own.']),
  ]
}
