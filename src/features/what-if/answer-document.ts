import type { PayerAnswer } from '../../domain/crd/ask'
import type { CardLink } from '../../domain/crd/cds-response'
import type { ClinicalDocument, DocumentPatient, DocumentSection } from '../../domain/document/document'
import type { Answered } from '../asking/use-ask'
import { withDates } from '../asking/with-dates'
import { actionSentence } from './action-words'
import type { LintNote } from './lint-notes'
import { answersUnasked, coverageKept, glanceAtAnswer, glanceAtCoverage, UNASKED } from './verdict'

interface Frame {
  readonly patient: DocumentPatient
  /** Name of the launching user; "Not known" where the EHR names none. */
  readonly askedBy: string
  /** The form was changed after the answer. */
  readonly isStale: boolean
}

/** One answer with its question as a document: for paper and for "Copy as text" (U19). Nothing folded, codes left out. */
export function answerDocument(answered: Answered, frame: Frame): ClinicalDocument {
  const { question, answer } = answered
  const glance = glanceAtAnswer(answer)
  const payer = answer.payer?.name ?? 'No payer was asked'
  return {
    title: 'What-if, not an order, not a guarantee of payment',
    language: 'en',
    patient: frame.patient,
    warning:
      'Nothing has been ordered. This answer holds for the question below and for the moment it was given.',
    madeAt: offsetInstant(answer.endedAt),
    facts: [
      { label: 'Payer', value: payer },
      { label: 'Asked by', value: frame.askedBy },
      ...(answer.payer?.phone === undefined ? [] : [{ label: 'Payer’s phone', value: answer.payer.phone }]),
      ...(answer.hookInstance === undefined
        ? []
        : [{ label: 'Reference of this question', value: answer.hookInstance }]),
    ],
    sections: [
      {
        title: 'Question',
        columns: ['What', 'Stated'],
        rows: question.lines.map((line) => [line.label, line.value]),
        paragraphs: [],
      },
      {
        title: `Answer: ${glance.tag}`,
        columns: [],
        rows: [],
        paragraphs: [...answerParagraphs(answer, glance.sentence), ...[coverageKept(answered) ?? []].flat()],
      },
      ...coverageSections(answer),
      ...otherActionSections(answer),
      ...cardSections(answer),
    ],
    notices: [
      ...(frame.isStale ? ['The question on screen was changed after this answer.'] : []),
      'An answer of a payer is not a guarantee of payment.',
    ],
  }
}

function answerParagraphs(answer: PayerAnswer, sentence: string): readonly string[] {
  if (answer.kind === 'refused') return [sentence, answer.message]
  return answersUnasked(answer) ? [sentence, UNASKED] : [sentence]
}

/** More notes than this would bury the answer. */
const mostNotes = 5

/** The same document with notes on how the answer was made: for copied text, which goes to colleagues and to support; not for paper. */
export function withNotes(document: ClinicalDocument, notes: readonly LintNote[]): ClinicalDocument {
  if (notes.length === 0) return document
  const more = notes.length - mostNotes
  return {
    ...document,
    notices: [
      ...document.notices,
      ...notes.slice(0, mostNotes).map((note) => `On how this answer was made: ${note.sentence}`),
      ...(more > 0 ? [`And ${more} more notes on how this answer was made.`] : []),
    ],
  }
}

function coverageSections(answer: PayerAnswer): readonly DocumentSection[] {
  if (answer.kind !== 'answered' && answer.kind !== 'undecided') return []
  const several = answer.coverage.length > 1
  return answer.coverage.map((coverage, i) => ({
    title: several ? `Answer ${i + 1} of ${answer.coverage.length}` : 'In detail',
    columns: ['About', 'Said'],
    rows: [
      ...coverage.lines.map((line) => [
        line.label,
        line.words.length === 0 ? 'Not stated' : line.words.map(withDates).join('. '),
      ]),
      ...coverage.details
        .filter((detail) => detail.category !== 'limitation')
        .map((d) => [
          d.label.words,
          d.qualification === undefined ? d.value : `${d.value} (${d.qualification})`,
        ]),
    ],
    paragraphs: [
      ...(several ? [glanceAtCoverage(coverage).sentence] : []),
      ...coverage.notices,
      ...coverage.questionnaires.map((form) => `Form of the payer: ${form}`),
    ],
  }))
}

function otherActionSections(answer: PayerAnswer): readonly DocumentSection[] {
  if ((answer.kind !== 'answered' && answer.kind !== 'undecided') || answer.otherActions.length === 0)
    return []
  return [
    {
      title: 'The payer also wanted to change something. Nothing was changed.',
      columns: [],
      rows: [],
      paragraphs: answer.otherActions.map(actionSentence),
    },
  ]
}

const LOUD = { critical: 'Critical', warning: 'Warning', info: 'For information' } as const

function cardSections(answer: PayerAnswer): readonly DocumentSection[] {
  if (answer.kind !== 'answered' && answer.kind !== 'undecided') return []
  const unreadable = answer.unreadable.length
  const cards = answer.cards.map((card) => ({
    title: `${LOUD[card.indicator]}: ${card.summary}`,
    columns: [],
    rows: [],
    paragraphs: [
      `From ${card.source.label}`,
      ...(card.detail === undefined ? [] : [withoutMarks(card.detail)]),
      ...card.links.map(linkText),
      ...card.suggestions.map((suggestion) => `Suggestion: ${suggestion.label}`),
    ],
  }))
  if (unreadable === 0) return cards
  return [...cards, { title: 'Messages', columns: [], rows: [], paragraphs: [unreadableText(unreadable)] }]
}

function linkText(link: CardLink): string {
  if (link.kind === 'smart') return `${link.label}: open this from the chart`
  return `${link.label}: ${link.href ?? 'its address is not safe to open'}`
}

/** Markdown for paper: marks of bold and headings say nothing there; a table's row reads "Imaging centre: $75". */
const withoutMarks = (markdown: string): string =>
  markdown
    .replace(/^#{1,6}\s+/gm, '')
    .replace(/(\*\*|__)(?=\S)(.+?)(?<=\S)\1/g, '$2')
    .split('\n')
    .flatMap(rowWords)
    .join('\n')

function rowWords(line: string): readonly string[] {
  if (/^\s*\|[\s|:-]+\|\s*$/.test(line)) return []
  const row = /^\s*\|(.+)\|\s*$/.exec(line)?.[1]
  return [
    row === undefined
      ? line
      : row
          .split('|')
          .map((cell) => cell.trim())
          .join(': '),
  ]
}

/** "1 message could not be read". */
export const unreadableText = (count: number): string =>
  count === 1 ? '1 message could not be read.' : `${count} messages could not be read.`

/** A moment as an ISO instant with this machine's offset. */
function offsetInstant(epochMs: number): string {
  const minutes = -new Date(epochMs).getTimezoneOffset()
  const two = (n: number): string => String(n).padStart(2, '0')
  const local = new Date(epochMs + minutes * 60_000).toISOString().slice(0, 19)
  const size = Math.abs(minutes)
  return `${local}${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}
