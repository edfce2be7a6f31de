import { formatMadeAt, instantAt } from '../document/made-at'
import type { StandingRow } from './day-rows'
import { notAskedWords, standingWords } from './day-words'
import { inWords } from './phrases'
import { en } from './words/en'

const COLUMNS = [
  'Date',
  'Time',
  'Patient',
  'Born',
  'Service',
  'With',
  'Place',
  'Payer',
  'State',
  'Answer',
  'Authorization',
  'Ask by',
  'Reference number',
  'Answered at',
  'Not asked because',
] as const

/** A day as a table for spreadsheets (RFC 4180, with a mark of UTF-8 for those that look for one). `offset`: minutes from UTC. */
export function dayCsv(rows: readonly StandingRow[], offset: (epochMs: number) => number): string {
  const lines = rows.map(({ row, standing }) => {
    const answer = standing.kind === 'answered' ? standing.answer : undefined
    return [
      row.date,
      row.time,
      row.patient,
      row.born,
      row.service,
      row.who.join('; '),
      row.where.join('; '),
      row.payer?.name,
      row.notAsked === undefined ? standingWords(standing) : 'Not asked',
      answer && inWords(answer.headline, en),
      answer?.authorization && inWords(answer.authorization.said, en),
      answer?.authorization?.deadline,
      answer?.references.join('; '),
      answer && formatMadeAt(instantAt(answer.endedAt, offset(answer.endedAt))),
      row.notAsked && notAskedWords(row.notAsked),
    ]
  })
  return `\ufeff${[COLUMNS, ...lines].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')}`
}

/** A spreadsheet takes what begins so for a formula (CWE-1236); with an apostrophe before it, it is text. */
const FORMULA = /^\s*[=+\-@\t\r]/

function cell(value: string | undefined): string {
  const text = value ?? ''
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
