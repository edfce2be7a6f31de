import { formatDate } from '../fhir/format-date'
import { never } from '../result'
import type { NotAsked } from './day-plan'
import type { RowGroup, RowStanding } from './day-rows'
import { inWords } from './phrases'
import { en } from './words/en'

const DATES = /\b\d{4}-\d{2}-\d{2}\b/g

/** Why nobody is asked about an appointment, as a sentence. */
export function notAskedWords(reason: NotAsked): string {
  switch (reason.kind) {
    case 'no-coverage':
      return 'No coverage on file.'
    case 'not-active':
      return `No active coverage. ${reason.why.replace(DATES, (date) => formatDate(date))}.`
    case 'patient-pays':
      return 'Marked as paid by the patient.'
    case 'unknown-payer':
      return `${reason.name}: this app is not set up to ask this payer.`
    case 'cancelled':
      return 'Cancelled.'
    case 'over':
      return 'Over: it took place, or the patient did not come.'
    case 'no-patient':
      return 'The patient could not be read.'
    case 'no-time':
      return 'It has no time, or ends at none.'
    case 'not-read':
      return `The coverage could not be read. ${reason.why}`
    case 'incomplete':
      return `The appointment could not be asked about: ${reason.why}.`
    default:
      return never(reason)
  }
}

/** Where a row stands, in a word or two. */
export function standingWords(standing: RowStanding): string {
  switch (standing.kind) {
    case 'unasked':
      return 'Not asked yet'
    case 'waiting':
      return 'In the queue'
    case 'asking':
      return 'Asking'
    case 'answered':
      return inWords(standing.answer.tag, en)
    default:
      return never(standing)
  }
}

/** What a row says below its state: the time for the authorization, why it is not covered, else what the state alone leaves open. */
export function detailWords(standing: RowStanding): string | undefined {
  if (standing.kind !== 'answered') return undefined
  const { authorization, state, headline, parts } = standing.answer
  if (authorization !== undefined) return inWords(authorization.said, en)
  if (state === 'fine') return undefined
  const [why] = parts.length === 1 ? parts.flatMap((part) => part.why) : []
  return inWords(state === 'not-covered' && why !== undefined ? why : headline, en)
}

/** Headings of what is sorted by what needs doing. */
export const groupWords: Readonly<Record<RowGroup, string>> = {
  'needs-authorization': 'Authorization needed',
  'not-covered': 'Not covered',
  collect: 'Something is needed',
  'could-not-ask': 'No answer',
  'not-stated': 'Not stated',
  fine: 'Covered',
  asking: 'Being asked',
  unasked: 'Not asked yet',
}
