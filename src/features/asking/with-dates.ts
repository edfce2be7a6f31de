import { formatDate } from '../../ui'

/** FHIR dates inside a sentence as people write them. */
export const withDates = (words: string): string =>
  words.replace(/\b\d{4}-\d{2}-\d{2}\b/g, (date) => formatDate(date))
