import { formatDate } from '../fhir/format-date'
import type { FhirJson } from '../json'
import { problemText } from '../problem-text'
import { never } from '../result'
import type { AnswerContent, PayerAnswer } from './ask'
import type { AnswerDetail, AnswerLineId, CoverageAnswer } from './coverage-answer'
import { referenceOf } from './suggestion-references'
import { draftName } from './suggestion-words'

/** The rows in the order of the table. */
export const rowLabels = {
  covered: 'Covered?',
  authorization: 'Prior authorization?',
  documents: 'Documents needed?',
  information: 'Information needed?',
  limits: 'Limits',
  cost: 'Cost',
  other: 'Other details',
  messages: 'Messages',
  contact: 'Contact',
  until: 'Good until',
  answered: 'Answered at',
} as const

export type RowId = keyof typeof rowLabels

/**
 * What stands in a cell. `meaning`: what is compared, without the names of the orders, which differ by the nature of it; undefined
 * where nothing can be compared yet.
 */
export interface CellContent {
  readonly lines: readonly string[]
  readonly isStated: boolean
  readonly meaning: string | undefined
}

type Cells = Readonly<Record<RowId, CellContent>>

const notStated = 'Not stated'

const gap = (line: string): CellContent => ({ lines: [line], isStated: false, meaning: `- ${line}` })

const said = (lines: readonly string[]): CellContent =>
  lines.length === 0 ? gap(notStated) : { lines, isStated: true, meaning: JSON.stringify(lines) }

/** All cells of one column for one payer. `answer` undefined: this payer was not asked about this variant. */
export function answeredRows(
  answer: PayerAnswer | undefined,
  orders: readonly FhirJson[],
  timeText: (epochMs: number) => string,
): Cells {
  if (answer === undefined) return without('Not asked', 'Not asked', gap('Not asked'))
  const answered = said([timeText(answer.endedAt)])
  switch (answer.kind) {
    case 'answered':
    case 'undecided':
      return withContent(answer, orders, answered.lines)
    case 'silent':
      return without('No guidance returned. This does not mean that it is covered.', notStated, answered)
    case 'refused':
      return without(`Not asked: ${answer.message}`, 'Not asked', gap('Not asked'))
    case 'failed':
      return without(`No answer: ${problemText(answer.problem).happened}`, 'No answer', gap('No answer'))
    case 'skipped':
      return without('No answer: it was skipped.', 'No answer', gap('No answer'))
    default:
      return never(answer)
  }
}

/** A column of a payer that is still to be heard. `words`: "Not asked yet". */
export function pendingRows(words: string): Cells {
  return rowsOf({ lines: [words], isStated: false, meaning: undefined })
}

/** Where nothing was said: the first row says why, the others never look like "no" (U4). */
function without(why: string, others: string, answered: CellContent): Cells {
  return { ...rowsOf(gap(others)), covered: gap(why), answered }
}

const rowsOf = (other: CellContent): Cells => ({
  covered: other,
  authorization: other,
  documents: other,
  information: other,
  limits: other,
  cost: other,
  other,
  messages: other,
  contact: other,
  until: other,
  answered: other,
})

function withContent(
  content: AnswerContent,
  orders: readonly FhirJson[],
  answeredAt: readonly string[],
): Cells {
  const row = (read: (answer: CoverageAnswer) => readonly string[]): CellContent =>
    cellOf(content.coverage, orders, read)
  const ids = [...new Set(content.coverage.flatMap((answer) => answer.assertionId ?? []))]
  return {
    covered: row((answer) => lineOf(answer, 'covered')),
    authorization: row((answer) => lineOf(answer, 'prior-authorization')),
    documents: row((answer) => lineOf(answer, 'documents')),
    information: row((answer) => lineOf(answer, 'information')),
    limits: row((answer) => lineOf(answer, 'applies-if')),
    cost: row((answer) => answer.details.filter(isCost).map(detailText)),
    other: row((answer) => answer.details.filter(isOther).map(detailText)),
    messages: said(messages(content)),
    contact: row((answer) => lineOf(answer, 'contact')),
    until: row((answer) => (answer.until === undefined ? [] : [formatDate(answer.until)])),
    answered: said([...answeredAt, ...ids.map((id) => `Reference ${id}`)]),
  }
}

/** Words of one line of an answer; the gap sentence of a line is no statement. */
const lineOf = (answer: CoverageAnswer, id: AnswerLineId): readonly string[] =>
  (answer.lines.find((line) => line.id === id)?.words ?? []).filter((words) => words !== notStated)

/** A payer that answers several times (for several orders, or codes) says in each line what it is about. */
function cellOf(
  answers: readonly CoverageAnswer[],
  orders: readonly FhirJson[],
  read: (answer: CoverageAnswer) => readonly string[],
): CellContent {
  const found = answers.map((answer) => ({ answer, words: read(answer) }))
  if (found.every(({ words }) => words.length === 0)) return gap(notStated)
  const first = found[0]
  if (first !== undefined && found.length === 1) return said(first.words)
  return {
    isStated: true,
    lines: found.map(
      ({ answer, words }) =>
        `${scopeOf(answer, orders)}: ${words.length === 0 ? notStated : words.join('. ')}`,
    ),
    meaning: JSON.stringify(found.map(({ answer, words }) => [placeOf(answer, orders), words])),
  }
}

const placeOf = (answer: CoverageAnswer, orders: readonly FhirJson[]): number =>
  orders.findIndex((order) => referenceOf(order) === answer.order)

function scopeOf(answer: CoverageAnswer, orders: readonly FhirJson[]): string {
  const order = orders[placeOf(answer, orders)]
  const name = order === undefined ? 'An order that was not asked about' : draftName(order)
  const billed = answer.billingCodes.map((code) => code.code).join(', ')
  return billed === '' ? name : `${name}, billed as ${billed}`
}

/** Known cost codes, and those of later versions that name what money is about. */
const isCost = (detail: AnswerDetail): boolean =>
  /copay|coinsurance|co-insurance|deductible|cost|price|out-of-pocket/i.test(detail.label.code)

/** Limitations stand under limits. */
const isOther = (detail: AnswerDetail): boolean =>
  !isCost(detail) && (detail.category === 'decisional' || detail.category === 'other')

const detailText = (detail: AnswerDetail): string =>
  detail.qualification === undefined
    ? `${detail.label.words}: ${detail.value}`
    : `${detail.label.words}: ${detail.value} (${detail.qualification})`

/** Loud messages by their summaries, the others by their number. */
function messages(content: AnswerContent): readonly string[] {
  const quiet = content.cards.filter((card) => card.indicator === 'info').length
  const unreadable = content.unreadable.length
  return [
    ...content.cards
      .filter((card) => card.indicator !== 'info')
      .map((card) => `${card.indicator === 'critical' ? 'Critical' : 'Warning'}: ${card.summary}`),
    ...(quiet > 0 ? [`${quiet} for information`] : []),
    ...(unreadable > 0 ? [`${unreadable} could not be read`] : []),
  ]
}
