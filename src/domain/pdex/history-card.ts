import type { AskOptions, AskWorld, PayerAnswer, Preparation, PreparedQuestion } from '../crd/ask'
import { ask, prepare } from '../crd/ask'
import type { CoverageSummary } from '../crd/coverage'
import { localDate } from '../crd/payer-offer'
import { payerText } from '../crd/payer-text'
import type { Party, Scenario } from '../crd/scenario'
import { objects } from '../json'
import type { CallOptions, PayerPort } from '../ports'
import type { Problem } from '../result'
import { type AppContext, type AppContextCheck, readAppContext } from './app-context'
import { type MatchOutcome, memberFromAppContext } from './member-match'
import { carriedToken } from './payer-connection'

/** What the app itself asks a payer's appointment-book, in place of the EHR (PDex figure 4-1: a "call hook" app). */
export interface VisitQuestion {
  readonly coverage: CoverageSummary
  /** From the coverage, or as the user corrected it (PDex §57); "" where none is known: then the coverage tells (PDex §58). */
  readonly memberId: string
  /** Who is signed in: the imagined visit is with them. */
  readonly user: Party
}

/** Puts the question together and has the guard judge it. Sends nothing to the payer but discovery. */
export function prepareVisit(
  { coverage, memberId, user }: VisitQuestion,
  world: AskWorld,
  options: AskOptions = {},
): Promise<Preparation> {
  const id = memberId.trim()
  return prepare(visit(coverage.id, user, world), world, {
    ...options,
    // PDex 2.2: beside the context, under these plain names.
    extension: { ...(id !== '' && { memberId: id }), coverage: `Coverage/${coverage.id}` },
  })
}

/** A visit today that nobody has booked: the hook wants one, and says nothing of what is only looked at. */
function visit(coverageId: string, user: Party, { session, clock, newId }: AskWorld): Scenario {
  const today = localDate(clock.now())
  return {
    version: 1,
    patientId: session.patientId,
    coverageId,
    orders: [],
    question: {
      hook: 'appointment-book',
      appointments: [
        {
          id: newId(),
          serviceType: [],
          text: 'Office visit',
          time: { kind: 'between', start: today, end: today },
          performers: [user],
          reasons: [],
          basedOn: [],
          billing: [],
          patientPays: false,
        },
      ],
    },
  }
}

/**
 * What a payer's answer says of the member. `no-link`: it is an answer, without a way into the records; `words`: what its messages
 * say of them.
 */
export type HistoryCard =
  /** `appContext` as it came. */
  | { readonly kind: 'card'; readonly context: AppContext; readonly appContext: unknown }
  | { readonly kind: 'no-link'; readonly words?: string }
  | { readonly kind: 'unusable'; readonly problem: Problem }

/** What the answer is held against: the launch, the site, and the question that was asked. */
export interface CardCheck extends AppContextCheck {
  readonly payerId: string
  readonly hookInstance: string
}

/** Reads the link of an answer that leads into the member's history, in any of the shapes of an appContext. */
export function readHistoryCard(response: unknown, check: CardCheck): HistoryCard {
  const cards = objects(response, 'cards')
  const contexts = cards.flatMap((card) => objects(card, 'links').map((link) => link.appContext))
  const readings = contexts.map((appContext) => ({ ...readAppContext(appContext, check), appContext }))
  // One wrong patient among them spoils the whole answer.
  const stop = readings.find((reading) => reading.kind === 'stop')
  if (stop?.kind === 'stop') return { kind: 'unusable', problem: stop.problem }
  for (const reading of readings) {
    if (reading.kind !== 'usable') continue
    const { payer, hookInstance } = reading.context
    if (payer.id !== check.payerId)
      return unusable('app-context-payer', `The answer leads to the records of ${payer.name} instead.`)
    if (hookInstance !== undefined && hookInstance !== check.hookInstance)
      return unusable('app-context-question', 'The answer belongs to another question than the one asked.')
    return { kind: 'card', context: reading.context, appContext: reading.appContext }
  }
  // What cannot be read may be meant for another app; what is too old was meant for this one.
  for (const reading of readings)
    if (reading.kind === 'ignored' && reading.problem.kind === 'refused')
      return { kind: 'unusable', problem: reading.problem }
  const words = cards
    .flatMap((card) => payerText(card.summary, 500) ?? [])
    .filter((summary) => /member|histor|record|match|no data|individual/i.test(summary))
  return { kind: 'no-link', ...(words.length > 0 && { words: words.slice(0, 3).join('\n') }) }
}

const unusable = (rule: string, message: string): HistoryCard => ({
  kind: 'unusable',
  problem: { kind: 'refused', rule, message },
})

/** What following an answer to its member needs. */
export interface CardWorld {
  readonly ask: Pick<AskWorld, 'cds' | 'clock' | 'policy' | 'payers' | 'session'>
  readonly patient: Parameters<typeof memberFromAppContext>[1]
  readonly members: PayerPort
  /** Keeps what was asked and answered (CRD found-37), whatever comes of it. */
  readonly keep: (question: PreparedQuestion, answer: PayerAnswer) => Promise<void>
}

/** Sends the prepared question once, keeps it, reads the card and finds the member that it names. */
export async function memberByHook(
  question: PreparedQuestion,
  world: CardWorld,
  options: CallOptions = {},
): Promise<MatchOutcome> {
  const answer = await ask(question, world.ask, () => undefined, options)
  await world.keep(question, answer)
  if (answer.kind === 'skipped') return { kind: 'failed', problem: { kind: 'cancelled' } }
  if (answer.kind === 'failed') return { kind: 'failed', problem: answer.problem }
  if (answer.kind === 'refused')
    return { kind: 'failed', problem: { kind: 'refused', rule: answer.rule, message: answer.message } }
  const check = {
    payers: world.ask.payers,
    patientId: world.ask.session.patientId,
    now: world.ask.clock.now(),
    payerId: question.choice.payer.id,
    hookInstance: question.hookInstance,
  }
  const card = readHistoryCard(answer.response, check)
  switch (card.kind) {
    case 'card': {
      const token = carriedToken(card.appContext, check)
      if (token !== undefined) world.members.carry(token)
      return memberFromAppContext(card.context, world.patient, world.members, options)
    }
    case 'no-link':
      return { kind: 'no-link', ...(card.words !== undefined && { detail: card.words }) }
    case 'unusable':
      return { kind: 'failed', problem: card.problem }
  }
}
