import type { CodedFact, CoverageAnswer } from '../crd/coverage-answer'
import { detailWords, reasonWords } from '../crd/coverage-codes'
import { never } from '../result'
import type { Phrase, Phrases } from './phrases'

/** What an answer asks of the desk, the most pressing first: rows of a day are sorted by it. */
export const STATES = [
  'needs-authorization',
  'not-covered',
  'collect',
  'could-not-ask',
  'not-stated',
  'fine',
] as const
export type FrontDeskState = (typeof STATES)[number]

export interface Verdict {
  readonly state: FrontDeskState
  readonly headline: Phrase
  readonly tell: Phrase
}

type PlainKey = { [K in keyof Phrases]: object extends Phrases[K] ? K : never }[keyof Phrases]
const plain = (key: PlainKey): Phrase => ({ key }) as Phrase

/** One assertion of a payer as the desk needs it. `fine` only where it said "covered" and "no authorization", and asks for nothing. */
export function verdictOf(answer: CoverageAnswer, payer: string): Verdict {
  const authorization = answer.priorAuthorization?.code
  const mustAsk = authorization === 'auth-needed' || authorization === 'performpa'
  const notKnown: Pick<Verdict, 'state' | 'tell'> = { state: 'not-stated', tell: plain('tell.not-known') }
  switch (answer.verdict.kind) {
    case 'covered':
      return coveredVerdict(answer, payer)
    case 'not-covered':
      return { state: 'not-covered', headline: plain('not-covered'), tell: plain('tell.not-covered') }
    case 'conditional':
      return mustAsk
        ? {
            state: 'needs-authorization',
            headline: plain('conditional-and-authorization'),
            tell: plain('tell.depends'),
          }
        : { state: 'collect', headline: plain('conditional'), tell: plain('tell.depends') }
    case 'undecided':
      return { ...notKnown, headline: { key: 'undecided', payer } }
    case 'not-stated':
      return mustAsk
        ? {
            state: 'needs-authorization',
            headline: { key: 'not-stated-but-authorization', payer },
            tell: plain('tell.not-known'),
          }
        : { ...notKnown, headline: { key: 'not-stated', payer } }
    case 'unknown-code':
      return { ...notKnown, headline: { key: 'not-understood', payer } }
    default:
      return never(answer.verdict)
  }
}

function coveredVerdict(answer: CoverageAnswer, payer: string): Verdict {
  const unclear = (headline: Phrase): Verdict => ({
    state: 'not-stated',
    headline,
    tell: plain('tell.not-known'),
  })
  switch (answer.priorAuthorization?.code) {
    case 'no-auth':
      break
    case 'auth-needed':
      return {
        state: 'needs-authorization',
        headline: plain('authorization-first'),
        tell: plain('tell.authorization'),
      }
    case 'performpa':
      return {
        state: 'needs-authorization',
        headline: plain('authorization-by-performer'),
        tell: plain('tell.authorization'),
      }
    case 'satisfied':
      return {
        state: 'collect',
        headline: { key: 'authorization-granted', payer },
        tell: { key: 'tell.authorization-granted', payer },
      }
    case 'conditional':
      return { state: 'collect', headline: plain('authorization-depends'), tell: plain('tell.depends') }
    case 'indeterminate':
      return unclear({ key: 'authorization-undecided', payer })
    case undefined:
      return unclear({ key: 'authorization-not-stated', payer })
    default:
      return unclear({ key: 'authorization-unclear', payer })
  }
  if (answer.documents.length > 0 || answer.questionnaires.length > 0)
    return { state: 'collect', headline: plain('documents-first'), tell: plain('tell.needed') }
  if (answer.information.length > 0)
    return { state: 'collect', headline: plain('information-first'), tell: plain('tell.needed') }
  return { state: 'fine', headline: plain('fine'), tell: plain('tell.fine') }
}

/** Why the payer says so: what has a code in our words, its own words beside as a quotation. */
export function whyOf(reason: CodedFact, payer: string): readonly Phrase[] {
  const said = ownWords(reason, reasonWords)
  const quoted: readonly Phrase[] = said === undefined ? [] : [{ key: 'quote', payer, text: said }]
  switch (reason.code) {
    case 'gold-card':
    case 'no-active-coverage':
    case 'auth-out-network':
    case 'detail-code':
      return [plain(`why.${reason.code}`), ...quoted]
    case 'no-member-found':
    case 'coverage-not-found':
    case 'technical':
      return [{ key: `why.${reason.code}`, payer }, ...quoted]
    default:
      return quoted
  }
}

/** What a payer wrote beside a code; all of it where the code is none of the standard's. */
function ownWords({ code, words }: CodedFact, table: Readonly<Record<string, string>>): string | undefined {
  const known = Object.hasOwn(table, code) ? table[code] : undefined
  if (known === undefined) return words
  return words === known ? undefined : words.slice(known.length).replace(/^\.\s*/, '')
}

/** What is asked for, each once. */
export function collectOf(answer: CoverageAnswer, payer: string): readonly Phrase[] {
  return [
    ...answer.documents.map((each) => documentOf(each, payer)),
    ...(answer.questionnaires.length > 0
      ? [{ key: 'collect.form', count: answer.questionnaires.length } as const]
      : []),
    ...answer.information.map((each) => informationOf(each, payer)),
    ...answer.details.filter(({ category }) => category !== 'limitation').map(detailOf),
  ]
}

function documentOf({ code, words }: CodedFact, payer: string): Phrase {
  switch (code) {
    case 'clinical':
    case 'admin':
    case 'patient':
    case 'both':
    case 'conditional':
      return plain(`collect.${code}`)
    case 'indeterminate':
      return { key: 'collect.indeterminate', payer }
    default:
      return { key: 'quote', payer, text: words }
  }
}

function informationOf({ code, words }: CodedFact, payer: string): Phrase {
  switch (code) {
    case 'performer':
    case 'location':
    case 'timeframe':
    case 'contract-window':
    case 'detail-code':
      return plain(`collect.${code}`)
    case 'OTH':
      return plain('collect.other')
    default:
      return { key: 'quote', payer, text: words }
  }
}

/** A detail under our words where its code is the standard's. */
export function detailOf(detail: CoverageAnswer['details'][number]): Phrase {
  const { code, words } = detail.label
  const value =
    detail.qualification === undefined ? detail.value : `${detail.value} (${detail.qualification})`
  switch (code) {
    case 'in-network-copay':
    case 'out-network-copay':
    case 'allowed-quantity':
    case 'allowed-period':
    case 'concurrent-review':
    case 'instructions':
    case 'auth-out-network-only':
    case 'policy-link':
      return { key: `detail.${code}`, value }
    case 'instructions-admin':
      return { key: 'detail.instructions', value }
    default:
      return {
        key: 'detail.other',
        label: Object.hasOwn(detailWords, code) ? (detailWords[code] ?? words) : words,
        value,
      }
  }
}
