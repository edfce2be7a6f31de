import type { RecordOutcome } from '../../domain/pdex/write'
import { formWords, refusedSentence } from './plan-words'

/** Where one record is, in which form, and why not otherwise. Empty where there is nothing to say. */
export const whereWords = (outcome: RecordOutcome, ehrName: string): string =>
  [placeWords(outcome, ehrName), ownWords(outcome)].filter((part) => part !== '').join(' ')

/** Where it is, and what was refused on the way: the same for all records of one document. */
export function placeWords(outcome: RecordOutcome, ehrName: string): string {
  const { reference, form, refusedForms, byUser } = outcome
  return sentences(
    reference !== undefined && `In the chart as ${reference}${form ? `, ${formWords[form]}` : ''}.`,
    reference === undefined && form !== undefined && `It is ${formWords[form]}.`,
    byUser === true && 'You said that it is there.',
    refusedSentence(refusedForms, ehrName),
  )
}

/** What is to be said of this record alone. */
export function ownWords({ state, reason, provenance }: RecordOutcome): string {
  const isElsewhere = state === 'in-document' || state === 'download'
  return sentences(
    reason !== undefined && isElsewhere ? `Not as an entry: ${reason}` : reason,
    provenance === 'in-note' && 'Its source stands in its note.',
    provenance === 'not-stored' && 'Its source could not be stored beside it.',
    provenance === 'left' && 'Its source is not stored beside it yet.',
  )
}

const sentences = (...parts: readonly (string | false | undefined)[]): string =>
  parts.filter((part) => typeof part === 'string').join(' ')
