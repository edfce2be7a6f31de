import type { ClinicalDocument, DocumentSection } from '../document/document'
import { instantAt } from '../document/made-at'
import { readPerson, withLatinName } from '../fhir/person'
import type { AnswerPart, FrontDeskAnswer } from './answer'
import { filled, type PaperFrame } from './paper'
import type { Phrase } from './phrases'
import { dayIn, momentIn } from './words/patient/intl'
import type { DetailKey, PatientKey, PatientLanguage } from './words/patient/language'

/** Payers answer in English. */
const PAYERS_LANGUAGE = 'en'

/**
 * The answer for the patient: plain words of their language, the payer's own ones quoted and marked (U19, U20). What is for the
 * staff stays out: codes of the answer, lines for the clinician, proposals, and the payer's messages unless they are wanted.
 */
export function patientPaper(
  answer: FrontDeskAnswer,
  frame: PaperFrame,
  language: PatientLanguage,
  withMessages: boolean,
): ClinicalDocument {
  const { tag, locale, labels } = language
  const foreign = tag === PAYERS_LANGUAGE ? {} : { language: PAYERS_LANGUAGE }
  const say = sayIn(language)
  const section = (
    title: string,
    paragraphs: readonly string[],
    more: Partial<DocumentSection> = {},
  ): readonly DocumentSection[] =>
    paragraphs.length + (more.rows?.length ?? 0) === 0
      ? []
      : [{ title, columns: [], rows: [], ...more, paragraphs: [...new Set(paragraphs)] }]
  const { question, memberId } = frame
  const { authorization, parts } = answer
  const several = parts.length > 1
  const partLines = ({ why, conditions, until, warnings }: AnswerPart): readonly string[] => [
    ...[...why, ...conditions].flatMap(say),
    ...(until === undefined ? [] : [labels.until({ day: dayIn(locale, until) ?? until })]),
    ...(warnings.length > 0 ? [labels.odd] : []),
  ]
  /** What a payer gave in its own words: values under our names, and quotations. */
  const asGiven = (phrases: readonly Phrase[]): readonly DocumentSection[] => [
    ...section(labels.details, [], {
      ...foreign,
      rows: phrases
        .flatMap(detailOf)
        .map(({ key, ...said }) => [
          language.details[key],
          'label' in said ? `${said.label}: ${said.value}` : said.value,
        ]),
    }),
    ...section(
      labels.said({ payer: answer.payer }),
      phrases.flatMap(quoteOf).map((text) => `“${text}”`),
      foreign,
    ),
  ]
  return {
    title: labels.title,
    language: tag,
    patient: patientIn(language, frame),
    warning: labels.warning,
    madeAt: instantAt(answer.endedAt, frame.offsetMinutes),
    facts: [
      ...serviceFact(question, language).map((fact) => ({ ...foreign, ...fact })),
      ...filled([
        [labels.date, dayIn(locale, question.day)],
        [labels.place, question.place],
        [question.isOrder ? labels.orderedBy : labels.person, question.person],
        [labels.plan, planOf(frame) ?? labels.notKnown],
        [memberId?.isEnteredHere ? labels.memberIdForNow : labels.memberId, memberId?.value],
        [labels.askedBy, frame.askedBy],
      ]),
    ],
    sections: [
      ...section(labels.answer, [
        ...tellIn(language, answer),
        ...answer.why.flatMap(say),
        ...(several ? [] : parts.flatMap(partLines)),
        ...(answer.unreadable > 0 ? [labels.odd] : []),
      ]),
      ...(several
        ? parts.flatMap((part, i) => [
            ...section(labels.answerOf({ number: i + 1, count: parts.length }), [
              ...say(part.headline),
              ...partLines(part),
            ]),
            ...asGiven([...part.why, ...part.conditions]),
          ])
        : []),
      ...section(labels.time, authorization ? say(authorization.said) : []),
      ...section(labels.unknown, answer.unknown.flatMap(say)),
      ...section(labels.asks, answer.collect.flatMap(say)),
      ...asGiven([
        ...answer.why,
        ...(several ? [] : parts.flatMap(({ why, conditions }) => [...why, ...conditions])),
        ...answer.collect,
        ...(authorization?.quote ? [authorization.quote] : []),
        ...(withMessages ? answer.notes.flatMap(({ said, more }) => (more ? [said, more] : [said])) : []),
      ]),
      ...section(labels.help, [
        ...answer.call.flatMap(say),
        ...(answer.references.length > 0 ? [labels.callWith({ number: answer.references.join(', ') })] : []),
        labels.closing,
      ]),
    ],
    notices: frame.isStale ? [labels.changed] : [],
    frame: {
      patient: labels.patient,
      born: labels.born,
      gender: labels.gender,
      identifier: labels.identifier,
      made: labels.made,
      madeAt: momentIn(locale, answer.endedAt, frame.zone),
      page: labels.page,
      notes: labels.notes,
    },
  }
}

/** The answer in a sentence or two, to be read aloud. Of several answers each speaks for itself: what to tell is of the most pressing one. */
export function tellIn(
  language: PatientLanguage,
  { headline, tell }: Pick<FrontDeskAnswer, 'headline' | 'tell'>,
): readonly string[] {
  const say = sayIn(language)
  return [...say(headline), ...(tell === undefined || headline.key === 'several' ? [] : say(tell))]
}

/** The service as the site calls it in the patient's language, else in English. */
function serviceFact({ service, serviceIn = {} }: PaperFrame['question'], { tag, labels }: PatientLanguage) {
  const named = serviceIn[tag]
  return named === undefined
    ? filled([[labels.service, service]])
    : [{ label: labels.service, value: named, language: tag }]
}

/** A sentence in the patient's words; none where it is not one for the patient, or stands elsewhere. */
const sayIn =
  ({ sentences }: PatientLanguage) =>
  (phrase: Phrase): readonly string[] =>
    isSentence(phrase, sentences)
      ? // The key says which of the sentences it is, so that what goes into it fits.
        [(sentences[phrase.key] as (said: Phrase) => string)(phrase)]
      : []

const isSentence = (
  phrase: Phrase,
  sentences: PatientLanguage['sentences'],
): phrase is Extract<Phrase, { readonly key: PatientKey }> => Object.hasOwn(sentences, phrase.key)

const quoteOf = (phrase: Phrase): readonly string[] => (phrase.key === 'quote' ? [phrase.text] : [])

const isDetail = (phrase: Phrase): phrase is Extract<Phrase, { readonly key: DetailKey }> =>
  phrase.key.startsWith('detail.')

const detailOf = (phrase: Phrase) => (isDetail(phrase) ? [phrase] : [])

/** "Gold PPO (Acme Health)". */
function planOf({ plan, payer }: PaperFrame): string | undefined {
  if (plan === undefined || payer === undefined || plan === payer) return plan ?? payer
  return `${plan} (${payer})`
}

function patientIn(
  { locale, labels }: PatientLanguage,
  { patient }: PaperFrame,
): ClinicalDocument['patient'] {
  const person = readPerson(patient)
  const { identifier, gender } = person
  return {
    name: withLatinName(person.name, person) ?? labels.notKnown,
    born: dayIn(locale, person.birthDate) ?? labels.notKnown,
    gender:
      gender === 'female' || gender === 'male' || gender === 'other'
        ? labels.genders[gender]
        : labels.genders.unknown,
    identifier: identifier === undefined ? labels.notKnown : `${identifier.label} ${identifier.value}`,
  }
}
