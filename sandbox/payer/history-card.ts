import type { JsonObject } from './json'
import { type Member, memberReference } from './members'
import type { Payer } from './payer'
import type { Question } from './question'
import type { NewId } from './suggestions'

/** Where the card's link leads and when it was made. */
export interface HistoryOccasion {
  readonly payer: Payer
  readonly payerFhirBase: string
  /** Launch URL of the app. */
  readonly app: string
  readonly now: Date
  readonly newId: NewId
}

const HOUR = 3_600_000

/** The member-history card of an appointment-book answer: with a smart link when one member was found, else only saying so (PDex facts 2.3 and 2.4). */
export function historyCard(
  question: Question,
  found: readonly Member[],
  occasion: HistoryOccasion,
): JsonObject {
  const { payer, newId } = occasion
  const [member] = found
  // CRD knows no topic for it; a code of the payer's own keeps it apart from those that configuration switches.
  const topic = {
    system: `${payer.memberSystem.replace(/\/[^/]*$/, '')}/card-topics`,
    code: 'member-history',
    display: 'Member history',
  }
  const source = { label: payer.title, topic }
  if (!member || found.length > 1) {
    const summary = member
      ? `${payer.title} found more than one member`
      : `${payer.title} did not find this member`
    const detail =
      'No history can be offered. Check the member id on the card against the coverage in the chart.'
    return { uuid: newId(), summary, indicator: 'info', detail, source }
  }
  return {
    uuid: newId(),
    summary: `${payer.title} holds history for this member`,
    indicator: 'info',
    detail:
      'Problems, medicines, procedures and visits that other providers reported. Choose what belongs in the chart.',
    source,
    links: [historyLink('Review member history', question, member, occasion)],
  }
}

/** The smart link that opens the app at a member's history. */
export const historyLink = (
  label: string,
  question: Question,
  member: Member,
  occasion: HistoryOccasion,
): JsonObject => ({
  label,
  url: occasion.app,
  type: 'smart',
  appContext: appContext(question, member, occasion),
})

function appContext(
  question: Question,
  member: Member,
  { payer, payerFhirBase, now }: HistoryOccasion,
): string {
  return JSON.stringify({
    v: 1,
    type: 'pdex-member-history',
    payerFhirBase,
    payer: { ...payer.identifier, display: payer.title },
    result: 'matched',
    memberIdentifier: { system: payer.memberSystem, value: member.memberId },
    ...(payer.memberMatch.memberId ? { memberReference: memberReference(member) } : {}),
    ehrPatient: question.patientId,
    hookInstance: question.hookInstance,
    issued: now.toISOString(),
    expires: new Date(now.getTime() + HOUR).toISOString(),
  })
}
