import type { FhirJson } from '../json'
import type { NewId } from '../ports'
import { never } from '../result'
import type { Action } from './cds-response'
import { payerText } from './payer-text'
import { asDraft, type DraftFrame, isHypotheticalType } from './suggestion-draft'
import {
  findReferenced,
  referenceOf,
  referencesIn,
  relativeOf,
  rewriteReferences,
} from './suggestion-references'

/** Where applying stands after some suggestions. All sets and keys hold `Type/id`. */
export interface Transaction {
  readonly resources: readonly FhirJson[]
  /** New resource → the one that it takes the place of. */
  readonly replaced: ReadonlyMap<string, string>
  readonly changed: ReadonlySet<string>
  readonly removed: ReadonlySet<string>
  readonly notes: ReadonlyMap<string, readonly string[]>
  /** Actions on what is no order and no appointment. */
  readonly skipped: readonly Action[]
}

export type TransactionOutcome =
  | { readonly ok: true; readonly state: Transaction }
  | { readonly ok: false; readonly reasons: readonly string[] }

type Create = Action & { readonly type: 'create' }
type Update = Action & { readonly type: 'update' }

/** A create with the id that it gets here. */
interface Planned {
  readonly action: Create
  readonly given: string | undefined
  readonly id: string
}

/** The actions of one suggestion, wholly or not at all: deletes, then creates, then updates (FHIR R4 http.html#trules). */
export function transact(
  actions: readonly Action[],
  state: Transaction,
  world: DraftFrame & { readonly newId: NewId },
): TransactionOutcome {
  const { deletes, creates, updates, skipped } = sort(actions, state)
  const reasons: string[] = []
  const removed = removals(deletes, state, reasons)
  const planned = creates.map(
    (action): Planned => ({ action, given: referenceOf(action.resource), id: world.newId() }),
  )
  const rewrite = rewriter(planned, actions, reasons)
  const notes = new Map(state.notes)
  const draft = (given: FhirJson, extra: readonly string[]): readonly FhirJson[] => {
    const made = asDraft(rewriteReferences(given, rewrite), world)
    const reference = referenceOf(given)
    if (!made.ok) reasons.push(made.reason)
    else if (reference !== undefined) notes.set(reference, [...extra, ...made.notes])
    return made.ok ? [made.draft] : []
  }
  const created = inOrder(planned).flatMap(({ action, id }) =>
    draft({ ...action.resource, id }, conditionNotes(action)),
  )
  const updated = updates.flatMap((action) => {
    const reason = conflict(action, updates, removed, state)
    if (reason !== undefined) reasons.push(reason)
    return draft(action.resource, [])
  })
  if (reasons.length > 0) return { ok: false, reasons: [...new Set(reasons)] }
  return {
    ok: true,
    state: {
      resources: merged(state.resources, removed, created, updated),
      replaced: replacements(state.replaced, removed, created),
      changed: new Set([...state.changed, ...updated.flatMap((each) => referenceOf(each) ?? [])]),
      removed: new Set([...state.removed, ...removed]),
      notes,
      skipped: [...state.skipped, ...skipped],
    },
  }
}

interface Sorted {
  readonly deletes: readonly string[]
  readonly creates: readonly Create[]
  readonly updates: readonly Update[]
  readonly skipped: readonly Action[]
}

function sort(actions: readonly Action[], state: Transaction): Sorted {
  const [deletes, creates, updates, skipped] = [
    [] as string[],
    [] as Create[],
    [] as Update[],
    [] as Action[],
  ]
  for (const action of actions) {
    switch (action.type) {
      case 'delete': {
        const others = action.targets.filter((target) => !isOurs(target, state))
        deletes.push(...action.targets.filter((target) => isOurs(target, state)))
        if (others.length > 0) skipped.push({ ...action, targets: others })
        break
      }
      case 'create':
        if (isHypotheticalType(action.resource.resourceType)) creates.push(action)
        else skipped.push(action)
        break
      case 'update':
        if (isHypotheticalType(action.resource.resourceType)) updates.push(action)
        else skipped.push(action)
        break
      default:
        never(action)
    }
  }
  return { deletes, creates, updates, skipped }
}

/** Whether a target is of a type that can be hypothetical. Without a type it may be one of ours; if not, it is refused later. */
function isOurs(target: string, state: Transaction): boolean {
  const type = relativeOf(target)?.split('/')[0]
  return (
    type === undefined || isHypotheticalType(type) || findReferenced(target, state.resources) !== undefined
  )
}

function removals(targets: readonly string[], state: Transaction, reasons: string[]): ReadonlySet<string> {
  const removed = new Set<string>()
  for (const target of targets) {
    const found = findReferenced(target, state.resources)
    const reference = found && referenceOf(found)
    // Two alternatives of one card both take out the order that they replace: that is one removal.
    if (state.removed.has(relativeOf(target) ?? target)) continue
    if (reference === undefined) reasons.push('It removes an order that is not part of this question.')
    else if (state.changed.has(reference))
      reasons.push('One of the chosen suggestions changes an order that another one removes.')
    else removed.add(reference)
  }
  return removed
}

/** Why an update cannot be applied; resource identities in a transaction must not overlap. */
function conflict(
  action: Update,
  updates: readonly Update[],
  removed: ReadonlySet<string>,
  state: Transaction,
): string | undefined {
  const reference = referenceOf(action.resource)
  if (reference === undefined) return 'It changes an order without saying which.'
  if (removed.has(reference) || state.removed.has(reference))
    return 'It changes an order and removes it, too.'
  if (findReferenced(reference, state.resources) === undefined)
    return 'It changes an order that is not part of this question.'
  if (state.changed.has(reference)) return 'Two of the chosen suggestions change the same order.'
  const others = updates.filter((each) => referenceOf(each.resource) === reference)
  return others.length > 1 ? 'It changes the same order twice.' : undefined
}

/** References to what is created lead to its new id (dev-22); references to what is not created here lead nowhere, so they end. */
function rewriter(planned: readonly Planned[], actions: readonly Action[], reasons: string[]) {
  const created = new Map<string, string>()
  const ambiguous = new Set<string>()
  for (const { given, id, action } of planned) {
    if (given === undefined) continue
    if (created.has(given)) ambiguous.add(given)
    created.set(given, `${action.resource.resourceType}/${id}`)
  }
  const elsewhere = new Set(
    actions.flatMap((action) =>
      action.type === 'create' && !isHypotheticalType(action.resource.resourceType)
        ? (referenceOf(action.resource) ?? [])
        : [],
    ),
  )
  const all = planned.map(({ action }) => action.resource)
  return (reference: string): string | undefined => {
    const relative = relativeOf(reference) ?? viaUrn(reference, all)
    if (relative === undefined) return reference
    if (ambiguous.has(relative)) reasons.push('Two of the orders that it adds carry the same id.')
    if (elsewhere.has(relative)) return undefined
    return created.get(relative) ?? reference
  }
}

function viaUrn(reference: string, created: readonly FhirJson[]): string | undefined {
  const found = /^urn:uuid:/i.test(reference) ? findReferenced(reference, created) : undefined
  return found && referenceOf(found)
}

/** What is referred to stands before what refers to it (dev-23); in a circle, as the payer gave it. */
function inOrder(planned: readonly Planned[]): readonly Planned[] {
  const done = new Set<Planned>()
  const open = new Set<Planned>()
  const all = planned.map(({ action }) => action.resource)
  const visit = (each: Planned) => {
    if (done.has(each) || open.has(each)) return
    open.add(each)
    const names = new Set(
      referencesIn(each.action.resource).flatMap((name) => relativeOf(name) ?? viaUrn(name, all) ?? []),
    )
    for (const other of planned) if (other.given !== undefined && names.has(other.given)) visit(other)
    done.add(each)
  }
  for (const each of planned) visit(each)
  return [...done]
}

const conditionNotes = (action: Create): readonly string[] =>
  action.ifNoneExist === undefined
    ? []
    : [
        `To be added only if there is none like it yet (${payerText(action.ifNoneExist, 500) ?? 'not said how to tell'}).`,
      ]

/** Each resource keeps its place; what replaces one stands where that stood, the rest at the end. */
function merged(
  resources: readonly FhirJson[],
  removed: ReadonlySet<string>,
  created: readonly FhirJson[],
  updated: readonly FhirJson[],
): readonly FhirJson[] {
  const byReference = new Map(updated.map((each) => [referenceOf(each), each]))
  const first = resources.findIndex((each) => removed.has(referenceOf(each) ?? ''))
  const kept = (from: readonly FhirJson[]) =>
    from
      .filter((each) => !removed.has(referenceOf(each) ?? ''))
      .map((each) => byReference.get(referenceOf(each)) ?? each)
  if (first < 0) return [...kept(resources), ...created]
  return [...kept(resources.slice(0, first)), ...created, ...kept(resources.slice(first))]
}

/** One out, one of the same type in: that reads as one change (CRD "propose alternate"). */
function replacements(
  earlier: ReadonlyMap<string, string>,
  removed: ReadonlySet<string>,
  created: readonly FhirJson[],
): ReadonlyMap<string, string> {
  const [old] = removed
  if (removed.size !== 1 || old === undefined) return earlier
  const same = created.filter((each) => each.resourceType === old.split('/')[0])
  const next = same.length === 1 ? same[0] : undefined
  const reference = next && referenceOf(next)
  return reference === undefined ? earlier : new Map([...earlier, [reference, old]])
}
