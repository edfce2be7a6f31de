/**
 * Every sentence that the front desk reads, by its key, with what goes into it: dates `YYYY-MM-DD`, amounts and names as given. The
 * sentences themselves are in `words/`, one file a language. Nothing is glued together from parts, so that each can be translated.
 */
export interface Phrases {
  // The answer, large.
  readonly fine: None
  readonly 'authorization-first': None
  readonly 'authorization-by-performer': None
  readonly 'authorization-granted': OfPayer
  readonly 'authorization-depends': None
  readonly 'authorization-undecided': OfPayer
  readonly 'authorization-not-stated': OfPayer
  readonly 'authorization-unclear': OfPayer
  readonly 'documents-first': None
  readonly 'information-first': None
  readonly 'not-covered': None
  readonly conditional: None
  readonly 'conditional-and-authorization': None
  readonly undecided: OfPayer
  readonly 'not-stated': OfPayer
  readonly 'not-stated-but-authorization': OfPayer
  readonly 'not-understood': OfPayer
  readonly several: OfPayer & { readonly count: number }
  readonly silent: OfPayer
  readonly 'messages-only': OfPayer
  readonly 'not-asked': OfPayer
  readonly 'nobody-asked': None
  readonly 'not-prepared': OfPayer
  readonly 'not-reached': OfPayer
  readonly 'gave-error': OfPayer
  readonly 'timed-out': OfPayer
  readonly 'too-busy': OfPayer
  readonly skipped: OfPayer
  readonly 'second-silent': OfPayer
  readonly 'second-said': OfPayer
  // The same in a word or two, for a tag or a row.
  readonly 'tag.fine': None
  readonly 'tag.needs-authorization': None
  readonly 'tag.not-covered': None
  readonly 'tag.collect': None
  readonly 'tag.not-stated': None
  readonly 'tag.undecided': None
  readonly 'tag.silent': None
  readonly 'tag.refused': None
  readonly 'tag.failed': None
  readonly 'tag.timed-out': None
  readonly 'tag.skipped': None
  // Why.
  readonly 'why.gold-card': None
  readonly 'why.no-member-found': OfPayer
  readonly 'why.no-active-coverage': None
  readonly 'why.coverage-not-found': OfPayer
  readonly 'why.auth-out-network': None
  readonly 'why.detail-code': None
  readonly 'why.technical': OfPayer
  /** The payer's own words, which no table translates. */
  readonly quote: OfPayer & { readonly text: string }
  /** What keeps the question from being asked, in the app's words. */
  readonly because: { readonly text: string }
  // What was not learned (U4).
  readonly 'unknown.coverage': None
  readonly 'unknown.authorization': None
  // What to tell the patient.
  readonly 'tell.fine': None
  readonly 'tell.authorization': None
  readonly 'tell.authorization-granted': OfPayer
  readonly 'tell.not-covered': None
  readonly 'tell.depends': None
  readonly 'tell.needed': None
  readonly 'tell.not-known': None
  readonly 'tell.no-coverage': None
  // What to collect.
  readonly 'collect.nothing': None
  readonly 'collect.not-known': OfPayer
  readonly 'collect.not-asked': None
  readonly 'collect.card': None
  readonly 'collect.clinical': None
  readonly 'collect.admin': None
  readonly 'collect.patient': None
  readonly 'collect.both': None
  readonly 'collect.conditional': None
  readonly 'collect.indeterminate': OfPayer
  readonly 'collect.form': { readonly count: number }
  readonly 'collect.performer': None
  readonly 'collect.location': None
  readonly 'collect.timeframe': None
  readonly 'collect.contract-window': None
  readonly 'collect.detail-code': None
  readonly 'collect.other': None
  // Details: the payer's value under our words.
  readonly 'detail.in-network-copay': Valued
  readonly 'detail.out-network-copay': Valued
  readonly 'detail.allowed-quantity': Valued
  readonly 'detail.allowed-period': Valued
  readonly 'detail.concurrent-review': Valued
  readonly 'detail.instructions': Valued
  readonly 'detail.auth-out-network-only': Valued
  readonly 'detail.policy-link': Valued
  readonly 'detail.other': Valued & { readonly label: string }
  readonly 'only-for-codes': { readonly codes: string }
  readonly 'only-with-other-orders': None
  // Time for authorization, from what the payer said.
  readonly 'time.ask-by': Lead & { readonly by: string }
  readonly 'time.ask-today': Lead
  readonly 'time.too-late': Lead & { readonly left: number }
  readonly 'time.not-said': OfPayer
  // Whom to call.
  readonly 'call.payer': OfPayer & { readonly phone: string }
  readonly 'call.contact': { readonly name: string; readonly value: string }
  readonly 'call.card': None
}

type None = object
interface OfPayer {
  readonly payer: string
}
interface Valued {
  readonly value: string
}
/** `days`: how long the payer takes at most. */
interface Lead {
  readonly days: number
  readonly unit: DayUnit
}

/** Days of a payer: those from Monday to Friday, or all. */
export type DayUnit = 'working' | 'calendar'

/** One sentence, not yet in words. */
export type Phrase = { readonly [K in keyof Phrases]: { readonly key: K } & Phrases[K] }[keyof Phrases]

/** All sentences of a language: one that is missing does not compile. */
export type Words = { readonly [K in keyof Phrases]: (said: Phrases[K]) => string }

/** A sentence in the words of a language. */
export const inWords = (phrase: Phrase, words: Words): string =>
  // The key says which of the sentences it is, so that what goes into it fits.
  (words[phrase.key] as (said: Phrase) => string)(phrase)

/** Each sentence once. */
export const unique = (phrases: readonly Phrase[]): readonly Phrase[] => [
  ...new Map(phrases.map((phrase) => [JSON.stringify(phrase), phrase])).values(),
]
