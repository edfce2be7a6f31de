import { aboutOrder, type Standing, type Subject } from './about-order'
import { type CardDesk, switchOf } from './cards'
import { historyCard, historyLink } from './history-card'
import { type JsonObject, localReference, objectsIn } from './json'
import { claimedBy, type Member, membersMatching } from './members'
import type { Payer } from './payer'
import type { Question } from './question'
import { inReferenceDialect } from './reference-dialect'
import type { RuleBook } from './rules'
import { coverageUpdate, endOfCoverage, numberUpdate, ownCoverage, secondaryNotice } from './standing'
import type { NewId } from './suggestions'

/** Everything an answer is made from besides the question. */
export interface Desk {
  readonly payer: Payer
  readonly book: RuleBook
  readonly members: readonly Member[]
  /** What the payer holds about a member. */
  readonly recordsOf: (member: Member) => readonly JsonObject[]
  /** Forms that the payer holds. */
  readonly questionnaires: readonly JsonObject[]
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

/** An appointment made from an order is answered on the order (CRD facts A6). */
function answered(booked: JsonObject, sent: readonly JsonObject[]): Subject {
  if (booked.resourceType !== 'Appointment') return { order: booked, booked }
  const references = objectsIn(booked.basedOn).map((order) => localReference(order.reference))
  const order = sent.find((resource) => references.includes(`${resource.resourceType}/${resource.id}`))
  return { order: order ?? booked, booked }
}

const URGENCY = ['critical', 'warning', 'info']

const byUrgency = (a: JsonObject, b: JsonObject): number =>
  URGENCY.indexOf(String(a.indicator)) - URGENCY.indexOf(String(b.indicator))

/** What the payer knows of the person: nothing of somebody unknown or masked. */
function standingOf(question: Question, found: readonly Member[], desk: Desk): Standing {
  const [member] = found
  const records = member && found.length === 1 ? desk.recordsOf(member) : []
  return {
    stranger: found.length !== 1 && !question.masked,
    records,
    member: found.length === 1 ? member : undefined,
    ends: endOfCoverage(question.coverage, ownCoverage(records)),
  }
}

/** News about the coverage itself, where the service offers them. */
function standingCards(question: Question, standing: Standing, desk: CardDesk): readonly JsonObject[] {
  const { configuration, coverage } = question
  const topic = switchOf('insurance', question.version)
  if (standing.stranger || !configuration.offered.has(topic) || configuration.off.has(topic)) return []
  return [
    ...coverageUpdate(desk, coverage, ownCoverage(standing.records)),
    ...numberUpdate(desk, coverage, standing.member),
    // Asked as the second payer, it was told not to speak of coverage (CRD dev-30); else it reminds of the first.
    ...(configuration.off.has('coverage-info') ? [] : secondaryNotice(desk, coverage)),
  ]
}

/** Answers a question from the rules: coverage information as the payer's version has it, the most urgent cards, and for appointments the member history. */
export function answer(question: Question, desk: Desk): CdsResponse {
  const { configuration, subjects, sent, hook, masked } = question
  const found = masked ? [] : membersMatching(desk.members, claimedBy(question.patient, question.coverage))
  const standing = standingOf(question, found, desk)
  const [member] = found
  const cardDesk: CardDesk = {
    payer: desk.payer,
    version: question.version,
    user: question.userId,
    patient: `Patient/${question.patientId}`,
    questionnaires: desk.questionnaires,
    today: desk.now.toISOString().slice(0, 10),
    newId: desk.newId,
    historyLink:
      member && found.length === 1 ? (label) => historyLink(label, question, member, desk) : undefined,
  }
  const parts = subjects.map((subject) =>
    aboutOrder(answered(subject, sent), question, standing, desk, cardDesk),
  )
  const history = hook === 'appointment-book' && !masked ? [historyCard(question, found, desk)] : []
  const cards = [
    ...history,
    ...parts.flatMap((part) => part.cards),
    ...standingCards(question, standing, cardDesk),
  ]
    .sort(byUrgency)
    .slice(0, configuration.maxCards)
  if (desk.payer.dialect === 'reference') return inReferenceDialect(cards, sent)
  const systemActions = parts.flatMap(({ actions }) => actions)
  return { cards, ...(systemActions.length > 0 ? { systemActions } : {}) }
}
