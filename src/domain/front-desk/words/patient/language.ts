import type { Phrases } from '../../phrases'

/** Rows of what a payer gave as a name and a value: the name in the patient's language, the value as it came. */
export type DetailKey = Extract<keyof Phrases, `detail.${string}`>

/**
 * The sentences that a patient reads. Not among them: tags, the payer's own words, what stands in the app's English alone, and what
 * concerns the clinician.
 */
export type PatientKey = Exclude<
  keyof Phrases,
  `tag.${string}` | DetailKey | 'quote' | 'because' | 'why.gold-card'
>

/**
 * Everything that a patient reads in one language, for a reader of about twelve (U19). A further language is one more file of this
 * type, named in `languages.ts`: what it lacks does not compile.
 */
export interface PatientLanguage {
  /** BCP 47, for the page. */
  readonly tag: string
  /** For dates, numbers and plural. */
  readonly locale: string
  /** As its speakers call it. */
  readonly name: string
  readonly sentences: { readonly [K in PatientKey]: (said: Phrases[K]) => string }
  readonly details: { readonly [K in DetailKey]: string }
  readonly labels: PatientLabels
}

interface PatientLabels {
  readonly title: string
  /** On every page: no guarantee. */
  readonly warning: string
  readonly patient: string
  readonly born: string
  readonly gender: string
  readonly genders: Readonly<Record<'female' | 'male' | 'other' | 'unknown', string>>
  readonly identifier: string
  readonly made: string
  readonly page: string
  readonly notes: string
  readonly notKnown: string
  // The question.
  readonly service: string
  readonly date: string
  readonly place: string
  readonly person: string
  readonly orderedBy: string
  readonly plan: string
  readonly memberId: string
  readonly memberIdForNow: string
  readonly askedBy: string
  // Headings.
  readonly answer: string
  readonly answerOf: (place: { readonly number: number; readonly count: number }) => string
  readonly time: string
  readonly unknown: string
  readonly asks: string
  readonly details: string
  readonly help: string
  /** Before the payer's own words, which are English. */
  readonly said: (by: { readonly payer: string }) => string
  // Sentences of the paper itself.
  readonly callWith: (by: { readonly number: string }) => string
  readonly until: (day: { readonly day: string }) => string
  readonly odd: string
  readonly changed: string
  readonly closing: string
}
