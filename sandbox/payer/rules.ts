import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { codingsOf, isOneOf, type Systems } from './codings'
import type { Condition } from './conditions'
import { isObject, type JsonObject } from './json'
import type { Provider } from './network'

/** A reason: a code of the payer's CRD version, or words of its own. */
export interface Reason {
  readonly code?: string
  readonly text: string
}

/** One line of detail, e.g. the quantity allowed. `value` is the FHIR element as it goes on the wire, e.g. `{ "valueQuantity": … }`. */
export interface Detail {
  readonly category: 'cat-limitation' | 'cat-decisional' | 'cat-other'
  readonly code: string
  readonly display: string
  readonly value: JsonObject
  readonly qualification?: string
}

/** What the payer asserts about an order; fields and codes are those of ext-coverage-information 2.2 (CRD facts A6). */
export interface Assertion {
  readonly covered: 'covered' | 'not-covered' | 'conditional' | 'indeterminate'
  readonly paNeeded?: 'no-auth' | 'auth-needed' | 'satisfied' | 'performpa' | 'conditional' | 'indeterminate'
  readonly docNeeded?: readonly string[]
  readonly docPurpose?: readonly string[]
  readonly infoNeeded?: readonly string[]
  readonly reasons?: readonly Reason[]
  readonly details?: readonly Detail[]
  readonly questionnaires?: readonly string[]
  /** Codes of orders that must proceed too; said when such an order is in the same call. */
  readonly dependsOn?: readonly string[]
  /** The Coding that this assertion is about, where an order is billed by several codes. */
  readonly billing?: JsonObject
  /** Only given to a caller who takes unsolicited determinations. */
  readonly satisfiedPaId?: string
  readonly validDays?: number
}

/** A card as the rules hold it; ids, source and the order are added when it is sent. `{found}` in its detail is the day of what a `recent` condition found. */
export interface CardRule {
  readonly when?: Condition
  readonly summary: string
  readonly indicator: 'info' | 'warning' | 'critical'
  readonly topic: string
  readonly detail?: string
  readonly links?: readonly { readonly label: string; readonly url: string }[]
  /** Label of a smart link to the member history; it is there when one member was found. */
  readonly historyLink?: string
  readonly selectionBehavior?: 'at-most-one' | 'any'
  readonly overrideReasons?: readonly { readonly code: string; readonly display: string }[]
  readonly suggestions?: readonly SuggestionRule[]
  /** The form to be filled in: a Task and its Questionnaire, offered on the card or done by a system action (CRD resp-61). */
  readonly form?: FormRule
}

/** A form that somebody has to fill in. */
export interface FormRule {
  /** Canonical with version; the payer's folder `forms` holds the Questionnaire. */
  readonly questionnaire: string
  readonly task: string
  readonly why: string
  readonly as: 'card' | 'action'
}

/** `change` is laid over the order: as an update of it, or as a new order that takes its place; null takes an element away. `add`: it is a further order beside it. */
export interface SuggestionRule {
  readonly label: string
  readonly how: 'update' | 'replace' | 'add'
  readonly description: string
  readonly change: JsonObject
}

/** Everything a payer says about some codes. */
export interface Rule {
  readonly about: string
  /** `system key|code`; the keys are those of `systems`. */
  readonly match: readonly string[]
  /** The first whose condition holds; none: the payer asserts nothing. */
  readonly answers: readonly { readonly when?: Condition; readonly assert: readonly Assertion[] }[]
  readonly cards: readonly CardRule[]
}

/** A payer's rules with the code systems that they name. */
export interface RuleBook {
  readonly systems: Systems
  /** Whom the payer knows as inside and outside its network. */
  readonly directory: readonly Provider[]
  readonly rules: readonly Rule[]
}

/** Reads `rules.json` of a payer's folder. Our own file: it is checked for shape by a test, and here only for being there. */
export function loadRules(folder: string): RuleBook {
  const book: unknown = JSON.parse(readFileSync(join(folder, 'rules.json'), 'utf8'))
  if (!isObject(book) || !isObject(book.systems) || !Array.isArray(book.rules))
    throw new Error('rules.json has no systems or rules')
  return { directory: [], ...book } as unknown as RuleBook
}

/** The rule for an order and the coding that led to it; undefined when the payer has nothing to say about it. `sent` are the resources of the prefetch. */
export function ruleFor(
  book: RuleBook,
  order: JsonObject,
  sent: readonly JsonObject[],
): { readonly rule: Rule; readonly coding: JsonObject } | undefined {
  for (const coding of codingsOf(order, sent)) {
    const rule = book.rules.find(({ match }) => isOneOf(coding, match, book.systems))
    if (rule) return { rule, coding }
  }
  return undefined
}
