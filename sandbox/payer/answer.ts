import { type NewId, orderCard } from './cards'
import { coverageInformation, withAnswers } from './coverage-information'
import { historyCard } from './history-card'
import { type JsonObject, localReference, objectsIn } from './json'
import { claimedBy, type Member, membersMatching } from './members'
import type { Payer } from './payer'
import type { Question } from './question'
import { type Assertion, holds, type RuleBook, ruleFor } from './rules'

/** Everything an answer is made from besides the question. */
export interface Desk {
  readonly payer: Payer
  readonly book: RuleBook
  readonly members: readonly Member[]
  readonly payerFhirBase: string
  /** Launch URL of the app. */
  readonly app: string
  readonly now: Date
  readonly newId: NewId
}

/** A CDS Hooks response body. */
export interface CdsResponse {
  readonly cards: readonly JsonObject[]
  readonly systemActions?: readonly JsonObject[]
}

/** What is said about somebody who is no member: CRD 2.2 has a code for it, 2.0.1 only words. */
const STRANGER: Readonly<Record<Payer['crd'], Assertion>> = {
  '2.2': {
    covered: 'indeterminate',
    reasons: [{ code: 'no-member-found', text: 'No member was found for this coverage' }],
  },
  '2.0.1': {
    covered: 'conditional',
    infoNeeded: ['OTH'],
    reasons: [{ text: 'No member was found for this coverage' }],
  },
}

/** An appointment made from an order is answered on the order (CRD facts A6). */
function answered(subject: JsonObject, sent: readonly JsonObject[]): JsonObject {
  if (subject.resourceType !== 'Appointment') return subject
  const references = objectsIn(subject.basedOn).map((order) => localReference(order.reference))
  return sent.find((resource) => references.includes(`${resource.resourceType}/${resource.id}`)) ?? subject
}

const assertionId = ({ payer, newId }: Desk): string => {
  const initials = payer.title
    .split(' ')
    .map((word) => word[0])
    .join('')
  const digits = newId().replaceAll('-', '').toUpperCase()
  return `${initials}-${digits.slice(0, 4)}-${digits.slice(4, 8)}`
}

function aboutOrder(
  order: JsonObject,
  question: Question,
  stranger: boolean,
  desk: Desk,
): { readonly action?: JsonObject; readonly cards: readonly JsonObject[] } {
  const { payer, book, now } = desk
  const found = ruleFor(book, order, question.sent)
  if (!found) return { cards: [] }
  const { rule, coding } = found
  const determination = question.configuration.unsolicitedDetermination
  const assertions = rule.answers.find(({ when }) => holds(when, order, determination))?.assert ?? []
  const coverageReference = `Coverage/${question.coverage.id}`
  const billable = [...(book.systems.hcpcs ?? []), ...(book.systems.cpt ?? [])].some(
    (system) => system === coding.system,
  )
  const extensions = (stranger && assertions.length > 0 ? [STRANGER[payer.crd]] : assertions).map(
    (assertion) =>
      coverageInformation(assertion, {
        payer,
        coverageReference,
        billingCode: billable ? coding : undefined,
        today: now.toISOString().slice(0, 10),
        assertionId: assertionId(desk),
      }),
  )
  const cards = stranger ? [] : rule.cards.filter((card) => holds(card.when, order, determination))
  const description = `Coverage information from ${payer.title}`
  return {
    ...(extensions.length > 0
      ? {
          action: {
            type: 'update',
            description,
            resource: withAnswers(order, extensions, coverageReference),
          },
        }
      : {}),
    cards: cards
      .filter((card) => !question.configuration.off.has(card.topic))
      .map((card) => orderCard(card, order, payer, desk.newId)),
  }
}

const URGENCY = ['critical', 'warning', 'info']

const byUrgency = (a: JsonObject, b: JsonObject): number =>
  URGENCY.indexOf(String(a.indicator)) - URGENCY.indexOf(String(b.indicator))

/** Answers a question from the rules: coverage-information as system actions, the most urgent cards, and for appointments the member history. */
export function answer(question: Question, desk: Desk): CdsResponse {
  const found = membersMatching(desk.members, claimedBy(question.patient, question.coverage))
  const { configuration, subjects, sent, hook } = question
  const parts = subjects.map((subject) =>
    aboutOrder(answered(subject, sent), question, found.length !== 1, desk),
  )
  const history = hook === 'appointment-book' ? [historyCard(question, found, desk)] : []
  const cards = [...history, ...parts.flatMap((part) => part.cards)]
    .sort(byUrgency)
    .slice(0, configuration.maxCards)
  // Off means no system action at all (CRD config code coverage-info).
  const systemActions = configuration.off.has('coverage-info')
    ? []
    : parts.flatMap(({ action }) => (action ? [action] : []))
  return { cards, ...(systemActions.length > 0 ? { systemActions } : {}) }
}
