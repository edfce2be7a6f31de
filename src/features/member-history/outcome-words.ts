import type { RecordOutcome } from '../../domain/pdex/write'
import { formWords, refusedSentence } from './plan-words'

/** Where one record is, in which form, and why not otherwise. Empty where there is nothing to say. */
export function whereWords(outcome: RecordOutcome, ehrName: string): string {
  const { state, reference, form, reason, refusedForms, provenance, byUser } = outcome
  const isElsewhere = state === 'in-document' || state === 'download'
  return [
    reference !== undefined && `In the chart as ${reference}${form ? `, ${formWords[form]}` : ''}.`,
    reference === undefined && form !== undefined && `It is ${formWords[form]}.`,
    byUser === true && 'You said that it is there.',
    reason !== undefined && isElsewhere ? `Not as an entry: ${reason}` : reason,
    refusedSentence(refusedForms, ehrName),
    provenance === 'in-note' && 'Its source stands in its note.',
    provenance === 'not-stored' && 'Its source could not be stored beside it.',
    provenance === 'left' && 'Its source is not stored beside it yet.',
  ]
    .filter((part) => typeof part === 'string')
    .join(' ')
}
