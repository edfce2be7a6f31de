import { annotationCards } from './annotation'
import type { Desk } from './answer'
import { type CardDesk, orderCard, switchOf } from './cards'
import { codingsOf, isOneOf } from './codings'
import { type Circumstances, holds, lastDone, outsiderIn } from './conditions'
import { coverageInformation, withAnswers } from './coverage-information'
import { formActions } from './form'
import { isPrimary } from './hooks'
import type { JsonObject } from './json'
import type { Member } from './members'
import { networkCard, outsideNetwork } from './network-answer'
import type { Question } from './question'
import { oddCoverageCard } from './reference-dialect'
import { type Assertion, type CardRule, type Rule, ruleFor } from './rules'
import { lapsed, lapsedCard } from './standing'
import { referenceTo } from './suggestions'
import { authorizationFor, dayOfService } from './visit-conditions'

/** What is said of one order. */
export interface Said {
  readonly actions: readonly JsonObject[]
  readonly cards: readonly JsonObject[]
}

/** What an answer is about: an order, and the appointment that it was booked by; the same thing twice where there is but one. */
export interface Subject {
  readonly order: JsonObject
  readonly booked: JsonObject
}

/** What the payer knows about the person in question. */
export interface Standing {
  /** No member was found, or several. */
  readonly stranger: boolean
  readonly records: readonly JsonObject[]
  readonly member: Member | undefined
  /** Last day of the coverage, when it ends. */
  readonly ends: string | undefined
}

/** What is said about somebody who is no member. */
const STRANGER: Assertion = {
  covered: 'indeterminate',
  reasons: [{ code: 'no-member-found', text: 'No member was found for this coverage' }],
}

/** Secondary hooks must not demand documents; what is left stays true (CRD facts A2). */
function withoutDocuments({
  docNeeded: _,
  docPurpose: __,
  questionnaires: ___,
  ...rest
}: Assertion): Assertion {
  return rest
}

const assertionId = ({ payer, newId }: Desk): string => {
  const initials = payer.title
    .split(' ')
    .map((word) => word[0])
    .join('')
  const digits = newId().replaceAll('-', '').toUpperCase()
  return `${initials}-${digits.slice(0, 4)}-${digits.slice(4, 8)}`
}

/** The answer of a rule in these circumstances, with the number of the authorization where there is one on file. */
function saidBy(rule: Rule, circumstances: Circumstances): readonly Assertion[] {
  const answer = rule.answers.find(({ when }) => holds(when, circumstances))
  if (answer === undefined) return []
  const { when, assert } = answer
  if (typeof when !== 'object' || !('authorized' in when)) return assert
  const satisfiedPaId = authorizationFor(when.authorized, circumstances)
  return satisfiedPaId === undefined ? assert : assert.map((each) => ({ ...each, satisfiedPaId }))
}

function assertionsFor(rule: Rule, circumstances: Circumstances, standing: Standing): readonly Assertion[] {
  const said = saidBy(rule, circumstances)
  if (said.length === 0) return []
  if (standing.stranger) return [STRANGER]
  const { ends } = standing
  const day = dayOfService(circumstances)
  if (ends && day && day > ends) return [lapsed(ends)]
  const outsider = outsiderIn(circumstances)
  const near = outsider ? said.map((assertion) => outsideNetwork(assertion, outsider)) : said
  return isPrimary(circumstances.hook) ? near : near.map(withoutDocuments)
}

const foundFor = (rule: CardRule, circumstances: Circumstances): string | undefined =>
  typeof rule.when === 'object' && 'recent' in rule.when
    ? lastDone(rule.when.recent, rule.when.days, circumstances)
    : undefined

function cardsOf(
  rule: Rule,
  circumstances: Circumstances,
  standing: Standing,
  desk: CardDesk,
  off: Question['configuration']['off'],
): readonly JsonObject[] {
  const { order, directory } = circumstances
  if (standing.stranger) return []
  const on = (topic: string) => !off.has(switchOf(topic, desk.version))
  const { ends } = standing
  const day = dayOfService(circumstances)
  const isLapsed = ends !== undefined && day !== undefined && day > ends
  const outsider = outsiderIn(circumstances)
  return [
    ...(isLapsed && on('insurance') ? [lapsedCard(desk, ends, day, order)] : []),
    ...(outsider && on('network') ? [networkCard(desk, order, outsider, directory)] : []),
    ...rule.cards
      .filter((card) => card.form?.as !== 'action' && on(card.topic) && holds(card.when, circumstances))
      // What a visit costs with the plan is nothing that matters without it.
      .filter((card) => !isLapsed || card.topic !== 'cost')
      .map((card) => orderCard(card, order, desk, foundFor(card, circumstances))),
  ]
}

/** References of the other orders of the call that an assertion depends on. */
const dependenciesOf = (
  assertion: Assertion,
  order: JsonObject,
  question: Question,
  desk: Desk,
): readonly string[] =>
  question.subjects
    .filter((other) => other.id !== order.id)
    .filter((other) =>
      codingsOf(other, question.sent).some((coding) =>
        isOneOf(coding, assertion.dependsOn ?? [], desk.book.systems),
      ),
    )
    .map(referenceTo)

/** Everything that is said of one order, appointment or encounter: coverage information in the form of the payer's version, and cards. */
export function aboutOrder(
  { order, booked }: Subject,
  question: Question,
  standing: Standing,
  desk: Desk,
  cardDesk: CardDesk,
): Said {
  const { payer, book } = desk
  const found = ruleFor(book, order, question.sent)
  if (!found) return { actions: [], cards: [] }
  const { rule, coding } = found
  const circumstances: Circumstances = {
    order,
    booked,
    hook: question.hook,
    determination: question.configuration.unsolicitedDetermination,
    dispatchedTo: question.dispatchedTo,
    sent: question.sent,
    records: standing.records,
    directory: book.directory,
    systems: book.systems,
    today: cardDesk.today,
  }
  const { off } = question.configuration
  const assertions = assertionsFor(rule, circumstances, standing)
  const cards = cardsOf(rule, circumstances, standing, cardDesk, off)
  const coverageReference = `Coverage/${question.coverage.id}`
  if (payer.dialect === 'reference' && assertions.length > 0)
    return { actions: [], cards: [oddCoverageCard(order, assertions, coverageReference, cardDesk), ...cards] }
  if (question.version === '1.1') {
    const told = off.has('prior-auth') ? [] : assertions.flatMap((a) => annotationCards(order, a, cardDesk))
    return { actions: [], cards: [...told, ...cards] }
  }
  const billable = isOneOf(coding, [`hcpcs|${coding.code}`, `cpt|${coding.code}`], book.systems)
  const extensions = assertions.map((assertion) =>
    coverageInformation(assertion, {
      payer,
      version: question.version,
      coverageReference,
      billingCode: assertion.billing ?? (billable ? coding : undefined),
      dependencies: dependenciesOf(assertion, order, question, desk),
      today: cardDesk.today,
      assertionId: assertionId(desk),
    }),
  )
  const resource = withAnswers(order, extensions, coverageReference)
  const update = { type: 'update', description: `Coverage information from ${payer.title}`, resource }
  // At discharge nothing is left to decide; the guide's sample offers no coverage information there.
  const coverage =
    extensions.length > 0 && question.hook !== 'encounter-discharge' && !off.has('coverage-info')
  const forms =
    standing.stranger || !isPrimary(question.hook)
      ? []
      : rule.cards
          .filter(({ form, when }) => form?.as === 'action' && holds(when, circumstances))
          .flatMap(({ form }) => (form ? formActions(form, order, cardDesk) : []))
  return { actions: [...(coverage ? [update] : []), ...forms], cards }
}
