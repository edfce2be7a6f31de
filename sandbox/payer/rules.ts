import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { at, isObject, type JsonObject, localReference, objectsIn } from './json'

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
  /** Only given to a caller who takes unsolicited determinations. */
  readonly satisfiedPaId?: string
  readonly validDays?: number
}

/** What must be true of the order for an answer to be the one. */
export type Condition = 'rental' | 'purchase' | 'no-performer' | 'no-location' | 'determination'

/** A card as the rules hold it; ids, source and the order are added when it is sent. */
export interface CardRule {
  readonly when?: Condition
  readonly summary: string
  readonly indicator: 'info' | 'warning' | 'critical'
  readonly topic: string
  readonly detail?: string
  readonly links?: readonly { readonly label: string; readonly url: string }[]
  readonly selectionBehavior?: 'at-most-one' | 'any'
  readonly overrideReasons?: readonly { readonly code: string; readonly display: string }[]
  readonly suggestions?: readonly SuggestionRule[]
}

/** `change` is laid over the order: as an update of it, or as a new order that takes its place. */
export interface SuggestionRule {
  readonly label: string
  readonly how: 'update' | 'replace'
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
  readonly systems: Readonly<Record<string, readonly string[]>>
  readonly rules: readonly Rule[]
}

/** Reads `rules.json` of a payer's folder. Our own file: it is checked for shape by a test, and here only for being there. */
export function loadRules(folder: string): RuleBook {
  const book: unknown = JSON.parse(readFileSync(join(folder, 'rules.json'), 'utf8'))
  if (!isObject(book) || !isObject(book.systems) || !Array.isArray(book.rules))
    throw new Error('rules.json has no systems or rules')
  return book as unknown as RuleBook
}

const BILLING_OPTIONS = 'http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-billing-options'

/** The concepts that say what is ordered: in the order itself, or in the Medication or Device that it refers to. */
function conceptsOf(order: JsonObject, sent: readonly JsonObject[]): readonly unknown[] {
  const references = [order.medicationReference, order.codeReference].map((reference) =>
    at(reference, 'reference'),
  )
  const things = [...objectsIn(order.contained), ...sent].filter(({ resourceType, id }) =>
    references.some(
      (reference) => reference === `#${id}` || localReference(reference) === `${resourceType}/${id}`,
    ),
  )
  const lenses = objectsIn(order.lensSpecification).map((lens) => lens.product)
  const own = [
    order.code,
    order.codeCodeableConcept,
    order.medicationCodeableConcept,
    at(order, 'oralDiet', 'type', 0),
  ]
  return [
    ...own,
    ...objectsIn(order.serviceType),
    ...lenses,
    ...things.flatMap((thing) => [thing.code, thing.type]),
  ]
}

/** The codings of what is ordered, and the likely billing codes beside them (CRD billopt-1), for every order type and for Appointment. */
function codingsOf(order: JsonObject, sent: readonly JsonObject[]): readonly JsonObject[] {
  const concepts = conceptsOf(order, sent)
  const extensions = [
    ...concepts.flatMap((concept) => objectsIn(at(concept, 'extension'))),
    ...objectsIn(order.extension),
  ]
  const billing = extensions.filter((extension) => extension.url === BILLING_OPTIONS)
  return [...concepts, ...billing.map((extension) => extension.valueCodeableConcept)].flatMap((concept) =>
    objectsIn(at(concept, 'coding')),
  )
}

/** The rule for an order and the coding that led to it; undefined when the payer has nothing to say about it. `sent` are the resources of the prefetch. */
export function ruleFor(
  book: RuleBook,
  order: JsonObject,
  sent: readonly JsonObject[],
): { readonly rule: Rule; readonly coding: JsonObject } | undefined {
  for (const coding of codingsOf(order, sent))
    for (const rule of book.rules)
      for (const key of rule.match) {
        const [system = '', code] = key.split('|')
        if (coding.code === code && book.systems[system]?.some((url) => url === coding.system))
          return { rule, coding }
      }
  return undefined
}

const participates = (appointment: JsonObject, type: string): boolean =>
  objectsIn(appointment.participant).some((p) =>
    localReference(at(p, 'actor', 'reference'))?.startsWith(`${type}/`),
  )

/** HCPCS modifier RR, or the word: R4 orders have no element for modifiers, and clients may have no field for it. */
function isRental(order: JsonObject): boolean {
  const details = [
    ...objectsIn(order.parameter).map((p) => p.valueCodeableConcept),
    ...objectsIn(order.orderDetail),
  ]
  const coded = details
    .flatMap((detail) => objectsIn(at(detail, 'coding')))
    .some((coding) => coding.code === 'RR')
  return coded || /\brental\b/i.test(String(at(order.codeCodeableConcept ?? order.code, 'text') ?? ''))
}

/** Whether a condition of the rules holds for an order; `determination` = the caller takes unsolicited determinations. */
export function holds(condition: Condition | undefined, order: JsonObject, determination: boolean): boolean {
  switch (condition) {
    case undefined:
      return true
    case 'rental':
      return isRental(order)
    case 'purchase':
      return !isRental(order)
    case 'no-performer':
      // An appointment always names a primary performer; it would not have been taken otherwise.
      return (
        order.resourceType !== 'Appointment' &&
        !isObject(order.performer) &&
        objectsIn(order.performer).length === 0
      )
    case 'no-location':
      return !order.locationCode && !order.locationReference && !participates(order, 'Location')
    case 'determination':
      return determination
  }
}
