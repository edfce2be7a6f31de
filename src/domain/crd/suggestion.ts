import type { FhirJson } from '../json'
import type { NewId } from '../ports'
import type { Action, Card } from './cds-response'
import type { DraftFrame } from './suggestion-draft'
import { referenceOf, referencesIn, relativeOf } from './suggestion-references'
import { type Transaction, transact } from './suggestion-transaction'
import {
  additionRows,
  type ChangeRow,
  changeRows,
  draftName,
  removalRows,
  typeInWords,
} from './suggestion-words'

export type { ChangeRow } from './suggestion-words'

/** The hypothetical resources that the card was about, and whose they are. */
export interface SuggestionWorld extends DraftFrame {
  /** Orders and appointments as they were asked, each with an id. */
  readonly resources: readonly FhirJson[]
  readonly newId: NewId
}

/** What became of one hypothetical resource, in words. `replaced`: one taken out for one of its type that was added. */
export interface ResourceChange {
  readonly kind: 'added' | 'changed' | 'replaced' | 'removed'
  /** What it is, by name. */
  readonly name: string
  /** `Type/id` before and after. */
  readonly before?: string
  readonly after?: string
  readonly rows: readonly ChangeRow[]
  /** E.g. that it is to be created only where there is none yet. */
  readonly notes: readonly string[]
}

/** An action that has no place in a hypothetical question (coverage records, tasks, forms): to be shown, never executed. */
export interface NotApplied {
  readonly action: Action
  readonly sentence: string
}

/** What choosing suggestions of a card comes to. To undo it is to take the earlier list again: nothing here is changed in place. */
export type SuggestionOutcome =
  | {
      readonly kind: 'applied'
      /** The new variant. */
      readonly resources: readonly FhirJson[]
      readonly changes: readonly ResourceChange[]
      readonly notApplied: readonly NotApplied[]
    }
  /** Nothing of it changes an order or an appointment of this question. */
  | { readonly kind: 'unchanged'; readonly notApplied: readonly NotApplied[] }
  /** None of it was applied. */
  | { readonly kind: 'refused'; readonly reasons: readonly string[] }

/**
 * Applies the chosen suggestions of a card (their `key`s) to the hypothetical resources: each suggestion wholly or not at all, in
 * the order of the card, by the rules of a FHIR transaction (CRD dev-21 to dev-23). Nothing leaves this device.
 */
export function applySuggestions(
  card: Pick<Card, 'suggestions' | 'selectionBehavior'>,
  chosen: readonly string[],
  world: SuggestionWorld,
): SuggestionOutcome {
  const keys = new Set(chosen)
  const suggestions = card.suggestions.filter((each) => keys.has(each.key))
  if (suggestions.length !== keys.size)
    return refused('One of the chosen suggestions does not belong to this card.')
  // Absent reads as the narrower of the two.
  if (suggestions.length > 1 && card.selectionBehavior !== 'any')
    return refused('Only one suggestion of this card can be chosen.')
  let state: Transaction = {
    resources: world.resources,
    replaced: new Map(),
    changed: new Set(),
    removed: new Set(),
    notes: new Map(),
    skipped: [],
  }
  for (const { actions } of suggestions) {
    const next = transact(actions, state, world)
    if (!next.ok) return { kind: 'refused', reasons: next.reasons }
    state = next.state
  }
  const changes = changesBetween(world.resources, state)
  const notApplied = state.skipped.map((action) => ({ action, sentence: notAppliedSentence(action) }))
  return changes.length === 0
    ? { kind: 'unchanged', notApplied }
    : { kind: 'applied', resources: state.resources, changes, notApplied }
}

const refused = (reason: string): SuggestionOutcome => ({ kind: 'refused', reasons: [reason] })

function changesBetween(before: readonly FhirJson[], state: Transaction): readonly ResourceChange[] {
  const was = (reference: string | undefined): FhirJson | undefined =>
    before.find((each) => referenceOf(each) === reference)
  const replacedBefore = new Set(state.replaced.values())
  const kept = state.resources.flatMap((after) => changeOf(after, was, state))
  const removed = before.flatMap((each): readonly ResourceChange[] => {
    const reference = referenceOf(each)
    if (reference === undefined || replacedBefore.has(reference) || !state.removed.has(reference)) return []
    return [{ kind: 'removed', name: draftName(each), before: reference, rows: removalRows(each), notes: [] }]
  })
  return [...removed, ...kept]
}

function changeOf(
  after: FhirJson,
  was: (reference: string | undefined) => FhirJson | undefined,
  state: Transaction,
): readonly ResourceChange[] {
  const reference = referenceOf(after)
  if (reference === undefined) return []
  const notes = [...(state.notes.get(reference) ?? []), ...danglingNotes(after, state)]
  const same = was(reference)
  if (same !== undefined) {
    const rows = changeRows(same, after)
    if (rows.length === 0 && notes.length === 0) return []
    return [{ kind: 'changed', name: draftName(same), before: reference, after: reference, rows, notes }]
  }
  const old = state.replaced.get(reference)
  const oldResource = was(old)
  if (old === undefined || oldResource === undefined)
    return [{ kind: 'added', name: draftName(after), after: reference, rows: additionRows(after), notes }]
  return [
    {
      kind: 'replaced',
      name: draftName(oldResource),
      before: old,
      after: reference,
      rows: changeRows(oldResource, after),
      notes,
    },
  ]
}

/** An order can be built on another one that the suggestion takes out: that is the user's to settle, so it is told. */
function danglingNotes(resource: FhirJson, state: Transaction): readonly string[] {
  const isDangling = referencesIn(resource).some((each) => state.removed.has(relativeOf(each) ?? each))
  return isDangling ? ['It still refers to an order that would be taken out.'] : []
}

function notAppliedSentence(action: Action): string {
  const own = action.description === undefined ? '' : ` The payer says: ${action.description}`
  const only =
    action.type === 'create' && action.ifNoneExist !== undefined ? ' if there is none like it yet' : ''
  const verb = { create: 'add', update: 'change', delete: 'remove' }[action.type]
  return `Would ${verb} ${targetInWords(action)} in the chart${only}. It is shown here and not applied.${own}`
}

function targetInWords(action: Action): string {
  if (action.type !== 'delete') return typeInWords(action.resource.resourceType)
  const types = action.targets.map((target) => typeInWords(target.split('/').at(-2) ?? 'an entry'))
  return [...new Set(types)].join(' and ')
}
