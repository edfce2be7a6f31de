import type { PayerAnswer } from '../../domain/crd/ask'
import type { CoverageAnswer } from '../../domain/crd/coverage-answer'
import { never } from '../../domain/result'
import type { Tone } from '../../ui'
import type { Answered } from '../asking/use-ask'

/** Why a payer was told to say nothing of coverage. */
const WITHOUT_COVERAGE = {
  secondary: 'It was asked for all but coverage, as the likely second payer.',
  settings:
    'Your settings for this payer switch coverage information off: it was not asked whether this is covered.',
} as const

/** What a payer's silence about coverage comes from, where it answered and was told to keep it (CRD impl-1); undefined elsewhere. */
export const coverageKept = ({ answer, withoutCoverage }: Answered): string | undefined =>
  withoutCoverage !== undefined && ['answered', 'undecided', 'silent'].includes(answer.kind)
    ? WITHOUT_COVERAGE[withoutCoverage]
    : undefined

/** How an outcome reads at a glance: colour, a word or two, one sentence. */
export interface Glance {
  readonly tone: Tone
  readonly tag: string
  readonly sentence: string
}

/** One assertion of a payer. A green sign stands only where the payer said both "covered" and "no authorization", and asks for nothing. */
export function glanceAtCoverage(answer: CoverageAnswer): Glance {
  const { verdict } = answer
  switch (verdict.kind) {
    case 'covered':
      return coveredGlance(answer)
    case 'not-covered':
      return { tone: 'no', tag: 'Not covered', sentence: 'Not covered.' }
    case 'conditional':
      return {
        tone: 'ask',
        tag: 'It depends',
        sentence: `Whether this is covered depends on information that is still missing.${authorizationTail(answer)}`,
      }
    case 'undecided':
      return {
        tone: 'ask',
        tag: 'Could not decide',
        sentence: 'The payer could not decide whether this is covered.',
      }
    case 'not-stated':
      return {
        tone: 'mute',
        tag: 'Coverage not stated',
        sentence: `The payer did not say whether this is covered.${authorizationTail(answer)}`,
      }
    case 'unknown-code':
      return {
        tone: 'mute',
        tag: 'Not understood',
        sentence:
          'The payer answered in a way that this app does not know. Do not rely on it; call the payer.',
      }
    default:
      return never(verdict)
  }
}

function coveredGlance(answer: CoverageAnswer): Glance {
  const ask = (tag: string, sentence: string): Glance => ({ tone: 'ask', tag, sentence })
  switch (answer.priorAuthorization?.code) {
    case 'no-auth':
      break
    case 'auth-needed':
      return ask('Authorization needed', 'Covered, if prior authorization is granted first.')
    case 'performpa':
      return ask('Authorization needed', 'Covered, if whoever performs it gets prior authorization first.')
    case 'satisfied':
      return ask('Check authorization', 'Covered. The payer counts prior authorization as granted already.')
    case 'conditional':
      return ask(
        'Authorization depends',
        'Covered. Whether prior authorization is needed depends on information that is still missing.',
      )
    case 'indeterminate':
      return ask(
        'Authorization not decided',
        'Covered. The payer could not say whether prior authorization is needed.',
      )
    case undefined:
      return ask('Authorization not stated', 'Covered. Nothing was said about prior authorization.')
    default:
      return ask(
        'Authorization unclear',
        'Covered. What was said about prior authorization is not understood.',
      )
  }
  if (answer.documents.length > 0 || answer.questionnaires.length > 0)
    return ask('Documents needed', 'Covered without prior authorization. Documents are needed.')
  if (answer.information.length > 0)
    return ask('Information needed', 'Covered without prior authorization. More information is asked for.')
  return { tone: 'yes', tag: 'Covered', sentence: 'Covered. No prior authorization is needed.' }
}

function authorizationTail(answer: CoverageAnswer): string {
  const code = answer.priorAuthorization?.code
  return code === 'auth-needed' || code === 'performpa' ? ' Prior authorization is needed.' : ''
}

const NOT_COVERED_YET = 'This does not mean the service is covered.'

/** The outcome of asking one payer; no two kinds read alike (U4). */
export function glanceAtAnswer(answer: PayerAnswer): Glance {
  const payer = answer.payer?.name ?? 'The payer'
  switch (answer.kind) {
    case 'answered':
      return glanceAtAll(payer, answer.coverage)
    case 'silent':
      return {
        tone: 'mute',
        tag: 'Said nothing',
        sentence: `${payer} returned no guidance. ${NOT_COVERED_YET}`,
      }
    case 'undecided':
      return {
        tone: 'ask',
        tag: 'Could not decide',
        sentence: `${payer} could not decide whether this is covered. ${NOT_COVERED_YET}`,
      }
    case 'refused':
      return { tone: 'mute', tag: 'Not asked', sentence: `${payer} was not asked. Nothing was sent.` }
    case 'failed':
      if (answer.hookInstance === undefined)
        return {
          tone: 'no',
          tag: 'Could not ask',
          sentence: `${payer} was not asked, because something that the question needs could not be read. ${NOT_COVERED_YET}`,
        }
      return answer.problem.kind === 'timeout'
        ? { tone: 'no', tag: 'Timed out', sentence: `No answer from ${payer} in time. ${NOT_COVERED_YET}` }
        : { tone: 'no', tag: 'Failed', sentence: `No answer from ${payer}. ${NOT_COVERED_YET}` }
    case 'skipped':
      return {
        tone: 'mute',
        tag: 'Skipped',
        sentence: `You skipped ${payer} before it answered. ${NOT_COVERED_YET}`,
      }
    default:
      return never(answer)
  }
}

function glanceAtAll(payer: string, coverage: readonly CoverageAnswer[]): Glance {
  const glances = coverage.map(glanceAtCoverage)
  const first = glances[0]
  if (first === undefined)
    return {
      tone: 'mute',
      tag: 'Coverage not stated',
      sentence: `${payer} sent messages but did not say whether this is covered.`,
    }
  if (glances.every((glance) => glance.tag === first.tag)) return first
  return {
    tone: 'ask',
    tag: 'Several answers',
    sentence: `${payer} gave ${glances.length} answers. Each holds only for what stands beside it.`,
  }
}

/** A payer that comes after the primary one answered about coverage, though only the primary is asked for that (CRD dev-28, dev-30). */
export const answersUnasked = (answer: PayerAnswer): boolean =>
  answer.payerRole === 'secondary' &&
  (answer.kind === 'answered' || answer.kind === 'undecided') &&
  answer.coverage.length > 0

export const UNASKED =
  'It was asked not to say whether this is covered, because another payer comes first, and said so all the same. Go by the first payer’s answer; this one may change after it.'
