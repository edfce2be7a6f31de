import type { ClinicalDocument, DocumentSection } from '../document/document'
import { documentPatient } from '../document/document-patient'
import { instantAt } from '../document/made-at'
import { formatDate } from '../fhir/format-date'
import type { FhirJson } from '../json'
import type { AnswerPart, FrontDeskAnswer } from './answer'
import { inWords, type Phrase } from './phrases'
import { en } from './words/en'

/** What a paper names besides the answer. */
export interface PaperFrame {
  readonly patient: FhirJson
  readonly question: PaperQuestion
  /** The payer that was asked; absent: nobody was. */
  readonly payer?: string
  /** The coverage in the chart's words. */
  readonly plan?: string
  readonly memberId?: { readonly value: string; readonly isEnteredHere: boolean }
  /** Name of the user; absent where the EHR names none. */
  readonly askedBy?: string
  /** Of this question, for the payer's own log. */
  readonly reference?: string
  /** The form was changed after the answer. */
  readonly isStale: boolean
  /** Where the desk is: the IANA name, and minutes east of UTC when it was asked. */
  readonly zone: string
  readonly offsetMinutes: number
}

/** The question in words; empty where it names none. */
export interface PaperQuestion {
  readonly service: string
  /** Its name in other languages by BCP 47, where the site has one. */
  readonly serviceIn?: Readonly<Record<string, string>>
  /** `YYYY-MM-DD` */
  readonly day: string
  readonly place: string
  readonly person: string
  /** `person` orders it, rather than seeing the patient. */
  readonly isOrder: boolean
}

/** A front desk's answer for the chart (U19): complete, nothing folded, in the words of the screen. */
export function answerPaper(answer: FrontDeskAnswer, frame: PaperFrame): ClinicalDocument {
  const { question, memberId } = frame
  const several = answer.parts.length > 1
  const [only] = answer.parts
  return {
    title: 'Is it covered? The payer’s answer',
    language: 'en',
    patient: documentPatient(frame.patient, answer.endedAt),
    warning:
      'Not an order, not a guarantee of payment. It holds for this question and for the moment of the answer.',
    madeAt: instantAt(answer.endedAt, frame.offsetMinutes),
    facts: filled([
      ['Payer', frame.payer ?? 'No payer was asked'],
      ['Plan', frame.plan === frame.payer ? undefined : frame.plan],
      [memberId?.isEnteredHere ? 'Member id, entered for this question' : 'Member id', memberId?.value],
      ['Asked by', frame.askedBy ?? 'Not known'],
      ['Reference number of the payer', answer.references.join(', ')],
      ['Reference of this question', frame.reference],
    ]),
    sections: [
      section('Question', [questionLine(question)]),
      section(`Answer: ${say(answer.tag)}`, [
        say(answer.headline),
        ...answer.why.map(say),
        ...(several || only === undefined ? [] : partLines(only)),
      ]),
      ...(several
        ? answer.parts.map((part, i) =>
            section(`Answer ${i + 1} of ${answer.parts.length}`, [say(part.headline), ...partLines(part)]),
          )
        : []),
      ...lines('Time for the authorization', [answer.authorization?.said, answer.authorization?.quote]),
      ...lines('What was not learned', answer.unknown),
      ...lines('What to tell the patient', [answer.tell]),
      ...lines('What to collect', answer.collect),
      ...lines('Who to call', answer.call),
      ...messages(answer),
      ...answer.proposals.map((proposal) => ({
        title: `${answer.payer} proposes to correct the coverage. Nothing was changed.`,
        columns: [],
        rows: proposal.lines.map(({ label, value }) => [label, value]),
        paragraphs: proposal.said === undefined ? [] : [`“${proposal.said}”`],
      })),
    ],
    notices: frame.isStale ? ['The question on screen was changed after this answer.'] : [],
  }
}

/** The question as the form reads: "MRI of the head, on 30-Nov-2026, at Imaging Center, with Dr. Raman". */
const questionLine = ({ service, day, place, person, isOrder }: PaperQuestion): string =>
  [
    service === '' ? 'The visit' : service,
    `on ${formatDate(day)}`,
    place !== '' && `at ${place}`,
    person !== '' && `${isOrder ? 'ordered by' : 'with'} ${person}`,
  ]
    .filter(Boolean)
    .join(', ')

/** Facts that have a value. */
export const filled = (
  facts: readonly (readonly [string, string | undefined])[],
): readonly { readonly label: string; readonly value: string }[] =>
  facts.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [{ label, value }]))

/** The payer's own words in marks, so that they are told from ours. */
const say = (phrase: Phrase): string =>
  phrase.key === 'quote' ? `“${inWords(phrase, en)}”` : inWords(phrase, en)

const section = (title: string, paragraphs: readonly string[]): DocumentSection => ({
  title,
  columns: [],
  rows: [],
  paragraphs,
})

function lines(title: string, phrases: readonly (Phrase | undefined)[]): readonly DocumentSection[] {
  const said = phrases.flatMap((phrase) => (phrase === undefined ? [] : [say(phrase)]))
  return said.length === 0 ? [] : [section(title, said)]
}

const partLines = ({ why, conditions, warnings, asOf, until }: AnswerPart): readonly string[] => [
  ...[...why, ...conditions].map(say),
  ...warnings,
  ...(asOf === undefined ? [] : [`As of ${formatDate(asOf)}.`]),
  ...(until === undefined ? [] : [`Good until ${formatDate(until)}.`]),
]

function messages({ notes, leftOut, unreadable, payer }: FrontDeskAnswer): readonly DocumentSection[] {
  const said = [
    ...notes.flatMap((note) => [say(note.said), ...(note.more ? [say(note.more)] : [])]),
    ...(leftOut > 0 ? [`Left out here: ${leftOut} for the clinician.`] : []),
    ...(unreadable > 0 ? [`Could not be read: ${unreadable}.`] : []),
  ]
  return said.length === 0 ? [] : [section(`Messages of ${payer}`, said)]
}
