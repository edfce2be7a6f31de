import type { PayerAnswer, PayerRole } from '../crd/ask'
import type { CoverageAnswer } from '../crd/coverage-answer'
import { never, type Problem } from '../result'
import { type Authorization, authorizationOf } from './authorization'
import { callOf } from './call'
import { type CoverageProposal, type Messages, messagesOf } from './messages'
import { type Phrase, unique } from './phrases'
import { collectOf, detailOf, type FrontDeskState, STATES, type Verdict, verdictOf, whyOf } from './verdict'

/** What the answer is read against. Days `YYYY-MM-DD`. */
export interface AskedAbout {
  readonly today: string
  /** The day of the service. */
  readonly date: string
  readonly payerRole?: PayerRole
}

/** One assertion of a payer: it holds for its own codes and conditions only. */
export interface AnswerPart {
  readonly key: string
  readonly headline: Phrase
  readonly why: readonly Phrase[]
  /** Outside of these nothing may be concluded from it. */
  readonly conditions: readonly Phrase[]
  readonly asOf?: string
  readonly until?: string
  /** What is odd about it, in the app's words. */
  readonly warnings: readonly string[]
}

/** One payer's answer as a front desk needs it: sentences by key, in the order in which they are read. */
export interface FrontDeskAnswer extends Messages {
  readonly payer: string
  /** The second insurance, told to say nothing of coverage, and it did so (CRD dev-30). */
  readonly isSecondary: boolean
  /** What it asks of the desk. */
  readonly state: FrontDeskState
  /** Which of the six that never look alike (U4). */
  readonly outcome: PayerAnswer['kind']
  readonly headline: Phrase
  /** The same in a word or two. */
  readonly tag: Phrase
  readonly why: readonly Phrase[]
  readonly parts: readonly AnswerPart[]
  readonly unknown: readonly Phrase[]
  /** Absent for a second insurance that was not asked about coverage: the first one's answer holds. */
  readonly tell?: Phrase
  readonly collect: readonly Phrase[]
  readonly call: readonly Phrase[]
  readonly authorization?: Authorization
  /** Numbers that the payer gave its answer. */
  readonly references: readonly string[]
  /** Parts of the answer that could not be read. */
  readonly unreadable: number
  readonly proposals: readonly CoverageProposal[]
  readonly askedAt: number
  readonly endedAt: number
}

const NO_PAYER = 'The payer'
const NO_COVERAGE: Phrase = { key: 'unknown.coverage' }
const NO_AUTHORIZATION: Phrase = { key: 'unknown.authorization' }
const NOT_KNOWN: Phrase = { key: 'tell.not-known' }

/** A payer's answer for the front desk. Silence, a failure and "could not decide" never read like consent (U4). */
export function frontDeskAnswer(answer: PayerAnswer, about: AskedAbout): FrontDeskAnswer {
  const payer = answer.payer?.name ?? NO_PAYER
  const content = answer.kind === 'answered' || answer.kind === 'undecided' ? answer : undefined
  const role = about.payerRole ?? answer.payerRole ?? 'primary'
  const messages = content && messagesOf(content, payer)
  const hasMessages = messages !== undefined && messages.notes.length + messages.proposals.length > 0
  const { tell, ...verdict } = overall(answer, payer, role, hasMessages)
  const coverage = content?.coverage ?? []
  const isSecondary = role === 'secondary' && coverage.length === 0
  const frame = {
    payer,
    outcome: answer.kind,
    isSecondary,
    ...verdict,
    ...(!isSecondary && { tell }),
    tag: tagOf(answer, verdict.state),
    why: reasonOf(answer),
    unknown: isSecondary ? [] : unknownOf(coverage),
    call: callOf(content, answer.payer, payer),
    askedAt: answer.askedAt,
    endedAt: answer.endedAt,
  }
  if (content === undefined || messages === undefined)
    return {
      ...frame,
      parts: [],
      collect: isSecondary ? [] : [toCollectUnasked(answer, payer)],
      references: [],
      unreadable: 0,
      notes: [],
      leftOut: 0,
      proposals: [],
    }
  const authorization =
    verdict.state === 'needs-authorization' ? authorizationOf(content, messages, payer, about) : undefined
  // What is quoted beside the time is not said twice.
  const isNew = (phrase: Phrase): boolean =>
    phrase.key !== 'detail.instructions' || authorization?.quote?.text.includes(phrase.value) !== true
  const asked = unique(coverage.flatMap((each) => collectOf(each, payer)).filter(isNew))
  const isFine = coverage.length > 0 && coverage.every((each) => verdictOf(each, payer).state === 'fine')
  const nothing: Phrase = isFine ? { key: 'collect.nothing' } : { key: 'collect.not-known', payer }
  const saysAll = asked.length > 0 || verdict.state === 'not-covered' || isSecondary
  return {
    ...frame,
    ...messages,
    parts: coverage.map((each) => partOf(each, payer)),
    collect: saysAll ? asked : [nothing],
    references: [...new Set(coverage.flatMap((each) => each.assertionId ?? []))],
    unreadable: content.unreadable.length,
    ...(authorization && { authorization }),
  }
}

/** `hasMessages`: something is shown besides; what is left for the clinician is no message to the desk. */
function overall(answer: PayerAnswer, payer: string, role: PayerRole, hasMessages: boolean): Verdict {
  const notAsked = (headline: Phrase): Verdict => ({ state: 'could-not-ask', headline, tell: NOT_KNOWN })
  const notStated = (headline: Phrase): Verdict => ({ state: 'not-stated', headline, tell: NOT_KNOWN })
  switch (answer.kind) {
    case 'answered':
    case 'undecided': {
      const verdicts = answer.coverage.map((each) => verdictOf(each, payer))
      const [first] = verdicts
      if (first === undefined && role === 'secondary')
        return notStated({ key: hasMessages ? 'second-said' : 'second-silent', payer })
      if (first === undefined) return notStated({ key: hasMessages ? 'messages-only' : 'not-stated', payer })
      if (verdicts.every((each) => each.headline.key === first.headline.key)) return first
      // The most pressing of several: none of them is passed over.
      const worst = verdicts.reduce((one, other) => (placeOf(other.state) < placeOf(one.state) ? other : one))
      return { ...worst, headline: { key: 'several', payer, count: verdicts.length } }
    }
    case 'silent':
      return notStated({ key: role === 'secondary' ? 'second-silent' : 'silent', payer })
    case 'refused': {
      const verdict = notAsked(
        answer.payer === undefined ? { key: 'nobody-asked' } : { key: 'not-asked', payer },
      )
      return hasNoCoverage(answer) ? { ...verdict, tell: { key: 'tell.no-coverage' } } : verdict
    }
    case 'failed':
      if (answer.hookInstance === undefined) return notAsked({ key: 'not-prepared', payer })
      return notAsked({ key: failureKey(answer.problem), payer })
    case 'skipped':
      return notAsked({ key: 'skipped', payer })
    default:
      return never(answer)
  }
}

/** A payer that gave an error, or refused for being asked too much (RFC 6585 §4), was reached all the same. */
function failureKey(problem: Problem): 'timed-out' | 'too-busy' | 'gave-error' | 'not-reached' {
  if (problem.kind === 'timeout') return 'timed-out'
  if (problem.kind === 'http' && problem.status === 429) return 'too-busy'
  return problem.kind === 'http' || problem.kind === 'malformed' ? 'gave-error' : 'not-reached'
}

/** No two of the six outcomes have the same tag (U4). */
function tagOf(answer: PayerAnswer, state: FrontDeskState): Phrase {
  switch (answer.kind) {
    case 'answered':
      return { key: state === 'could-not-ask' ? 'tag.not-stated' : `tag.${state}` }
    case 'failed':
      if (answer.hookInstance === undefined) return { key: 'tag.refused' }
      return { key: answer.problem.kind === 'timeout' ? 'tag.timed-out' : 'tag.failed' }
    case 'undecided':
    case 'silent':
    case 'refused':
    case 'skipped':
      return { key: `tag.${answer.kind}` }
    default:
      return never(answer)
  }
}

/** No coverage is in force: the rule stands for it where no payer was found. */
const hasNoCoverage = (answer: PayerAnswer): boolean =>
  answer.kind === 'refused' && answer.payer === undefined && answer.rule === 'one-coverage'

/** What to collect where there is no answer. Nobody "did not say" who was not asked. */
function toCollectUnasked(answer: PayerAnswer, payer: string): Phrase {
  if (answer.kind !== 'refused') return { key: 'collect.not-known', payer }
  return { key: hasNoCoverage(answer) ? 'collect.card' : 'collect.not-asked' }
}

const reasonOf = (answer: PayerAnswer): readonly Phrase[] =>
  answer.kind === 'refused' ? [{ key: 'because', text: answer.message }] : []

/** What was not learned. A payer that says "not covered" leaves nothing open about authorization. */
function unknownOf(coverage: readonly CoverageAnswer[]): readonly Phrase[] {
  const open = (each: CoverageAnswer): boolean =>
    ['undecided', 'not-stated', 'unknown-code'].includes(each.verdict.kind)
  const noCoverage = coverage.length === 0 || coverage.some(open)
  const noAuthorization =
    coverage.length === 0 ||
    coverage.some(
      ({ verdict, priorAuthorization }) =>
        verdict.kind !== 'not-covered' &&
        (priorAuthorization === undefined ||
          priorAuthorization.code === 'indeterminate' ||
          !priorAuthorization.known),
    )
  return [...(noCoverage ? [NO_COVERAGE] : []), ...(noAuthorization ? [NO_AUTHORIZATION] : [])]
}

function partOf(answer: CoverageAnswer, payer: string): AnswerPart {
  const { billingCodes, details, dependencies, asOf, until } = answer
  const codes = billingCodes.map(({ code, display }) => (display === '' ? code : `${code} (${display})`))
  return {
    key: answer.key,
    headline: verdictOf(answer, payer).headline,
    why: unique(answer.reasons.flatMap((reason) => whyOf(reason, payer))),
    conditions: [
      ...(codes.length > 0 ? [{ key: 'only-for-codes', codes: codes.join(', ') } as const] : []),
      ...details.filter(({ category }) => category === 'limitation').map(detailOf),
      ...(dependencies.length > 0 ? [{ key: 'only-with-other-orders' } as const] : []),
    ],
    warnings: answer.notices,
    ...(asOf !== undefined && { asOf }),
    ...(until !== undefined && { until }),
  }
}

const placeOf = (state: FrontDeskState): number => STATES.indexOf(state)

/**
 * Which of two answers needs doing first: by state, within it by the day by which it has to be done; where the payer named none,
 * the day of the service. For sorting the rows of a day.
 */
export function byUrgency(
  a: { readonly answer: Pick<FrontDeskAnswer, 'state' | 'authorization'>; readonly date: string },
  b: { readonly answer: Pick<FrontDeskAnswer, 'state' | 'authorization'>; readonly date: string },
): number {
  const due = ({ answer, date }: typeof a): string => answer.authorization?.deadline ?? date
  return placeOf(a.answer.state) - placeOf(b.answer.state) || due(a).localeCompare(due(b))
}
